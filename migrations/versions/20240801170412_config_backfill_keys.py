"""Rename the keys of a backfill in configurations: defaultDays becomes defaultPeriod.days.

In each object under `content.read.objects`, {"backfillConfig": {"defaultDays": n}} becomes
{"backfill": {"defaultPeriod": {"days": n}}}, the shape of the public API. Readers of this release
accept both. An object that has both keys, or one of another shape, is left as it is, both ways: so
nothing is lost. Append-only is a rule for the code, not for a revision.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lossless, Phase
from dbkit.migrate.techniques import in_batches

revision = "20240801170412"
down_revision = "20240709171140"

header = Header(
    phase=Phase.DATA,
    transactional=False,
    downgrade=Lossless(),
)

OLD = """
  jsonb_typeof(v->'backfillConfig') = 'object' AND v->'backfillConfig' ? 'defaultDays'
  AND NOT v->'backfillConfig' ? 'defaultPeriod' AND NOT v ? 'backfill'
"""
NEW = """
  jsonb_typeof(v->'backfill') = 'object' AND jsonb_typeof(v->'backfill'->'defaultPeriod') = 'object'
  AND v->'backfill'->'defaultPeriod' ? 'days' AND (v->'backfill'->'defaultPeriod') - 'days' = '{}'
  AND NOT v->'backfill' ? 'defaultDays' AND NOT v ? 'backfillConfig'
"""


def upgrade() -> None:
    in_batches(f"""
        UPDATE installation_configs c SET content = jsonb_set(c.content, '{{read,objects}}',
          (SELECT jsonb_object_agg(k, CASE WHEN {OLD} THEN (v - 'backfillConfig') || jsonb_build_object('backfill',
               ((v->'backfillConfig') - 'defaultDays') || jsonb_build_object('defaultPeriod',
                 jsonb_build_object('days', v->'backfillConfig'->'defaultDays'))) ELSE v END)
           FROM jsonb_each(c.content->'read'->'objects') AS object (k, v)))
        WHERE (project_id, id) IN ({_having(OLD)})
    """)


def downgrade() -> None:
    in_batches(f"""
        UPDATE installation_configs c SET content = jsonb_set(c.content, '{{read,objects}}',
          (SELECT jsonb_object_agg(k, CASE WHEN {NEW} THEN (v - 'backfill') || jsonb_build_object('backfillConfig',
               ((v->'backfill') - 'defaultPeriod') || jsonb_build_object('defaultDays',
                 v->'backfill'->'defaultPeriod'->'days')) ELSE v END)
           FROM jsonb_each(c.content->'read'->'objects') AS object (k, v)))
        WHERE (project_id, id) IN ({_having(NEW)})
    """)


def _having(shape: str) -> str:
    """Return a query of the next configurations that have an object of this shape; what is no object has none."""
    return f"""
        SELECT project_id, id FROM installation_configs WHERE EXISTS
          (SELECT FROM jsonb_each(CASE WHEN jsonb_typeof(content->'read'->'objects') = 'object'
             THEN content->'read'->'objects' ELSE '{{}}' END) AS object (k, v) WHERE {shape})
        ORDER BY 1, 2 LIMIT 200
    """
