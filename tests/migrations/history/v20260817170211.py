from __future__ import annotations

from tests.migrations.rows import Rows, instant, key

TYPES = ("clickhouse", "snowflake", "bigquery", "redshift", "sqs", "pubsub", "rabbitmq", "azureservicebus")
KINDS = ("password", "private_key", "service_account_credentials", "connection_string")


def plant(rows: Rows) -> None:
    rows.insert(
        "destinations",
        *(
            {
                "id": key("destination", n),
                "project_id": key("project", 2),
                "name": type_,
                "type": type_,
                "metadata": {"type": type_},
                "created_at": instant(1204),
                "updated_at": instant(1204),
            }
            for n, type_ in enumerate(TYPES, 103)
        ),
    )
    rows.insert(
        "destination_secrets",
        *(
            {
                "project_id": key("project", 2),
                "destination_id": key("destination", n),
                "kind": kind,
                "ciphertext": bytes(range(17)),
                "encryption_key_id": key("encryption_key", 82),
                "created_at": instant(1204),
                "updated_at": instant(1204),
            }
            for n, kind in enumerate(KINDS, 103)
        ),
    )


def make_way(rows: Rows) -> None:
    rows.execute("DELETE FROM destinations WHERE type = ANY (%(types)s)", {"types": list(TYPES)})
