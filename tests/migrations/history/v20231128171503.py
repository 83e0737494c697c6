from __future__ import annotations

from tests.migrations.rows import Rows, instant, key


def plant(rows: Rows) -> None:
    rows.insert(
        "operations",
        *(
            {
                "id": key("operation", n),
                "project_id": key("project", 1),
                "integration_id": key("integration", 1),
                "installation_id": key("installation", 1),
                "type": "proxy",
                "status": status,
                "created_at": instant(212),
                "updated_at": instant(212),
            }
            for n, status in enumerate(("pending", "in_progress", "success", "failure"), 16)
        ),
    )
