from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LATEST, LONG, ODD, PROJECTS

# organization, project, quantity, occurrence: around the edges of the months that are cut soon
EVENTS = (
    (2, 1, "0", datetime(2023, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
    (2, 1, "0.01", datetime(2024, 1, 1, tzinfo=UTC)),
    (3, 2, "9999999999.99", datetime(2024, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
    (3, 2, "1", datetime(2025, 1, 1, tzinfo=UTC)),
    (1, 3, "12.50", datetime(2025, 2, 28, 23, 59, 59, 999999, tzinfo=UTC)),
    (2, 4, "7", datetime(2025, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
    (2, 4, "7", datetime(2026, 1, 1, tzinfo=UTC)),
    (2, 1, "3", EARLIEST),
    (2, 1, "3", LATEST),
)


def plant(rows: Rows) -> None:
    for n, time in ((1, instant(753)), (2, LATEST)):
        rows.execute(
            "UPDATE installations SET read_paused_at = %(time)s WHERE id = %(id)s",
            {"time": time, "id": key("installation", n)},
        )
    # Put right by hand: the next revision stops at a metric that is no word.
    rows.execute("UPDATE usage_events SET metric = 'records' WHERE metric !~ '^[a-z][a-z0-9_]*$'")
    # Usage of the months that the next revision copies.
    rows.insert(
        "usage_events",
        *(
            {
                "organization_id": key("organization", organization),
                "project_id": key("project", project),
                "event_id": key("usage_event", 80 + n),
                "metric": f"api_calls_{n}",
                "quantity": Decimal(quantity),
                "dimensions": {ODD[3]: LONG, "": None} if n == 1 else {},
                "occurred_at": time,
                "recorded_at": instant(753),
            }
            for n, (organization, project, quantity, time) in enumerate(EVENTS)
        ),
    )
    rows.execute(
        """INSERT INTO usage_events (organization_id, project_id, event_id, metric, quantity, dimensions,
             occurred_at, recorded_at)
           SELECT p.organization_id, p.id, md5('usage_event 083 ' || n)::uuid,
             (ARRAY['records_read', 'records_written', 'api_calls'])[1 + mod(n, 3)], mod(n, 1000) / 8.0,
             jsonb_build_object('n', n), t, t + interval '1 sec'
           FROM generate_series(1, %(size)s) n JOIN projects p ON p.id = (%(projects)s::uuid[])[1 + mod(n, 4)],
             LATERAL (SELECT timestamptz '2023-12-01Z' + mod(n * 7919, 800) * interval '1 day' AS t) x""",
        {"size": rows.size} | PROJECTS,
    )
