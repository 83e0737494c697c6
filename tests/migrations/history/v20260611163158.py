from __future__ import annotations

from psycopg.types.json import Jsonb

from tests.migrations.rows import Rows, instant, key

EVENT_TYPES = ("subscribe.create.error", "connection.updated")


def plant(rows: Rows) -> None:
    rows.insert(
        "project_entitlements",
        *(
            {
                "project_id": key("project", project),
                "key": "logRetentionDays",
                "value": Jsonb(days),
                "created_at": instant(1137),
                "updated_at": instant(1137),
            }
            for project, days in ((1, 1), (2, 3650), (3, 30.0))
        ),
    )
    rows.insert(
        "destinations",
        {
            "id": key("destination", 101),
            "project_id": key("project", 1),
            "name": "bucket",
            "type": "s3",
            "metadata": {"bucket": "results", "region": "eu-west-1"},
            "created_at": instant(1137),
            "updated_at": instant(1137),
        },
    )
    rows.insert(
        "event_topic_routes",
        *(
            {
                "project_id": key("project", 1),
                "id": key("route", n),
                "event_type": event_type,
                "topic_id": key("topic", 1),
                "created_at": instant(1137),
            }
            for n, event_type in enumerate(EVENT_TYPES, 101)
        ),
    )


def make_way(rows: Rows) -> None:
    rows.execute("DELETE FROM project_entitlements WHERE key = 'logRetentionDays'")
    rows.execute("DELETE FROM destinations WHERE type = 's3'")
    rows.execute("DELETE FROM event_topic_routes WHERE event_type = ANY (%(types)s)", {"types": list(EVENT_TYPES)})
