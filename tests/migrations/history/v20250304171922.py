from __future__ import annotations

from datetime import UTC, datetime

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LONG, ODD, PROJECTS

SEVERITIES = ("DEBUG", "INFO", "WARN", "ERROR")
# In months and between them, and outside of all: before, behind, at both ends of time.
TIMES = (
    instant(675),
    datetime(2025, 3, 1, tzinfo=UTC),
    datetime(2025, 3, 31, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(2025, 4, 1, tzinfo=UTC),
    datetime(2025, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(2025, 2, 28, 23, 59, 59, 999999, tzinfo=UTC),
    EARLIEST,
    datetime(2024, 7, 1, tzinfo=UTC),
)


def plant(rows: Rows) -> None:
    rows.insert(
        "operation_logs",
        *(
            {
                "project_id": key("project", 1),
                "logged_at": time,
                "id": key("operation_log", n),
                "operation_id": key("operation", 1 + n % 4),
                "severity": SEVERITIES[n % 4],
                "message": (LONG, *ODD)[n % 7],
                "error": (None, "", LONG)[n % 3],
                "details": (None, {}, {ODD[3]: [None, 1e300, {"": ODD[2]}]})[n % 3],
            }
            for n, time in enumerate(TIMES, 1)
        ),
    )
    rows.execute(
        """INSERT INTO operation_logs (project_id, logged_at, id, operation_id, severity, message)
           SELECT (%(projects)s::uuid[])[1 + mod(n, 4)],
             timestamptz '2025-03-04Z' + n * interval '300 days' / %(size)s, md5('operation_log ' || n)::uuid,
             md5('operation ' || n)::uuid, 'INFO', 'line ' || n
           FROM generate_series(1, %(size)s) n""",
        {"size": rows.size} | PROJECTS,
    )
