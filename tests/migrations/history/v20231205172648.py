from __future__ import annotations

from tests.migrations.rows import Rows, instant, key


def plant(rows: Rows) -> None:
    # The integration takes its first revision while the keys look at new rows only.
    rows.insert(
        "revisions",
        {"id": key("revision", 13), "project_id": key("project", 5), "integration_id": key("integration", 8)}
        | {"content": {}, "created_at": instant(220)},
    )
    rows.execute(
        "UPDATE integrations SET latest_revision_id = %(revision)s WHERE id = %(integration)s",
        {"revision": key("revision", 13), "integration": key("integration", 8)},
    )
