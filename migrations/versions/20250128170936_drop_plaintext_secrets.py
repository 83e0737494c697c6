"""Drop the plain secrets of connections and provider apps, which are empty by now.

First what the release of before wrote in plain text after the sealing is sealed as well (normally
nothing), as in 20250114165511. An envelope has 17 bytes at least: a version, and the key's id.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.sealing import SealedColumn
from dbkit.migrate.techniques import (
    add_column,
    add_constraint,
    has_column,
    set_not_null,
)

revision = "20250128170936"
down_revision = "20250117162305"

header = Header(
    phase=Phase.CONTRACT,
    transactional=False,
    # What is sealed here after all is left sealed: the release of before reads both forms.
    downgrade=Lossless(
        kept=(
            "connection_secrets.ciphertext",
            "connection_secrets.encryption_key_id",
            "connection_secrets.secret",
            "connection_secrets.version",
            "provider_apps.client_secret",
            "provider_apps.client_secret_ciphertext",
            "provider_apps.client_secret_key_id",
            "provider_apps.version",
        )
    ),
    locks={
        "connection_secrets": Lock.ACCESS_EXCLUSIVE,
        "provider_apps": Lock.ACCESS_EXCLUSIVE,
    },
)

SECRETS = SealedColumn(
    table="connection_secrets",
    key=("project_id", "connection_id", "kind"),
    plain="secret",
    sealed="ciphertext",
    key_id="encryption_key_id",
)
APPS = SealedColumn(
    table="provider_apps",
    key=("project_id", "id"),
    plain="client_secret",
    sealed="client_secret_ciphertext",
    key_id="client_secret_key_id",
)


def upgrade() -> None:
    if has_column("connection_secrets", "secret"):
        SECRETS.seal()
    if has_column("provider_apps", "client_secret"):
        APPS.seal()
    set_not_null("connection_secrets", "ciphertext", "encryption_key_id", check="ck_connection_secrets_sealed")
    set_not_null("provider_apps", "client_secret_ciphertext", "client_secret_key_id", check="ck_provider_apps_sealed")
    # The check for one form goes with its column.
    op.execute("ALTER TABLE connection_secrets DROP COLUMN IF EXISTS secret")
    op.execute("ALTER TABLE provider_apps DROP COLUMN IF EXISTS client_secret")
    add_constraint("connection_secrets", "ck_connection_secrets_ciphertext", "CHECK (octet_length(ciphertext) >= 17)")
    add_constraint(
        "provider_apps",
        "ck_provider_apps_client_secret_ciphertext",
        "CHECK (octet_length(client_secret_ciphertext) >= 17)",
    )


def downgrade() -> None:
    op.execute("ALTER TABLE provider_apps DROP CONSTRAINT IF EXISTS ck_provider_apps_client_secret_ciphertext")
    op.execute("ALTER TABLE connection_secrets DROP CONSTRAINT IF EXISTS ck_connection_secrets_ciphertext")
    add_column("provider_apps", "client_secret", "text")
    add_column("connection_secrets", "secret", "text")
    add_constraint(
        "provider_apps",
        "ck_provider_apps_one_form",
        "CHECK (num_nonnulls(client_secret, client_secret_ciphertext) = 1"
        " AND (client_secret_ciphertext IS NULL) = (client_secret_key_id IS NULL))",
    )
    add_constraint(
        "connection_secrets",
        "ck_connection_secrets_one_form",
        "CHECK (num_nonnulls(secret, ciphertext) = 1 AND (ciphertext IS NULL) = (encryption_key_id IS NULL))",
    )
    op.execute("""
        ALTER TABLE provider_apps ALTER COLUMN client_secret_ciphertext DROP NOT NULL,
          ALTER COLUMN client_secret_key_id DROP NOT NULL
    """)
    op.execute("""
        ALTER TABLE connection_secrets ALTER COLUMN ciphertext DROP NOT NULL,
          ALTER COLUMN encryption_key_id DROP NOT NULL
    """)
