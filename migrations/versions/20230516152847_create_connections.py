"""Create connections, the credentials of a consumer at a provider.

The foreign keys onto groups and consumers carry the project, so a connection cannot leave its
tenant that way. Tokens are plain text columns until they move to a table of their own.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20230516152847"
down_revision = "20230516150131"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows", rows=("connections",)),
    locks={
        "consumers": Lock.SHARE_ROW_EXCLUSIVE,
        "groups": Lock.SHARE_ROW_EXCLUSIVE,
        "projects": Lock.SHARE_ROW_EXCLUSIVE,
        "provider_apps": Lock.SHARE_ROW_EXCLUSIVE,
    },
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE connections (
          id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
          project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
          provider_app_id uuid REFERENCES provider_apps ON DELETE RESTRICT,
          group_ref text NOT NULL,
          consumer_ref text NOT NULL,
          workspace_ref text,
          access_token text,
          refresh_token text,
          token_expires_at timestamptz,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          FOREIGN KEY (project_id, group_ref) REFERENCES groups,
          FOREIGN KEY (project_id, consumer_ref) REFERENCES consumers)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE connections")
