from __future__ import annotations

from tests.migrations.rows import Rows, instant, key


def plant(rows: Rows) -> None:
    rows.insert(
        "destinations",
        {
            "id": key("destination", 102),
            "project_id": key("project", 1),
            "name": "channel",
            "type": "slack",
            "metadata": {},
            "created_at": instant(1190),
            "updated_at": instant(1190),
        },
    )
    rows.insert(
        "destination_secrets",
        {
            "project_id": key("project", 1),
            "destination_id": key("destination", 102),
            "kind": "slack_webhook_url",
            "ciphertext": bytes(range(17)),
            "encryption_key_id": key("encryption_key", 81),
            "created_at": instant(1190),
            "updated_at": instant(1190),
        },
    )


def make_way(rows: Rows) -> None:
    rows.execute("DELETE FROM destinations WHERE type = 'slack'")
