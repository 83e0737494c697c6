from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import ODD


def plant(rows: Rows) -> None:
    rows.insert(
        "connections",
        *(
            {
                "project_id": key("project", 2),
                "id": key("connection", n),
                "provider_app_id": key("provider_app", 3),
                "group_ref": f"group-{n}",
                "consumer_ref": "consumer-1",
                "provider_workspace_ref": workspace,
                "access_token": "access",
                "created_at": instant(400),
                "updated_at": instant(400),
            }
            for n, workspace in enumerate((None, "", "acme", ODD[3]), 48)
        ),
    )
