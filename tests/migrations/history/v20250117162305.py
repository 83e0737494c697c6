from __future__ import annotations

from tests.migrations import sealed
from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import ODD


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
    # Of a process of the release of before: plain, after the sealing.
    late = {"project_id": key("project", 1)} | times
    rows.insert("connection_secrets", late | {"connection_id": key("connection", 66), "kind": "password", "secret": ""})
    rows.insert(
        "provider_apps",
        late | {"id": key("provider_app", 45), "provider": "hubspot", "client_id": "45", "client_secret": ODD[3]},
    )
