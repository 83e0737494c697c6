from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import LONG, ODD


def plant(rows: Rows) -> None:
    rows.insert(
        "operations",
        *(
            {
                "id": key("operation", n),
                "project_id": key("project", 1),
                "integration_id": key("integration", 1),
                "installation_id": key("installation", 1),
                "type": "write",
                "status": "success",
                "metadata": metadata,
                "created_at": instant(134),
                "updated_at": instant(134),
            }
            for n, metadata in enumerate((None, {}, {"records": 0}, {ODD[3]: [None, 1e300, ODD[2], {"": LONG}]}), 12)
        ),
    )
    rows.insert(
        "operation_events",
        *(
            {
                "operation_id": key("operation", n),
                "type": "finished",
                "status": "success",
                "result": None,
                "created_at": instant(135),
            }
            for n in (12, 13, 14)
        ),
    )
