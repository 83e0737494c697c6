from __future__ import annotations

from hashlib import sha256

from tests.migrations.history.v20241008163358 import digest
from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20241112164415"


def plant(rows: Rows) -> None:
    rows.insert(
        "api_keys",
        {
            "project_id": key("project", 1),
            "id": key("api_key", 46),
            "label": "hashed",
            "scopes": ["write", "read"],
            "key_prefix": "hashed-0",
            "key_hash": sha256(b"hashed-0123456789").digest(),
            "created_at": instant(561),
            "updated_at": instant(561),
        },
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    now = after.by("api_keys", "project_id", "id")
    for row in before["api_keys"]:
        found = now[row["project_id"], row["id"]]
        assert found == {name: value for name, value in row.items() if name != "key"}, (
            f"{REVISION}: api_keys {row['id']}"
        )
        assert row["key"] is None or found["key_hash"] == digest(row["key"]), f"{REVISION}: api_keys {row['id']}"
