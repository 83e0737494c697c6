from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import LATEST, LONG, ODD, PROJECTS

TOPICS = (
    "read-finished",
    "poll-bulk-job",
    "subscribe-webhook-received",
    "subscribe-webhook-processed",
    "subscribe-async-installation",
    "usage-emitted",
    "operation-change",
    "notification-emitted",
)


def plant(rows: Rows) -> None:
    rows.insert(
        "outbox_events",
        *(
            {
                "topic": topic,
                "key": ODD[n % len(ODD)],
                "project_id": key("project", 1 + n % 4) if n else None,
                "payload": {"n": n, "text": LONG} if n == 1 else {},
                "headers": {"event_id": str(key("outbox_event", n))},
                "created_at": instant(806),
                "available_at": LATEST if n == 2 else instant(806 + n),
                "published_at": instant(807) if n % 2 else None,
                "attempts": 2147483647 if n == 3 else n,
                "last_error": (None, "", ODD[3])[n % 3],
            }
            for n, topic in enumerate(TOPICS)
        ),
    )
    rows.insert(
        "ingested_messages",
        *({"subscription": "scribe-usage", "message_id": text, "received_at": instant(806)} for text in ODD),
    )
    plant_deliveries(rows)


def plant_deliveries(rows: Rows) -> None:
    """Plant deliveries as they are without a foreign key onto operations: of some the operation is gone."""
    deliveries = ((81, "operation", 1), (82, "operation", 999), (83, None, 0))
    rows.insert(
        "deliveries",
        *(
            {
                "project_id": key("project", 1),
                "id": key("delivery", n),
                "destination_id": key("destination", 1),
                "operation_id": key(kind, operation) if kind else None,
                "event_type": "read",
                "idempotency_key": f"delivery-{n}",
                "payload": {"n": n},
                "created_at": instant(806),
                "updated_at": instant(806),
            }
            for n, kind, operation in deliveries
        ),
    )
    # An operation of another tenant is none, either.
    rows.insert(
        "deliveries",
        {
            "project_id": key("project", 2),
            "id": key("delivery", 84),
            "destination_id": key("destination", 2),
            "operation_id": key("operation", 1),
            "event_type": ODD[3],
            "idempotency_key": "",
            "payload_url": "https://example.com/payload",
            "created_at": instant(806),
            "updated_at": instant(806),
        },
    )
    rows.execute(
        """INSERT INTO deliveries (project_id, id, destination_id, operation_id, event_type, idempotency_key, payload,
             status, delivered_at, created_at, updated_at)
           SELECT project_id, md5('delivery 089 ' || n)::uuid, md5('destination 088 ' || n)::uuid,
             CASE mod(n, 3) WHEN 0 THEN md5('operation ' || n)::uuid WHEN 1 THEN md5('gone ' || n)::uuid END,
             'read', 'many-' || n, '{}', 'delivered', t, t, t
           FROM generate_series(1, %(size)s) n,
             LATERAL (SELECT (%(projects)s::uuid[])[1 + mod(n, 4)] AS project_id) y,
             LATERAL (SELECT timestamptz '2025-07-15Z' + n * interval '1 min' AS t) x""",
        {"size": rows.size} | PROJECTS,
    )
