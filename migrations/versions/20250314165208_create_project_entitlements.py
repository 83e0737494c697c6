"""Create project_entitlements: what a project may do beyond the rest, by key.

The first is brandingRemoval, a boolean; the check of the value grows with the keys.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20250314165208"
down_revision = "20250304171922"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows", rows=("project_entitlements",)),
    locks={"projects": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE project_entitlements (
          project_id uuid NOT NULL,
          key text COLLATE "C" NOT NULL,
          value jsonb NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_project_entitlements PRIMARY KEY (project_id, key),
          CONSTRAINT fk_project_entitlements_project_id FOREIGN KEY (project_id)
            REFERENCES projects (id) ON DELETE CASCADE,
          CONSTRAINT ck_project_entitlements_key CHECK (key IN ('brandingRemoval')),
          CONSTRAINT ck_project_entitlements_value
            CHECK (key <> 'brandingRemoval' OR jsonb_typeof(value) = 'boolean'))
    """)


def downgrade() -> None:
    op.execute("DROP TABLE project_entitlements")
