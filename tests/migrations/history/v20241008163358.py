from __future__ import annotations

from hashlib import sha256

from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20241008163358"


def digest(text: str) -> str:
    """Return the hash of a key as JSON shows it."""
    return "\\x" + sha256(text.encode()).hexdigest()


def plant(rows: Rows) -> None:
    times = {"created_at": instant(526), "updated_at": instant(526), "project_id": key("project", 1)}
    # Of code that knows the id, with a hash of its own that does not count, and of code that does not.
    rows.insert(
        "api_keys",
        {"key": "known-0123456789", "label": "known", "id": key("api_key", 41), "key_hash": b"wrong"} | times,
        {"key": "known-🙂🙂🙂-6789", "label": "known", "id": key("api_key", 42), "key_hash": None} | times,
    )
    rows.insert("api_keys", {"key": "unknown-0123456789", "label": "unknown"} | times)
    rows.execute("UPDATE api_keys SET key = 'changed-0123456789' WHERE key = 'unscoped-0123456789'")


def promise(before: Snapshot, after: Snapshot) -> None:
    now = after.by("api_keys", "key")
    assert len(now) == len(before["api_keys"]), f"{REVISION}: api_keys came or went"
    for row in before["api_keys"]:
        found = now[row["key"]]
        expected = row | {"id": found["id"], "key_prefix": row["key"][:8], "key_hash": digest(row["key"])}
        assert found == expected, f"{REVISION}: api_keys {found['id']}"
    assert len({row["id"] for row in after["api_keys"]} - {None}) == len(now), f"{REVISION}: ids of api_keys"
