"""Drop the tokens of connections: connection_secrets has them.

Ends the split. First both batches of the data revision run again, for what was written meanwhile
(normally nothing). The downgrade copies the tokens back, which are still plain text.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import add_column, has_column, in_batches

revision = "20241210165033"
down_revision = "20241203163512"

header = Header(
    phase=Phase.CONTRACT,
    transactional=False,
    downgrade=Lossy(
        lost="when a token expires that a connection does not have", columns=("connections.token_expires_at",)
    ),
    locks={"connections": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    if has_column("connections", "access_token"):
        _repeat_the_copy()
    op.execute("""
        ALTER TABLE connections DROP COLUMN IF EXISTS access_token, DROP COLUMN IF EXISTS refresh_token,
          DROP COLUMN IF EXISTS token_expires_at
    """)


def downgrade() -> None:
    add_column("connections", "access_token", "text")
    add_column("connections", "refresh_token", "text")
    add_column("connections", "token_expires_at", "timestamptz")
    in_batches("""
        UPDATE connections c SET access_token = s.secret, token_expires_at = s.expires_at FROM
          (SELECT s.project_id, s.connection_id, s.secret, s.expires_at FROM connection_secrets s
             JOIN connections x ON (x.project_id, x.id) = (s.project_id, s.connection_id)
           WHERE s.kind = 'access_token' AND s.secret IS NOT NULL AND x.access_token IS NULL
           ORDER BY 1, 2 LIMIT 200) s
        WHERE (c.project_id, c.id) = (s.project_id, s.connection_id)
    """)
    in_batches("""
        UPDATE connections c SET refresh_token = s.secret FROM
          (SELECT s.project_id, s.connection_id, s.secret FROM connection_secrets s
             JOIN connections x ON (x.project_id, x.id) = (s.project_id, s.connection_id)
           WHERE s.kind = 'refresh_token' AND s.secret IS NOT NULL AND x.refresh_token IS NULL
           ORDER BY 1, 2 LIMIT 200) s
        WHERE (c.project_id, c.id) = (s.project_id, s.connection_id)
    """)


def _repeat_the_copy() -> None:
    in_batches("""
        INSERT INTO connection_secrets (project_id, connection_id, kind, secret, expires_at, created_at, updated_at)
        SELECT c.project_id, c.id, 'access_token', c.access_token, c.token_expires_at, c.created_at, c.updated_at
        FROM connections c
        WHERE c.access_token IS NOT NULL AND NOT EXISTS
          (SELECT FROM connection_secrets s
           WHERE (s.project_id, s.connection_id, s.kind) = (c.project_id, c.id, 'access_token'))
        ORDER BY 1, 2 LIMIT 200
        ON CONFLICT DO NOTHING
    """)
    in_batches("""
        INSERT INTO connection_secrets (project_id, connection_id, kind, secret, created_at, updated_at)
        SELECT c.project_id, c.id, 'refresh_token', c.refresh_token, c.created_at, c.updated_at
        FROM connections c
        WHERE c.refresh_token IS NOT NULL AND NOT EXISTS
          (SELECT FROM connection_secrets s
           WHERE (s.project_id, s.connection_id, s.kind) = (c.project_id, c.id, 'refresh_token'))
        ORDER BY 1, 2 LIMIT 200
        ON CONFLICT DO NOTHING
    """)
