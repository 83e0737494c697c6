from __future__ import annotations

from tests.migrations.rows import Rows, instant, key

EVENT_TYPES = ("connection.refreshed", "connection.deleted", "write.async.done")


def plant(rows: Rows) -> None:
    rows.insert(
        "event_topic_routes",
        *(
            {
                "project_id": key("project", 1),
                "id": key("route", n),
                "event_type": event_type,
                "topic_id": key("topic", 1),
                "created_at": instant(1047),
            }
            for n, event_type in enumerate(EVENT_TYPES, 97)
        ),
    )


def make_way(rows: Rows) -> None:
    rows.execute("DELETE FROM event_topic_routes WHERE event_type = ANY (%(types)s)", {"types": list(EVENT_TYPES)})
