"""Let results go to warehouses and queues.

ClickHouse, Snowflake, BigQuery, Redshift; SQS, Pub/Sub, RabbitMQ, Azure Service Bus; and the kinds of
their secrets. Five more were announced and taken back within two days, before they were let in here:
to narrow a check again would have meant to look for their rows.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import replace_checks

revision = "20260817170211"
down_revision = "20260803165502"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossless(refuses="a destination or a secret of the new kinds exists"),
    locks={"destination_secrets": Lock.ACCESS_EXCLUSIVE, "destinations": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    replace_checks(
        (
            "destinations",
            "ck_destinations_type",
            (
                "type IN ('webhook', 'kinesis', 's3', 'slack', 'clickhouse', 'snowflake', 'bigquery', 'redshift',"
                " 'sqs', 'pubsub', 'rabbitmq', 'azureservicebus')"
            ),
        ),
        (
            "destination_secrets",
            "ck_destination_secrets_kind",
            (
                "kind IN ('webhook_signing_key', 'aws_access_key_id', 'aws_secret_access_key', 'aws_session_token',"
                " 'slack_webhook_url', 'password', 'private_key', 'service_account_credentials', 'connection_string')"
            ),
        ),
    )


def downgrade() -> None:
    replace_checks(
        ("destinations", "ck_destinations_type", "type IN ('webhook', 'kinesis', 's3', 'slack')"),
        (
            "destination_secrets",
            "ck_destination_secrets_kind",
            (
                "kind IN ('webhook_signing_key', 'aws_access_key_id', 'aws_secret_access_key', 'aws_session_token',"
                " 'slack_webhook_url')"
            ),
        ),
    )
