from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LATEST, ODD


def plant(rows: Rows) -> None:
    """Plant a write that was tried three times, and every mix of times that the checks let in."""
    # number, status, attempt, retry of, started, completed, job, next poll
    operations = (
        (201, "failed", 1, None, instant(851), instant(851), None, None),
        (202, "failed", 2, 201, instant(852), instant(853), "", None),
        (203, "running", 3, 202, instant(854), None, ODD[3], instant(855)),
        (204, "completed", 2147483647, None, None, instant(851), None, None),
        (205, "completed", 1, None, EARLIEST, LATEST, ODD[2], None),
        (206, "pending", 1, None, None, None, "job-1", LATEST),
    )
    rows.insert(
        "operations",
        *(
            {
                "id": key("operation", n),
                "project_id": key("project", 1),
                "integration_id": key("integration", 1),
                "installation_id": key("installation", 1),
                "type": "write",
                "status": status,
                "created_at": instant(731 + n),
                "updated_at": instant(732 + n),
                "attempt": attempt,
                "retry_of_id": key("operation", retry_of) if retry_of else None,
                "started_at": started,
                "completed_at": completed,
                "provider_job_ref": job,
                "next_poll_at": next_poll,
            }
            for n, status, attempt, retry_of, started, completed, job, next_poll in operations
        ),
    )
