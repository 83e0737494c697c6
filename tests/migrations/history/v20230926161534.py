from __future__ import annotations

from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20230926161534"


def plant(rows: Rows) -> None:
    for n, written in ((17, {"url": "https://example.com/17"}), (18, {"metadata": {"url": "https://example.com/18"}})):
        rows.insert(
            "destinations",
            {"id": key("destination", n), "project_id": key("project", 3), "name": f"hook {n}"}
            | {"created_at": instant(150), "updated_at": instant(150)}
            | written,
        )


def promise(before: Snapshot, after: Snapshot) -> None:
    now = after.by("destinations", "id")
    assert len(now) == len(before["destinations"]), f"{REVISION}: destinations came or went"
    for row in before["destinations"]:
        expected = {"url": row["url"]} if row["metadata"] is None else row["metadata"]
        assert now[row["id"]] == row | {"metadata": expected}, f"{REVISION}: destinations {row['id']}"
        assert now[row["id"]]["metadata"]["url"] == row["url"], f"{REVISION}: destinations {row['id']} is out of step"
