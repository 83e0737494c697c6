from __future__ import annotations

from tests.migrations.rows import Rows, instant, key


def plant(rows: Rows) -> None:
    """Plant live rows under the names of deleted ones."""
    project = {"project_id": key("project", 5)}
    naive = {name: instant(94).replace(tzinfo=None) for name in ("created_at", "updated_at")}
    times = {"created_at": instant(94), "updated_at": instant(94)}
    rows.insert(
        "projects", {"id": key("project", 7), "organization_id": key("organization", 3), "name": "retired"} | naive
    )
    rows.insert(
        "integrations",
        {"id": key("integration", 8), "name": "hubspot-read", "provider": "hubspot"} | project | times,
    )
    rows.insert(
        "destinations",
        {"id": key("destination", 15), "name": "hook", "url": "https://example.com/again"} | project | times,
    )


def make_way(rows: Rows) -> None:
    for table, n in (("destinations", 15), ("integrations", 8), ("projects", 7)):
        rows.execute(f"DELETE FROM {table} WHERE id = %(id)s", {"id": key(table[:-1], n)})
