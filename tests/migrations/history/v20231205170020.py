from __future__ import annotations

from tests.migrations.rows import Rows, instant, key


def plant(rows: Rows) -> None:
    """Plant live rows under the names of deleted ones."""
    project = {"project_id": key("project", 5)}
    times = {"created_at": instant(220), "updated_at": instant(220)}
    rows.insert(
        "projects",
        {"id": key("project", 7), "organization_id": key("organization", 3), "name": "Retired"} | times,
    )
    rows.insert(
        "integrations",
        {"id": key("integration", 8), "name": "HubSpot-read", "provider": "hubspot"} | project | times,
    )
    rows.insert(
        "destinations",
        {"id": key("destination", 15), "name": "Hook", "metadata": {"url": "https://example.com/again"}}
        | project
        | times,
    )
