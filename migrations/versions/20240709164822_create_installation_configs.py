"""Create installation_configs: every change of a configuration is a row of its own.

`installations.config_id` points to the current one, which closes a cycle that is checked at commit;
`operations.config_id` to the one that an operation ran with. The release of before writes the inline
document and the revision of an installation; the next one writes rows here and leaves both empty,
so revision_id loses NOT NULL.

The downgrade writes current configurations back inline.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import (
    add_column,
    add_constraint,
    atomically,
    has_column,
    has_table,
    in_batches,
    set_not_null,
)

revision = "20240709164822"
down_revision = "20240702163415"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossy(
        lost="configurations before the current one, and which one an operation ran with",
        rows=("installation_configs",),
        columns=(
            "installations.config",
            "installations.config_id",
            "installations.revision_id",
            "operations.config_id",
        ),
    ),
    locks={
        "installations": Lock.ACCESS_EXCLUSIVE,
        "operations": Lock.ACCESS_EXCLUSIVE,
        "revisions": Lock.SHARE_ROW_EXCLUSIVE,
    },
)


def upgrade() -> None:
    if not has_table("installation_configs"):
        with atomically():
            _create_table()
    add_column("installations", "config_id", "uuid")
    add_constraint(
        "installations",
        "fk_installations_config_id",
        "FOREIGN KEY (project_id, id, config_id)"
        " REFERENCES installation_configs (project_id, installation_id, id) DEFERRABLE INITIALLY DEFERRED",
    )
    op.execute("ALTER TABLE installations ALTER COLUMN revision_id DROP NOT NULL")
    add_column("operations", "config_id", "uuid")
    add_constraint(
        "operations",
        "fk_operations_config_id",
        "FOREIGN KEY (project_id, config_id)"
        " REFERENCES installation_configs (project_id, id) ON DELETE SET NULL (config_id)",
    )


def downgrade() -> None:
    if has_column("installations", "config_id"):
        in_batches("""
            UPDATE installations i SET config = c.content, revision_id = c.revision_id
            FROM installation_configs c
            WHERE (c.project_id, c.installation_id, c.id) = (i.project_id, i.id, i.config_id)
              AND (i.project_id, i.id) IN
                (SELECT x.project_id, x.id FROM installations x JOIN installation_configs y
                   ON (y.project_id, y.installation_id, y.id) = (x.project_id, x.id, x.config_id)
                 WHERE x.config <> y.content OR x.revision_id IS DISTINCT FROM y.revision_id
                 ORDER BY 1, 2 LIMIT 200)
        """)
    set_not_null("installations", "revision_id", check="ck_installations_revision_id_present")
    op.execute("ALTER TABLE operations DROP COLUMN IF EXISTS config_id")
    op.execute("ALTER TABLE installations DROP COLUMN IF EXISTS config_id")
    op.execute("DROP TABLE IF EXISTS installation_configs")


def _create_table() -> None:
    op.execute("""
        CREATE TABLE installation_configs (
          project_id uuid NOT NULL,
          id uuid NOT NULL,
          installation_id uuid NOT NULL,
          revision_id uuid NOT NULL,
          number integer NOT NULL,
          content jsonb NOT NULL,
          created_by text COLLATE "C" NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_installation_configs PRIMARY KEY (project_id, id),
          CONSTRAINT uq_installation_configs_project_id_installation_id_id
            UNIQUE (project_id, installation_id, id),
          CONSTRAINT uq_installation_configs_project_id_installation_id_number
            UNIQUE (project_id, installation_id, number),
          CONSTRAINT fk_installation_configs_installation_id FOREIGN KEY (project_id, installation_id)
            REFERENCES installations (project_id, id) ON DELETE CASCADE,
          CONSTRAINT fk_installation_configs_revision_id FOREIGN KEY (project_id, revision_id)
            REFERENCES revisions (project_id, id),
          CONSTRAINT ck_installation_configs_number CHECK (number > 0),
          CONSTRAINT ck_installation_configs_content CHECK (jsonb_typeof(content) = 'object'))
    """)
    op.execute("""
        CREATE INDEX ix_installation_configs_project_id_revision_id
          ON installation_configs (project_id, revision_id)
    """)
