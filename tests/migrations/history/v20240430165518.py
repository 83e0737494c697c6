from __future__ import annotations

from tests.migrations.history.v20230601161033 import STATUSES
from tests.migrations.rows import Rows, instant, key

TYPES = ("read", "write", "proxy")
WORDS = {"pending": "pending", "in_progress": "running", "success": "completed", "failure": "failed"}
"""What the words of the enum become."""


def plant_operations(rows: Rows, first: int, days: float, statuses: tuple[str, ...]) -> None:
    """Plant an operation for each type and each of these statuses, under the numbers from `first` on."""
    rows.insert(
        "operations",
        *(
            {
                "id": key("operation", first + n),
                "project_id": key("project", 1 + n % 2),
                "integration_id": key("integration", 1 + n % 2),
                "installation_id": key("installation", 1 + n % 2),
                "type": TYPES[n % 3],
                "status": status,
                "created_at": instant(days),
                "updated_at": instant(days),
            }
            for n, status in enumerate(statuses * 3)
        ),
    )


def plant(rows: Rows) -> None:
    plant_operations(rows, 401, 365, STATUSES)
    # Only now does the trigger see the oldest of all.
    rows.execute("UPDATE operations SET status = 'success' WHERE id = %(id)s", {"id": key("operation", 1)})
