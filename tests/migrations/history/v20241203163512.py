from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LATEST, LONG, ODD, PROJECTS

STATUSES = ("pending", "delivering", "delivered", "failed", "discarded")


def plant(rows: Rows) -> None:
    rows.insert(
        "deliveries",
        *(
            {
                "project_id": key("project", 1 + n % 2),
                "id": key("delivery", n),
                "destination_id": key("destination", 1 + n % 2),
                "operation_id": None if n % 3 else key("operation", n),
                "event_type": ODD[n % 4] if n > 5 else "operation.completed",
                "idempotency_key": ODD[n % 6] if n > 5 else f"key-{n}",
                "payload": None if n % 2 else {ODD[3]: [None, -1e300, {"": LONG}]},
                "payload_url": "https://example.com/payload?" + ODD[2] if n % 2 else None,
                "status": status,
                "attempts": 2**31 - 1 if n == 4 else n % 2,
                "next_attempt_at": (None, instant(583), EARLIEST, LATEST)[n % 4],
                "delivered_at": instant(583) if status == "delivered" else None,
                "created_at": instant(582),
                "updated_at": instant(582 + n),
                "version": n,
            }
            for n, status in enumerate(STATUSES * 2, 1)
        ),
    )
    rows.insert(
        "delivery_attempts",
        *(
            {
                "project_id": key("project", 2),
                "delivery_id": key("delivery", 1),
                "attempt": n,
                "started_at": instant(582),
                "duration_ms": duration,
                "http_status": status,
                "error": error,
            }
            for n, (duration, status, error) in enumerate(
                ((0, 100, None), (1, 599, ""), (2**31 - 1, None, LONG), (7, 200, ODD[2])), 1
            )
        ),
    )
    rows.execute(
        """INSERT INTO deliveries (project_id, id, destination_id, event_type, idempotency_key, payload, status,
             attempts, delivered_at, created_at, updated_at)
           SELECT (%(projects)s::uuid[])[1 + mod(n, 4)], md5('delivery ' || n)::uuid, md5('destination ' || n)::uuid,
             'operation.completed', 'many-' || n, jsonb_build_object('n', n), status, mod(n, 4),
             CASE status WHEN 'delivered' THEN t END, t, t
           FROM generate_series(1, %(size)s) n,
             LATERAL (SELECT timestamptz '2024-12-03Z' + n * interval '1 min' AS t,
               (%(statuses)s::text[])[1 + mod(n, 5)] AS status) x""",
        {"size": rows.size, "statuses": list(STATUSES)} | PROJECTS,
    )
    rows.execute(
        """INSERT INTO delivery_attempts (project_id, delivery_id, attempt, started_at, duration_ms, http_status)
           SELECT (%(projects)s::uuid[])[1 + mod(n, 4)], md5('delivery ' || n)::uuid, k, '2024-12-04Z', n, 200 + k
           FROM generate_series(1, %(size)s) n, generate_series(1, mod(n, 4)) k""",
        {"size": rows.size} | PROJECTS,
    )
