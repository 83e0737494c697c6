from __future__ import annotations

from tests.migrations import sealed
from tests.migrations.rows import Rows, instant, key


def plant(rows: Rows) -> None:
    times = {"created_at": instant(627), "updated_at": instant(627)}
    rows.insert(
        "connections",
        {
            "project_id": key("project", 1),
            "id": key("connection", 66),
            "provider_app_id": None,
            "provider": "gong",
            "auth_scheme": "basic",
            "group_ref": "group-66",
            "consumer_ref": "consumer-1",
        }
        | times,
    )
    rows.insert("connection_secrets", sealed.secret_row("user:password", 41, 1, 66, "basic") | times)
