from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import LONG, ODD, PROJECTS

TYPES = ("read", "write")
STATUSES = ("pending", "in_progress", "success", "failure")
RESULTS = (None, "", "done", ODD[2], ODD[3], LONG, None, "failed: 502")


def plant(rows: Rows) -> None:
    # Eight of project 1, one for each type and status, and one for each other project.
    kinds = [(type_, status) for type_ in TYPES for status in STATUSES]
    rows.insert(
        "operations",
        *(
            {
                "id": key("operation", n),
                "project_id": key("project", project),
                "integration_id": key("integration", project),
                "installation_id": key("installation", project),
                "type": type_,
                "status": status,
                "result": result,
                # Pairs of one moment.
                "created_at": instant(31 + n // 2),
                "updated_at": instant(32 + n),
            }
            for n, (project, (type_, status), result) in enumerate(
                [
                    *zip([1] * 8, kinds, RESULTS, strict=True),
                    (2, kinds[0], None),
                    (3, kinds[2], "done"),
                    (4, kinds[7], ""),
                ],
                1,
            )
        ),
    )
    rows.insert(
        "operation_events",
        *(
            {
                "operation_id": key("operation", operation),
                "type": type_,
                "status": status,
                "result": result,
                "created_at": instant(33),
            }
            for operation, type_, status, result in (
                (1, "started", "in_progress", None),
                (3, "started", "in_progress", ""),
                (3, "finished", "success", LONG),
                (4, "started", "in_progress", None),
                (4, ODD[3], ODD[2], ODD[3]),
                (4, "", "", None),
                (9, "started", "in_progress", None),
            )
        ),
    )
    rows.execute(
        """INSERT INTO operations (id, project_id, integration_id, installation_id, type, status, result,
             created_at, updated_at)
           SELECT md5('operation ' || n)::uuid, (%(projects)s::uuid[])[1 + mod(n, 4)], md5('integration ' || n)::uuid,
             md5('installation ' || n)::uuid, (enum_range(NULL::operation_type))[1 + mod(n, 2)],
             (enum_range(NULL::operation_status))[1 + mod(n / 2, 4)], nullif('result ' || mod(n, 5), 'result 0'), t, t
           FROM generate_series(1, %(size)s) n,
             LATERAL (SELECT timestamptz '2023-06-01Z' + n * interval '1 min' AS t) x""",
        {"size": rows.size} | PROJECTS,
    )
    rows.execute(
        """INSERT INTO operation_events (operation_id, type, status, result, created_at)
           SELECT md5('operation ' || n)::uuid, 'event ' || k, 'success', nullif('result ' || k, 'result 1'),
             timestamptz '2023-06-02Z' + k * interval '1 min'
           FROM generate_series(1, %(size)s) n, generate_series(1, mod(n, 3)) k""",
        {"size": rows.size},
    )
