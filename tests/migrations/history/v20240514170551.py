from __future__ import annotations

from tests.migrations.history.v20240430165518 import WORDS, plant_operations
from tests.migrations.rows import Rows, Snapshot, key

REVISION = "20240514170551"


def plant(rows: Rows) -> None:
    # The words of both releases.
    plant_operations(rows, 421, 379, tuple(WORDS.values()))
    plant_operations(rows, 441, 379, tuple(WORDS))
    rows.execute("UPDATE operations SET status = 'in_progress' WHERE id = %(id)s", {"id": key("operation", 1)})
    rows.execute("UPDATE operations SET status = 'completed' WHERE id = %(id)s", {"id": key("operation", 2)})


def promise(before: Snapshot, after: Snapshot) -> None:
    now = after.by("operations", "id")
    for row in before["operations"]:
        expected = {name: value for name, value in row.items() if not name.endswith("_text")} | {
            "status": WORDS[row["status"]],
            "status_enum": row["status"],
            "type_enum": row["type"],
        }
        assert now[row["id"]] == expected, f"{REVISION}: operations {row['id']}"


def promise_down(before: Snapshot, after: Snapshot) -> None:
    now = after.by("operations", "id")
    for row in before["operations"]:
        found = now[row["id"]]
        assert (found["status_text"], WORDS[found["status"]]) == (row["status"], row["status"]), (
            f"{REVISION}: operations {row['id']}"
        )
