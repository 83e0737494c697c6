from __future__ import annotations

from collections import Counter

from tests.migrations.history.v20240123165544 import numbered
from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20240206154210"


def plant(rows: Rows) -> None:
    rows.insert(
        "revisions",
        *(
            {
                "id": key("revision", n),
                "project_id": key("project", 3),
                "integration_id": key("integration", 3),
                "content": {"number": n},
                "created_at": instant(270),
                "number": number,
            }
            # A gap, and the highest there is.
            for n, number in ((18, 7), (19, 2**31 - 1))
        ),
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    now, places = after.by("revisions", "project_id", "id"), numbered(before)
    given = {(row["project_id"], row["integration_id"]): Counter[int | None]() for row in before["revisions"]}
    for row in before["revisions"]:
        given[row["project_id"], row["integration_id"]][row["number"]] += 1
    for row in before["revisions"]:
        identity = row["project_id"], row["id"]
        numbers = given[row["project_id"], row["integration_id"]]
        wrong = None in numbers or max(numbers.values()) > 1
        expected = places[identity] if wrong else row["number"]
        assert now[identity] == row | {"number": expected}, f"{REVISION}: revisions {identity}"
