"""Create installations: a group has installed an integration through a connection.

The configuration is an inline document; a change of it overwrites what was before.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20230523174519"
down_revision = "20230523170902"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows", rows=("installations",)),
    locks={
        "connections": Lock.SHARE_ROW_EXCLUSIVE,
        "groups": Lock.SHARE_ROW_EXCLUSIVE,
        "integrations": Lock.SHARE_ROW_EXCLUSIVE,
        "projects": Lock.SHARE_ROW_EXCLUSIVE,
        "revisions": Lock.SHARE_ROW_EXCLUSIVE,
    },
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE installations (
          id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
          project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
          integration_id uuid NOT NULL REFERENCES integrations ON DELETE RESTRICT,
          connection_id uuid NOT NULL REFERENCES connections ON DELETE RESTRICT,
          revision_id uuid NOT NULL REFERENCES revisions ON DELETE RESTRICT,
          group_ref text NOT NULL,
          config jsonb NOT NULL DEFAULT '{}',
          created_by text,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          FOREIGN KEY (project_id, group_ref) REFERENCES groups)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE installations")
