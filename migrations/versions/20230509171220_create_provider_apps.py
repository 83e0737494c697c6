"""Create provider_apps, the OAuth applications of a project.

`client_secret` is plain text, and `scopes` a comma-separated string: sealing and a proper array
come later, each in steps of its own.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20230509171220"
down_revision = "20230509164405"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows", rows=("provider_apps",)),
    locks={"projects": Lock.SHARE_ROW_EXCLUSIVE, "providers": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE provider_apps (
          id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
          project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
          provider text NOT NULL REFERENCES providers ON DELETE RESTRICT,
          external_ref text,
          client_id text NOT NULL,
          client_secret text NOT NULL,
          scopes text NOT NULL DEFAULT '',
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now())
    """)


def downgrade() -> None:
    op.execute("DROP TABLE provider_apps")
