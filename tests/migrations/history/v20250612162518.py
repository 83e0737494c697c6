from __future__ import annotations

from tests.migrations.rows import Rows, instant, key


def plant(rows: Rows) -> None:
    rows.insert(
        "connections",
        {
            "id": key("connection", 88),
            "project_id": key("project", 1),
            "provider": "salesforce",
            "group_ref": "north",
            "consumer_ref": "north-1",
            "auth_scheme": "custom",
            "created_at": instant(773),
            "updated_at": instant(773),
        },
    )
    rows.insert(
        "connection_secrets",
        *(
            {
                "project_id": key("project", 1),
                "connection_id": key("connection", connection),
                "kind": kind,
                "ciphertext": bytes(17),
                "encryption_key_id": key("encryption_key", 81),
                "scopes": [],
                "created_at": instant(773),
                "updated_at": instant(773),
            }
            for connection, kind in ((88, "custom"), (81, "api_key"), (81, "custom"))
        ),
    )


def make_way(rows: Rows) -> None:
    rows.execute("DELETE FROM connection_secrets WHERE kind = 'custom'")
    rows.execute("UPDATE connections SET auth_scheme = 'none' WHERE auth_scheme = 'custom'")
