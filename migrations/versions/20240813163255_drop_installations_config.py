"""Drop the inline configuration of installations, and require config_id.

Ends the split. First it catches up with what code of before the split wrote after the backfill
(normally nothing): installations without a configuration get their first, and where the inline
document or the revision was changed behind the first one, that becomes the next.

The downgrade copies the current configurations back inline, in the key shape of 20240801170412.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import (
    add_column,
    add_constraint,
    has_column,
    in_batches,
    set_not_null,
)

revision = "20240813163255"
down_revision = "20240801170412"

header = Header(
    phase=Phase.CONTRACT,
    transactional=False,
    downgrade=Lossy(
        lost="inline documents in the old key shape, and those that the code had not kept up",
        columns=("installations.config", "installations.revision_id"),
    ),
    locks={"installations": Lock.ACCESS_EXCLUSIVE, "revisions": Lock.ACCESS_EXCLUSIVE},
)

OLD = """
  jsonb_typeof(v->'backfillConfig') = 'object' AND v->'backfillConfig' ? 'defaultDays'
  AND NOT v->'backfillConfig' ? 'defaultPeriod' AND NOT v ? 'backfill'
"""

# The document `config` in the key shape of 20240801170412.
RENAMED = f"""
  CASE WHEN jsonb_typeof(config->'read'->'objects') = 'object' AND config->'read'->'objects' <> '{{}}' THEN
    jsonb_set(config, '{{read,objects}}',
      (SELECT jsonb_object_agg(k, CASE WHEN {OLD} THEN (v - 'backfillConfig') || jsonb_build_object('backfill',
           ((v->'backfillConfig') - 'defaultDays') || jsonb_build_object('defaultPeriod',
             jsonb_build_object('days', v->'backfillConfig'->'defaultDays'))) ELSE v END)
       FROM jsonb_each(config->'read'->'objects') AS object (k, v)))
  ELSE config END
"""


def upgrade() -> None:
    if has_column("installations", "config"):
        _catch_up()
    set_not_null("installations", "config_id", check="ck_installations_config_id_present")
    op.execute("ALTER TABLE installations DROP COLUMN IF EXISTS config, DROP COLUMN IF EXISTS revision_id")


def downgrade() -> None:
    add_column("installations", "config", "jsonb NOT NULL DEFAULT '{}'")
    add_column("installations", "revision_id", "uuid")
    add_constraint(
        "installations",
        "fk_installations_revision_id",
        "FOREIGN KEY (project_id, revision_id) REFERENCES revisions (project_id, id)",
    )
    in_batches("""
        UPDATE installations i SET config = c.content, revision_id = c.revision_id FROM installation_configs c
        WHERE (c.project_id, c.id) = (i.project_id, i.config_id) AND (i.project_id, i.id) IN
          (SELECT project_id, id FROM installations WHERE revision_id IS NULL ORDER BY 1, 2 LIMIT 200)
    """)
    op.execute("ALTER TABLE installations ALTER COLUMN config_id DROP NOT NULL")


def _catch_up() -> None:
    in_batches(f"""
        WITH todo AS (
          SELECT project_id, id, md5('first configuration of ' || project_id || ' ' || id)::uuid AS config_id
          FROM installations WHERE config_id IS NULL ORDER BY 1, 2 LIMIT 200 FOR NO KEY UPDATE),
        made AS (
          INSERT INTO installation_configs
            (project_id, id, installation_id, revision_id, number, content, created_by, created_at)
          SELECT i.project_id, t.config_id, i.id, i.revision_id, 1, {RENAMED}, coalesce(i.created_by, 'system'),
            i.created_at
          FROM installations i JOIN todo t USING (project_id, id))
        UPDATE installations i SET config_id = t.config_id FROM todo t
        WHERE (i.project_id, i.id) = (t.project_id, t.id)
    """)
    in_batches(f"""
        WITH todo AS (
          SELECT i.project_id, i.id, i.revision_id, {RENAMED} AS content, c.created_by, i.updated_at,
            md5('configuration behind the first of ' || i.project_id || ' ' || i.id)::uuid AS config_id
          FROM installations i JOIN installation_configs c ON (c.project_id, c.id) = (i.project_id, i.config_id)
          WHERE i.config_id = md5('first configuration of ' || i.project_id || ' ' || i.id)::uuid
            AND (i.revision_id <> c.revision_id OR {RENAMED} <> c.content)
          ORDER BY 1, 2 LIMIT 200),
        made AS (
          INSERT INTO installation_configs
            (project_id, id, installation_id, revision_id, number, content, created_by, created_at)
          SELECT t.project_id, t.config_id, t.id, t.revision_id,
            (SELECT max(number) + 1 FROM installation_configs c
             WHERE (c.project_id, c.installation_id) = (t.project_id, t.id)),
            t.content, t.created_by, t.updated_at
          FROM todo t)
        UPDATE installations i SET config_id = t.config_id FROM todo t
        WHERE (i.project_id, i.id) = (t.project_id, t.id)
    """)
