from __future__ import annotations

from hashlib import sha256

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LONG, ODD


def plant(rows: Rows) -> None:
    rows.insert(
        "object_schemas",
        *(
            {
                "project_id": key("project", project),
                "connection_id": key("connection", connection),
                "object_name": name,
                "fields": {name: {"type": "string", "label": LONG}},
                "fields_hash": sha256(name.encode()).digest(),
                "checked_at": instant(858),
                "changed_at": EARLIEST if name else instant(858),
                "version": n,
            }
            for n, (project, connection, name) in enumerate(
                [(1, 81, "contact"), (1, 82, "contact"), (2, 83, "contact"), (1, 81, ""), (1, 81, ODD[3])], 1
            )
        ),
    )
