from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LATEST, ODD


def plant(rows: Rows) -> None:
    rows.insert(
        "leases",
        *(
            {"name": name, "holder": holder, "fence": fence, "acquired_at": begin, "expires_at": end}
            for name, holder, fence, begin, end in (
                (f"refresh/{key('connection', 1)}", "worker-1", 1, instant(428), instant(428.5)),
                ("", "", 2, EARLIEST, LATEST),
                *((text, text, 2**63 - 1, instant(428), instant(429)) for text in ODD[1:]),
            )
        ),
    )
    rows.execute(
        """INSERT INTO leases (name, holder, fence, acquired_at, expires_at)
           SELECT 'many/' || n, 'worker-' || mod(n, 7), n, t, t + interval '30 s'
           FROM generate_series(1, %(size)s) n,
             LATERAL (SELECT timestamptz '2024-07-02Z' + n * interval '1 min' AS t) x""",
        {"size": rows.size},
    )
