"""Let the catalogue say more of providers: modules, supported actions, grant type, free metadata.

The type of authentication gets its check. Columns have constant defaults, so no row is written.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import add_column, add_constraint

revision = "20250411165901"
down_revision = "20250327170115"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossy(
        lost="catalogue details written since",
        columns=(
            "providers.default_module",
            "providers.metadata",
            "providers.modules",
            "providers.oauth2_grant_type",
            "providers.supports",
        ),
    ),
    locks={"providers": Lock.ACCESS_EXCLUSIVE},
)

COLUMNS = {
    "modules": "jsonb NOT NULL DEFAULT '{}'",
    "default_module": 'text COLLATE "C"',
    "supports": """text[] COLLATE "C" NOT NULL DEFAULT '{}'""",
    "oauth2_grant_type": 'text COLLATE "C"',
    "metadata": "jsonb NOT NULL DEFAULT '{}'",
}
CHECKS = {
    "ck_providers_auth_type": "auth_type IN ('oauth2', 'apiKey', 'basic', 'jwt', 'custom', 'none')",
    "ck_providers_oauth2_grant_type": (
        "oauth2_grant_type IN ('authorizationCode', 'authorizationCodePKCE', 'clientCredentials', 'password')"
    ),
    "ck_providers_grant_needs_oauth2": "oauth2_grant_type IS NULL OR auth_type = 'oauth2'",
    "ck_providers_modules": "jsonb_typeof(modules) = 'object'",
    "ck_providers_default_module": "modules ? default_module",
    "ck_providers_supports": "supports <@ '{bulkWrite,proxy,read,subscribe,write}'::text[]",
    "ck_providers_metadata": "jsonb_typeof(metadata) = 'object'",
}


def upgrade() -> None:
    for name, definition in COLUMNS.items():
        add_column("providers", name, definition)
    for name, expression in CHECKS.items():
        add_constraint("providers", name, f"CHECK ({expression})")


def downgrade() -> None:
    op.execute("ALTER TABLE providers DROP CONSTRAINT IF EXISTS ck_providers_auth_type")
    for name in COLUMNS:
        op.execute(f"ALTER TABLE providers DROP COLUMN IF EXISTS {name}")
