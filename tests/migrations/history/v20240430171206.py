from __future__ import annotations

from tests.migrations.history.v20240430165518 import WORDS
from tests.migrations.rows import Rows, Snapshot, key

REVISION = "20240430171206"


def plant(rows: Rows) -> None:
    rows.execute("UPDATE operations SET status = 'failure' WHERE id = %(id)s", {"id": key("operation", 2)})


def promise(before: Snapshot, after: Snapshot) -> None:
    now = after.by("operations", "id")
    assert len(now) == len(before["operations"]), f"{REVISION}: operations came or went"
    for row in before["operations"]:
        expected = row | {"status_text": WORDS[row["status"]], "type_text": row["type"]}
        assert now[row["id"]] == expected, f"{REVISION}: operations {row['id']}"
