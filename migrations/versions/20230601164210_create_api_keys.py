"""Create api_keys. The key itself is the primary key, in plain text.

A request is let in by one look at the primary key. Hashes take its place later.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20230601164210"
down_revision = "20230601161033"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows", rows=("api_keys",)),
    locks={"projects": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE api_keys (
          key text PRIMARY KEY,
          project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
          label text NOT NULL,
          active boolean NOT NULL DEFAULT true,
          created_at timestamp NOT NULL DEFAULT now(),
          updated_at timestamp NOT NULL DEFAULT now())
    """)
    op.execute("CREATE INDEX api_keys_project_id_idx ON api_keys (project_id)")


def downgrade() -> None:
    op.execute("DROP TABLE api_keys")
