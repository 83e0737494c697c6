from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LATEST, LONG, ODD


def plant(rows: Rows) -> None:
    times = {"created_at": instant(0), "updated_at": instant(1)}
    rows.insert(
        "organizations",
        *({"id": key("organization", n), "label": f"Organization {n}", **times} for n in range(1, 4)),
        {"id": key("organization", 4), "label": "", **times},
        {"id": key("organization", 5), "label": ODD[3], "created_at": EARLIEST, "updated_at": LATEST},
        {"id": key("organization", 6), "label": ODD[2], **times},
    )
    rows.execute(
        """INSERT INTO organizations (id, label, created_at, updated_at)
           SELECT md5('organization ' || n)::uuid, 'Organization ' || n, t, t
           FROM generate_series(1, %(size)s) n,
             LATERAL (SELECT timestamptz '2023-05-01Z' + n * interval '1 min' AS t) x""",
        {"size": rows.size},
    )
    # Still without a time zone: the times are UTC.
    naive = {name: time.replace(tzinfo=None) for name, time in times.items()}
    rows.insert(
        "projects",
        *(
            {"id": key("project", n), "organization_id": key("organization", 1 + n % 3), "name": name, "app_name": app}
            | naive
            for n, (name, app) in enumerate(
                [("demo", ""), ("Demo ", "App"), ("Ünïcode 🙂", ""), ("contacts", "Contacts")], 1
            )
        ),
        {"id": key("project", 10), "organization_id": key("organization", 4), "name": "", "app_name": LONG}
        | {"created_at": EARLIEST.replace(tzinfo=None), "updated_at": LATEST.replace(tzinfo=None)},
    )
