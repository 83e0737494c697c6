from __future__ import annotations

from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20260121171350"


def plant(rows: Rows) -> None:
    rows.insert(
        "event_topic_routes",
        {
            "project_id": key("project", 3),
            "id": key("route", 96),
            "event_type": "read.triggered.error",
            "topic_id": key("topic", 14),
            "created_at": instant(996),
        },
    )


def compare(before: Snapshot, after: Snapshot, old: str, new: str) -> None:
    now = after.by("event_topic_routes", "project_id", "id")
    assert len(now) == len(before["event_topic_routes"]), f"{REVISION}: event_topic_routes came or went"
    assert any(row["event_type"] == old for row in before["event_topic_routes"]), f"{REVISION}: no route to rename"
    for row in before["event_topic_routes"]:
        expected = row | {"event_type": new if row["event_type"] == old else row["event_type"]}
        assert now[row["project_id"], row["id"]] == expected, f"{REVISION}: event_topic_routes {row['id']}"


def promise(before: Snapshot, after: Snapshot) -> None:
    compare(before, after, "read.triggered.failed", "read.triggered.error")


def promise_down(before: Snapshot, after: Snapshot) -> None:
    compare(before, after, "read.triggered.error", "read.triggered.failed")
