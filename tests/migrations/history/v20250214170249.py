from __future__ import annotations

from tests.migrations.rows import Rows, instant, key


def plant(rows: Rows) -> None:
    """Plant in project 2 operations with the ids of operations of project 1."""
    rows.insert(
        "operations",
        *(
            {
                "project_id": key("project", 2),
                "id": key("operation", n),
                "integration_id": key("integration", 2),
                "installation_id": key("installation", 2),
                "config_id": None,
                "type": "write",
                "status": "failed",
                "result": "twin",
                "created_at": instant(655),
                "updated_at": instant(655),
            }
            for n in (1, 497)
        ),
    )


def make_way(rows: Rows) -> None:
    rows.execute("DELETE FROM operations WHERE result = 'twin'")
