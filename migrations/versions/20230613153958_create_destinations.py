"""Create destinations, the webhook endpoints of a project.

What a destination needs to be reached is one `url`, in a column of its own.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20230613153958"
down_revision = "20230601164210"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows", rows=("destinations",)),
    locks={"projects": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE destinations (
          id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
          project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
          name text NOT NULL,
          type text NOT NULL DEFAULT 'webhook',
          url text NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          UNIQUE (project_id, name))
    """)


def downgrade() -> None:
    op.execute("DROP TABLE destinations")
