from __future__ import annotations

from tests.migrations.rows import Snapshot

REVISION = "20250728170811"


def promise(before: Snapshot, after: Snapshot) -> None:
    operations = before.by("operations", "project_id", "id")
    now = after.by("deliveries", "project_id", "id")
    assert len(now) == len(before["deliveries"]), f"{REVISION}: deliveries came or went"
    gone = 0
    for row in before["deliveries"]:
        there = (row["project_id"], row["operation_id"]) in operations
        gone += row["operation_id"] is not None and not there
        expected = row | {"operation_id": row["operation_id"] if there else None}
        assert now[row["project_id"], row["id"]] == expected, f"{REVISION}: deliveries {row['id']}"
    assert gone, f"{REVISION}: deliveries has no reference to what is gone, so nothing was seen"
