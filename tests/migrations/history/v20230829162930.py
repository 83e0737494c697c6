from __future__ import annotations

from tests.migrations.rows import Rows, key


def plant(rows: Rows) -> None:
    rows.execute(
        "UPDATE installations SET health_status = 'unhealthy' WHERE id = ANY(%(ids)s)",
        {"ids": [key("installation", n) for n in (2, 7)]},
    )
