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
                "type": type_,
                "created_at": instant(995),
                "updated_at": instant(995),
            }
            for n, type_ in ((212, "delete"), (213, "search"))
        ),
    )
    rows.execute("UPDATE providers SET supports = supports || '{delete,search}' WHERE slug = 'salesforce'")
    rows.execute("UPDATE providers SET supports = '{delete}' WHERE slug = 'hubspot'")


def make_way(rows: Rows) -> None:
    rows.execute("DELETE FROM operations WHERE type IN ('delete', 'search')")
    rows.execute("UPDATE providers SET supports = array_remove(array_remove(supports, 'delete'), 'search')")
