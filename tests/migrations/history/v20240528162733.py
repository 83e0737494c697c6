from __future__ import annotations

from tests.migrations.history.v20240430165518 import WORDS, plant_operations
from tests.migrations.rows import Rows, Snapshot

REVISION = "20240528162733"


def plant(rows: Rows) -> None:
    plant_operations(rows, 461, 393, tuple(WORDS.values()))


def promise_down(before: Snapshot, after: Snapshot) -> None:
    now = after.by("operations", "id")
    for row in before["operations"]:
        found = now[row["id"]]
        assert (WORDS[found["status_enum"]], found["type_enum"]) == (row["status"], row["type"]), (
            f"{REVISION}: operations {row['id']}"
        )
