from __future__ import annotations

from tests.migrations.rows import Rows, instant, key

TABLES = ("provider_apps", "integrations", "connections", "installations", "destinations")


def plant(rows: Rows) -> None:
    """Plant what an update by version leaves."""
    for table in ("organizations", "projects", "operations"):
        rows.execute(
            f"UPDATE {table} SET version = 2, updated_at = %(time)s WHERE id = %(id)s",
            {"id": key(table[:-1], 1), "time": instant(351)},
        )
    for table in TABLES:
        rows.execute(
            f"UPDATE {table} SET version = 2147483000 WHERE (project_id, id) = (%(project)s, %(id)s)",
            {"project": key("project", 1), "id": key(table[:-1], 1)},
        )
    rows.execute(
        "UPDATE read_states SET version = version + 1 WHERE installation_id = %(id)s AND object_name = 'contact'",
        {"id": key("installation", 1)},
    )
    rows.execute(
        "UPDATE organizations SET deleted_at = %(time)s, version = 3 WHERE id = %(id)s",
        {"id": key("organization", 4), "time": instant(352)},
    )
