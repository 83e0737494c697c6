from __future__ import annotations

from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20251110165533"


def plant(rows: Rows) -> None:
    rows.insert(
        "topics",
        {
            "project_id": key("project", 1),
            "id": key("topic", 81),
            "name": "errors",
            "created_at": instant(924),
            "updated_at": instant(924),
        },
    )
    # The release of before writes through the views.
    rows.insert("notification_topics", {"project_id": key("project", 1), "id": key("topic", 82), "label": "old code"})
    rows.execute(
        """UPDATE notification_topics SET label = 'old code!', created_at = %(time)s, updated_at = %(time)s
           WHERE id = %(id)s""",
        {"id": key("topic", 82), "time": instant(924)},
    )
    rows.insert(
        "notification_event_topic_routes",
        {
            "project_id": key("project", 1),
            "id": key("route", 81),
            "event_type": "read.backfill.done",
            "topic_id": key("topic", 82),
            "created_at": instant(924),
        },
    )
    rows.insert(
        "topic_destination_routes",
        *(
            {
                "project_id": key("project", project),
                "id": key("route", n),
                "topic_id": key("topic", topic),
                "destination_id": key("destination", destination),
                "created_at": instant(924),
            }
            for n, project, topic, destination in ((82, 1, 81, 1), (83, 1, 1, 86), (84, 2, 9, 2))
        ),
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    now = after.by("topics", "project_id", "id")
    assert len(now) == len(before["notification_topics"]), f"{REVISION}: topics came or went"
    for row in before["notification_topics"]:
        expected = {"name": row["label"]} | {column: value for column, value in row.items() if column != "label"}
        assert now[row["project_id"], row["id"]] == expected, f"{REVISION}: topics {row['id']}"
    assert after["event_topic_routes"] == before["notification_event_topic_routes"], f"{REVISION}: event_topic_routes"
