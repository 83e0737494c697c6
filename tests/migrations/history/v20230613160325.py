from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LATEST, LONG, ODD

# installation, object, page token, time
READ_STATES = (
    (1, "contact", None, instant(45)),
    # No constraint holds one row for each object: there are more, some of one moment.
    (1, "contact", "page-2", instant(46)),
    (1, "contact", "page-3", instant(46)),
    (1, "account", "", EARLIEST),
    (2, "contact", "page-2", instant(45)),
    (3, "", ODD[2], instant(45)),
    (4, ODD[2], ODD[3], LATEST),
    (5, ODD[3], LONG, instant(45)),
    (6, ODD[5], None, instant(45)),
)


def plant(rows: Rows) -> None:
    rows.insert(
        "read_states",
        *(
            {
                "installation_id": key("installation", installation),
                "object_name": name,
                "next_page_token": token,
                "updated_at": time,
            }
            for installation, name, token, time in READ_STATES
        ),
    )
    rows.execute(
        """INSERT INTO read_states (installation_id, object_name, next_page_token, updated_at)
           SELECT md5('installation ' || n)::uuid, 'contact', nullif('page-' || k, 'page-1'),
             timestamptz '2023-06-14Z' + mod(n * k, 5) * interval '1 day'
           FROM generate_series(1, %(size)s) n, generate_series(1, 1 + mod(n, 3)) k""",
        {"size": rows.size},
    )
