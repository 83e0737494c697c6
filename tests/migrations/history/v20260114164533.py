from __future__ import annotations

from tests.migrations.rows import Rows, instant, key


def plant(rows: Rows) -> None:
    rows.insert(
        "event_topic_routes",
        *(
            {
                "project_id": key("project", project),
                "id": key("route", n),
                "event_type": event_type,
                "topic_id": key("topic", topic),
                "created_at": instant(989),
            }
            for n, project, topic, event_type in (
                (93, 1, 1, "read.triggered.done"),
                (94, 1, 1, "read.triggered.failed"),
                (95, 2, 9, "read.triggered.failed"),
            )
        ),
    )


def make_way(rows: Rows) -> None:
    rows.execute("DELETE FROM event_topic_routes WHERE event_type LIKE 'read.triggered.%'")
