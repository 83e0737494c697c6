from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LATEST


def plant(rows: Rows) -> None:
    rows.insert(
        "projects",
        {"id": key("project", 6), "organization_id": key("organization", 1), "name": "zoned", "app_name": ""}
        | {"created_at": EARLIEST, "updated_at": LATEST},
    )
    rows.insert(
        "api_keys",
        {"key": "zoned", "project_id": key("project", 1), "label": "zoned"}
        | {"created_at": instant(106.123456789), "updated_at": LATEST},
    )
