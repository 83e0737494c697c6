"""Give connections an auth scheme, a status, and the consumer's name at the provider.

Connections with an access token are working. The default of auth_scheme stays for writers of the
release of before, which know OAuth alone.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import add_column, add_constraint, in_batches

revision = "20241223165418"
down_revision = "20241218170025"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossy(
        lost="status and scheme of connections",
        columns=("connections.auth_scheme", "connections.provider_consumer_ref", "connections.status"),
    ),
    locks={"connections": Lock.ACCESS_EXCLUSIVE},
)

SCHEMES = """
  'none', 'apiKey', 'basic', 'oauth2/authorizationCode', 'oauth2/authorizationCodePKCE', 'oauth2/clientCredentials',
  'oauth2/password'
"""


def upgrade() -> None:
    add_column("connections", "auth_scheme", """text COLLATE "C" NOT NULL DEFAULT 'oauth2/authorizationCode'""")
    add_column("connections", "status", """text COLLATE "C" NOT NULL DEFAULT 'created'""")
    add_column("connections", "provider_consumer_ref", 'text COLLATE "C"')
    add_constraint("connections", "ck_connections_auth_scheme", f"CHECK (auth_scheme IN ({SCHEMES}))")
    add_constraint(
        "connections", "ck_connections_status", "CHECK (status IN ('created', 'working', 'bad_credentials'))"
    )
    in_batches("""
        UPDATE connections SET status = 'working' WHERE (project_id, id) IN
          (SELECT c.project_id, c.id FROM connections c
             JOIN connection_secrets s ON (s.project_id, s.connection_id) = (c.project_id, c.id)
           WHERE s.kind = 'access_token' AND c.status = 'created' ORDER BY 1, 2 LIMIT 500)
    """)


def downgrade() -> None:
    op.execute("""
        ALTER TABLE connections DROP COLUMN IF EXISTS auth_scheme, DROP COLUMN IF EXISTS status,
          DROP COLUMN IF EXISTS provider_consumer_ref
    """)
