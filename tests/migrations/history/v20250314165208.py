from __future__ import annotations

from psycopg.types.json import Jsonb

from tests.migrations.rows import Rows, instant, key


def plant(rows: Rows) -> None:
    rows.insert(
        "project_entitlements",
        *(
            {
                "project_id": key("project", n),
                "key": "brandingRemoval",
                "value": Jsonb(value),
                "created_at": instant(683),
                "updated_at": instant(684),
            }
            for n, value in ((1, True), (2, False), (5, True))
        ),
    )
