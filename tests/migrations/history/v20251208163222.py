from __future__ import annotations

from datetime import datetime

from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20251208163222"
WORDS = {"completed": "success", "failed": "failure", "running": "in_progress", "pending": "in_progress"}


def plant(rows: Rows) -> None:
    """Plant what the code does from here on: it keeps the status with each operation that begins or ends."""
    rows.insert(
        "operations",
        {
            "id": key("operation", 211),
            "project_id": key("project", 2),
            "integration_id": key("integration", 2),
            "installation_id": key("installation", 2),
            "type": "write",
            "status": "failed",
            "created_at": instant(952),
            "updated_at": instant(952),
        },
    )
    rows.execute(
        "UPDATE installations SET last_operation_status = 'failure' WHERE (project_id, id) = (%(project)s, %(id)s)",
        {"project": key("project", 2), "id": key("installation", 2)},
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    newest: dict[tuple[str, str], tuple[datetime, str, str]] = {}
    for row in before["operations"]:
        identity = row["project_id"], row["installation_id"]
        # Times of one moment are told apart by id, which orders as its text does.
        this = datetime.fromisoformat(row["created_at"]), row["id"], row["status"]
        newest[identity] = max(newest.get(identity, this), this)
    now = after.by("installations", "project_id", "id")
    assert len(now) == len(before["installations"]), f"{REVISION}: installations came or went"
    for row in before["installations"]:
        identity = row["project_id"], row["id"]
        status = WORDS[newest[identity][2]] if identity in newest else None
        assert now[identity] == row | {"last_operation_status": status}, f"{REVISION}: installations {identity}"
