from __future__ import annotations

from tests.migrations.rows import Snapshot

REVISION = "20230926161534"


def promise(before: Snapshot, after: Snapshot) -> None:
    now = after.by("destinations", "id")
    assert len(now) == len(before["destinations"]), f"{REVISION}: destinations came or went"
    for row in before["destinations"]:
        expected = {"url": row["url"]} if row["metadata"] is None else row["metadata"]
        assert now[row["id"]] == row | {"metadata": expected}, f"{REVISION}: destinations {row['id']}"
        assert now[row["id"]]["metadata"]["url"] == row["url"], f"{REVISION}: destinations {row['id']} is out of step"
