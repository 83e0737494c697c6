"""Let results go to Kinesis streams.

Destinations are held to the types webhook and kinesis, and a webhook to having an url; where a row
does not fit, this stops with the violation. Sealed secrets of a destination get a table of their
own: keys of AWS, and the keys that sign webhooks.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import add_constraint, atomically, has_table

revision = "20250701171620"
down_revision = "20250624170340"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossy(
        lost="secrets of destinations; Kinesis destinations stay, but are not served", rows=("destination_secrets",)
    ),
    locks={"destinations": Lock.ACCESS_EXCLUSIVE, "encryption_keys": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    add_constraint("destinations", "ck_destinations_type", "CHECK (type IN ('webhook', 'kinesis'))")
    add_constraint(
        "destinations",
        "ck_destinations_metadata",
        "CHECK (jsonb_typeof(metadata) = 'object' AND (type <> 'webhook' OR metadata ? 'url'))",
    )
    if not has_table("destination_secrets"):
        with atomically():
            create_destination_secrets()


def create_destination_secrets() -> None:
    op.execute("""
        CREATE TABLE destination_secrets (
          project_id uuid NOT NULL,
          destination_id uuid NOT NULL,
          kind text COLLATE "C" NOT NULL,
          ciphertext bytea NOT NULL,
          encryption_key_id uuid NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          version integer NOT NULL DEFAULT 1,
          CONSTRAINT pk_destination_secrets PRIMARY KEY (project_id, destination_id, kind),
          CONSTRAINT fk_destination_secrets_destination_id FOREIGN KEY (project_id, destination_id)
            REFERENCES destinations (project_id, id) ON DELETE CASCADE,
          CONSTRAINT fk_destination_secrets_encryption_key_id FOREIGN KEY (project_id, encryption_key_id)
            REFERENCES encryption_keys (project_id, id),
          CONSTRAINT ck_destination_secrets_kind CHECK (
            kind IN ('webhook_signing_key', 'aws_access_key_id', 'aws_secret_access_key', 'aws_session_token')),
          CONSTRAINT ck_destination_secrets_ciphertext CHECK (octet_length(ciphertext) >= 17))
    """)
    op.execute("""
        CREATE INDEX ix_destination_secrets_project_id_encryption_key_id
          ON destination_secrets (project_id, encryption_key_id)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE IF EXISTS destination_secrets")
    op.execute("""
        ALTER TABLE destinations
          DROP CONSTRAINT IF EXISTS ck_destinations_metadata, DROP CONSTRAINT IF EXISTS ck_destinations_type
    """)
