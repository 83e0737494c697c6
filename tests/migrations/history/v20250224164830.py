from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LATEST, LONG, ODD, PROJECTS

EVENT_TYPES = ("create", "update", "delete", "associationChange", "other")
STATUSES = ("pending", "active", "failed", "unsubscribed")


def plant(rows: Rows) -> None:
    rows.insert(
        "subscriptions",
        *(
            {
                "project_id": key("project", 1 + n % 2),
                "id": key("subscription", n),
                "installation_id": key("installation", 1 + n % 2),
                "object_name": "contact" if status == "unsubscribed" else f"{ODD[n % 6]}{n}",
                "provider_subscription_ref": ODD[n % 6] if n % 3 else None,
                "event_types": list(EVENT_TYPES[n % 5 :]),
                "status": status,
                "status_reason": (None, "", LONG)[n % 3],
                "expires_at": (None, EARLIEST, instant(670), LATEST)[n % 4],
                "created_at": instant(665),
                "updated_at": instant(665 + n),
                "version": n,
            }
            # Any number of one object may be unsubscribed.
            for n, status in enumerate((*STATUSES * 2, "unsubscribed", "unsubscribed"), 1)
        ),
    )
    rows.execute(
        """INSERT INTO subscriptions (project_id, id, installation_id, object_name, event_types, status,
             expires_at, created_at, updated_at)
           SELECT (%(projects)s::uuid[])[1 + mod(n, 4)], md5('subscription ' || n)::uuid,
             md5('installation ' || n)::uuid, 'contact', '{create,update}', (%(statuses)s::text[])[1 + mod(n, 4)],
             t + interval '7 days', t, t
           FROM generate_series(1, %(size)s) n,
             LATERAL (SELECT timestamptz '2025-02-24Z' + n * interval '1 min' AS t) x""",
        {"size": rows.size, "statuses": list(STATUSES)} | PROJECTS,
    )
