from __future__ import annotations

from typing import Any

from tests.migrations.rows import Rows, Snapshot, instant, key
from tests.migrations.samples import ODD

REVISION = "20240909171636"


def newest_events(snapshot: Snapshot) -> dict[str, dict[str, Any]]:
    """Return the newest event of each operation, as a document keeps it."""
    newest: dict[str, dict[str, Any]] = {}
    for row in sorted(snapshot["operation_events"], key=lambda row: int(row["id"])):
        newest[row["operation_id"]] = {name: row[name] for name in ("type", "status", "result")}
    return newest


def plant(rows: Rows) -> None:
    # The release of before writes events for a while: a first one, and one more.
    rows.insert(
        "operation_events",
        *(
            {"operation_id": key("operation", n), "type": "late", "status": "success", "result": ODD[2]}
            | {"created_at": instant(498)}
            for n in (5, 3)
        ),
    )
    rows.execute("UPDATE operations SET metadata = '{\"records\": 1}' WHERE id = %(id)s", {"id": key("operation", 6)})


def promise(before: Snapshot, after: Snapshot) -> None:
    now, newest = after.by("operations", "id"), newest_events(before)
    for row in before["operations"]:
        expected = row["metadata"]
        if row["id"] in newest:
            expected = (expected or {}) | {"lastEvent": newest[row["id"]]}
        assert now[row["id"]] == row | {"metadata": expected}, f"{REVISION}: operations {row['id']}"


def promise_down(before: Snapshot, after: Snapshot) -> None:
    now, newest = after.by("operations", "id"), newest_events(before)
    for row in before["operations"]:
        expected = row["metadata"]
        if row["id"] in newest and expected is not None:
            expected = {name: value for name, value in expected.items() if name != "lastEvent"} or None
        assert now[row["id"]] == row | {"metadata": expected}, f"{REVISION}: operations {row['id']}"
