"""Create encryption_keys and connection_secrets; let a provider app's secret be sealed.

Data keys belong to a project and are stored wrapped by the key management service. Of each kind a
connection has one secret. A secret is plain, or sealed with the key it names: a check holds exactly
one form. Readers of the next release accept both; plain ones are sealed by a later revision.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import (
    add_column,
    add_constraint,
    atomically,
    has_column,
    has_table,
    refuse_downgrade_if,
    set_not_null,
)

revision = "20241119163728"
down_revision = "20241112164415"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossy(
        lost="data keys, and secrets of connections",
        rows=("connection_secrets", "encryption_keys"),
        refuses="the secret of a provider app is sealed",
    ),
    locks={
        "connections": Lock.SHARE_ROW_EXCLUSIVE,
        "projects": Lock.SHARE_ROW_EXCLUSIVE,
        "provider_apps": Lock.ACCESS_EXCLUSIVE,
    },
)


def upgrade() -> None:
    if not has_table("encryption_keys"):
        with atomically():
            _create_encryption_keys()
    if not has_table("connection_secrets"):
        _create_connection_secrets()
    add_column("provider_apps", "client_secret_ciphertext", "bytea")
    add_column("provider_apps", "client_secret_key_id", "uuid")
    add_constraint(
        "provider_apps",
        "fk_provider_apps_client_secret_key_id",
        "FOREIGN KEY (project_id, client_secret_key_id) REFERENCES encryption_keys (project_id, id)",
    )
    add_constraint(
        "provider_apps",
        "ck_provider_apps_one_form",
        "CHECK (num_nonnulls(client_secret, client_secret_ciphertext) = 1"
        " AND (client_secret_ciphertext IS NULL) = (client_secret_key_id IS NULL))",
    )
    op.execute("ALTER TABLE provider_apps ALTER COLUMN client_secret DROP NOT NULL")


def downgrade() -> None:
    # A check that fails to be validated would stay, and refuse the sealed secrets of the running release.
    if has_column("provider_apps", "client_secret_ciphertext"):
        refuse_downgrade_if(
            "SELECT FROM provider_apps WHERE client_secret IS NULL LIMIT 1",
            "the secret of a provider app is sealed; open it first",
        )
    set_not_null("provider_apps", "client_secret", check="ck_provider_apps_client_secret_present")
    op.execute("ALTER TABLE provider_apps DROP CONSTRAINT IF EXISTS ck_provider_apps_one_form")
    op.execute("""
        ALTER TABLE provider_apps DROP COLUMN IF EXISTS client_secret_ciphertext,
          DROP COLUMN IF EXISTS client_secret_key_id
    """)
    op.execute("DROP TABLE IF EXISTS connection_secrets")
    op.execute("DROP TABLE IF EXISTS encryption_keys")


def _create_encryption_keys() -> None:
    op.execute("""
        CREATE TABLE encryption_keys (
          project_id uuid NOT NULL,
          id uuid NOT NULL,
          purpose text COLLATE "C" NOT NULL DEFAULT 'credentials',
          kms_key text COLLATE "C" NOT NULL,
          kms_key_version integer NOT NULL,
          wrapped_key bytea NOT NULL,
          status text COLLATE "C" NOT NULL DEFAULT 'active',
          created_at timestamptz NOT NULL DEFAULT now(),
          retired_at timestamptz,
          CONSTRAINT pk_encryption_keys PRIMARY KEY (project_id, id),
          CONSTRAINT fk_encryption_keys_project_id FOREIGN KEY (project_id)
            REFERENCES projects (id) ON DELETE CASCADE,
          CONSTRAINT ck_encryption_keys_status CHECK (status IN ('active', 'retiring', 'retired')),
          CONSTRAINT ck_encryption_keys_retired_at CHECK ((status = 'retired') = (retired_at IS NOT NULL)),
          CONSTRAINT ck_encryption_keys_kms_key_version CHECK (kms_key_version > 0))
    """)
    op.execute("""
        CREATE UNIQUE INDEX uq_encryption_keys_project_id_purpose_active
          ON encryption_keys (project_id, purpose) WHERE status = 'active'
    """)


def _create_connection_secrets() -> None:
    op.execute("""
        CREATE TABLE connection_secrets (
          project_id uuid NOT NULL,
          connection_id uuid NOT NULL,
          kind text COLLATE "C" NOT NULL,
          secret text,
          ciphertext bytea,
          encryption_key_id uuid,
          scopes text[] COLLATE "C" NOT NULL DEFAULT '{}',
          issued_at timestamptz,
          expires_at timestamptz,
          version integer NOT NULL DEFAULT 1,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_connection_secrets PRIMARY KEY (project_id, connection_id, kind),
          CONSTRAINT fk_connection_secrets_connection_id FOREIGN KEY (project_id, connection_id)
            REFERENCES connections (project_id, id) ON DELETE CASCADE,
          CONSTRAINT fk_connection_secrets_encryption_key_id FOREIGN KEY (project_id, encryption_key_id)
            REFERENCES encryption_keys (project_id, id),
          CONSTRAINT ck_connection_secrets_kind
            CHECK (kind IN ('access_token', 'refresh_token', 'api_key', 'basic', 'client_credentials', 'password')),
          CONSTRAINT ck_connection_secrets_one_form CHECK (num_nonnulls(secret, ciphertext) = 1
            AND (ciphertext IS NULL) = (encryption_key_id IS NULL)))
    """)
