"""Let connections authenticate in a custom way.

`custom` joins the schemes of connections and the kinds of their secrets.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import replace_checks

revision = "20250612162518"
down_revision = "20250610165734"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossless(refuses="a connection or a secret of the new kind exists"),
    locks={"connection_secrets": Lock.ACCESS_EXCLUSIVE, "connections": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    replace_checks(
        (
            "connections",
            "ck_connections_auth_scheme",
            (
                "auth_scheme IN ('none', 'apiKey', 'basic', 'oauth2/authorizationCode', 'oauth2/authorizationCodePKCE',"
                " 'oauth2/clientCredentials', 'oauth2/password', 'custom')"
            ),
        ),
        (
            "connection_secrets",
            "ck_connection_secrets_kind",
            "kind IN ('access_token', 'refresh_token', 'api_key', 'basic', 'client_credentials', 'password', 'custom')",
        ),
    )


def downgrade() -> None:
    replace_checks(
        (
            "connections",
            "ck_connections_auth_scheme",
            (
                "auth_scheme IN ('none', 'apiKey', 'basic', 'oauth2/authorizationCode', 'oauth2/authorizationCodePKCE',"
                " 'oauth2/clientCredentials', 'oauth2/password')"
            ),
        ),
        (
            "connection_secrets",
            "ck_connection_secrets_kind",
            "kind IN ('access_token', 'refresh_token', 'api_key', 'basic', 'client_credentials', 'password')",
        ),
    )
