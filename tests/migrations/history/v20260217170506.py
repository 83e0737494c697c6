from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LATEST, ODD

# installation (and project), object, operation, processed, estimated, created, updated
PROGRESS = (
    # With a state: see the read states of these installations.
    (1, "contact", 1, 10, 100, instant(1023), instant(1024)),
    (1, "account", 2, 0, 0, instant(1023), instant(1024)),
    (2, "contact", 9, 5, None, instant(1023), instant(1024)),
    (3, "", 10, 9223372036854775807, 1, EARLIEST, LATEST),
    # Without one.
    (1, "lead", 3, 0, None, instant(1023), instant(1023)),
    (1, "deal", 4, 1, 3, instant(1023), instant(1024)),
    (1, ODD[3], 5, 2, 3, EARLIEST, EARLIEST),
    (2, "deal", 9, 9223372036854775807, 9223372036854775807, instant(1023), LATEST),
    (4, "contact", 11, 150, 100, instant(1023), instant(1024)),
    (4, "account", 11, 0, 9223372036854775807, instant(1023), instant(1024)),
)


def plant(rows: Rows) -> None:
    rows.insert(
        "backfill_progress",
        *(
            {
                "project_id": key("project", installation),
                "installation_id": key("installation", installation),
                "object_name": name,
                "operation_id": key("operation", operation),
                "records_processed": processed,
                "records_estimated_total": estimated,
                "created_at": created,
                "updated_at": updated,
            }
            for installation, name, operation, processed, estimated, created, updated in PROGRESS
        ),
    )
    # Of one object there is a state, of the other there is none.
    rows.execute(
        """INSERT INTO backfill_progress (project_id, installation_id, object_name, operation_id, records_processed,
             records_estimated_total, created_at, updated_at)
           SELECT o.project_id, o.installation_id, name, o.id, n, nullif(mod(n, 5), 0) * 1000, t, t + interval '1 hour'
           FROM generate_series(1, %(size)s) n JOIN operations o ON o.id = md5('operation ' || n)::uuid,
             unnest('{contact,many}'::text[]) AS name,
             LATERAL (SELECT timestamptz '2026-02-17Z' + n * interval '1 min' AS t) x""",
        {"size": rows.size},
    )
