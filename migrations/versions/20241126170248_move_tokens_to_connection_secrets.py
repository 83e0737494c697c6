"""Copy the tokens of connections to connection_secrets, 200 connections a batch.

The code writes both places since the last release. The tokens are plain text here as well; sealing
them is a step of its own. The downgrade removes copies, and leaves rows that know more than that.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lossless, Phase
from dbkit.migrate.techniques import in_batches

revision = "20241126170248"
down_revision = "20241119163728"

header = Header(
    phase=Phase.DATA,
    transactional=False,
    downgrade=Lossless(),
)


def upgrade() -> None:
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


def downgrade() -> None:
    in_batches("""
        DELETE FROM connection_secrets WHERE (project_id, connection_id, kind) IN
          (SELECT s.project_id, s.connection_id, s.kind FROM connection_secrets s
             JOIN connections c ON (c.project_id, c.id) = (s.project_id, s.connection_id)
           WHERE (s.scopes, s.version, s.created_at, s.updated_at) = ('{}', 1, c.created_at, c.updated_at)
             AND s.issued_at IS NULL AND
               (s.kind = 'access_token' AND s.secret = c.access_token
                  AND s.expires_at IS NOT DISTINCT FROM c.token_expires_at
                OR s.kind = 'refresh_token' AND s.secret = c.refresh_token AND s.expires_at IS NULL)
           ORDER BY 1, 2, 3 LIMIT 200)
    """)
