from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, ODD


def plant(rows: Rows) -> None:
    rows.execute("UPDATE object_schemas SET watched = true WHERE object_name <> ''")
    for destination, time, reason in ((1, instant(932), "410 for three days"), (2, EARLIEST, None), (3, EARLIEST, "")):
        rows.execute(
            "UPDATE destinations SET disabled_at = %(time)s, disabled_reason = %(reason)s WHERE id = %(id)s",
            {"id": key("destination", destination), "time": time, "reason": reason},
        )
    rows.insert(
        "outbox_events",
        {
            "topic": "provider-schema-changed",
            "key": ODD[3],
            "payload": {"connection_id": str(key("connection", 81))},
            "created_at": instant(932),
            "available_at": instant(932),
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
                "created_at": instant(932),
            }
            for n, event_type in ((91, "connection.error"), (92, "destination.webhook.disabled"))
        ),
    )
    plant_operations(rows)


def plant_operations(rows: Rows) -> None:
    """Plant operations of whose installations the next revision shows the last status: the newest, by id if at once."""
    installations = {2: ("completed",), 3: ("failed", "running"), 4: ("pending", "completed", "failed")}
    rows.insert(
        "operations",
        *(
            {
                "id": key("operation", 220 + 10 * installation + n),
                "project_id": key("project", installation),
                "integration_id": key("integration", installation),
                "installation_id": key("installation", installation),
                "type": "read",
                "status": status,
                "created_at": instant(930),
                "updated_at": instant(931),
            }
            for installation, statuses in installations.items()
            for n, status in enumerate(statuses)
        ),
    )
    rows.execute(
        """INSERT INTO operations (id, project_id, integration_id, installation_id, type, status, created_at,
             updated_at)
           SELECT md5('operation 105 ' || i.id || ' ' || k)::uuid, i.project_id, i.integration_id, i.id, 'read',
             (ARRAY['completed', 'failed', 'running', 'pending'])[1 + mod(n + k, 4)], t, t
           FROM generate_series(1, %(size)s) n JOIN installations i ON i.id = md5('installation ' || n)::uuid,
             generate_series(1, mod(n, 4)) k,
             LATERAL (SELECT timestamptz '2025-11-18Z' + k / 2 * interval '1 min' AS t) x""",
        {"size": rows.size},
    )


def make_way(rows: Rows) -> None:
    rows.execute("DELETE FROM outbox_events WHERE topic = 'provider-schema-changed'")
    rows.execute(
        "DELETE FROM event_topic_routes WHERE event_type IN ('connection.error', 'destination.webhook.disabled')"
    )
