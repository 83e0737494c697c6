from __future__ import annotations

from tests.migrations.history.v20240909171636 import newest_events
from tests.migrations.rows import Rows, Snapshot, instant, key
from tests.migrations.samples import ODD

REVISION = "20250204171518"


def plant(rows: Rows) -> None:
    rows.insert(
        "operations",
        *(
            {
                "project_id": key("project", 1),
                "id": key("operation", n),
                "integration_id": key("integration", 1),
                "installation_id": key("installation", 1),
                "type": "read",
                "status": "completed",
                "metadata": metadata,
                "created_at": instant(645),
                "updated_at": instant(645),
            }
            for n, metadata in enumerate((None, {}, {"lastEvent": {"type": ODD[2]}}), 497)
        ),
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    now, newest = after.by("operations", "id"), newest_events(before)
    for row in before["operations"]:
        expected = row["metadata"]
        if row["id"] in newest:
            expected = (expected or {}) | {"lastEvent": newest[row["id"]]}
        assert now[row["id"]] == row | {"metadata": expected}, f"{REVISION}: operations {row['id']}"
