from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import LONG, ODD, PROJECTS

# number, project, group, consumer, workspace, metadata
CONNECTIONS = (
    (81, 1, "north", "north-1", None, {"accountId": {"value": "42", "source": "token"}}),
    (82, 1, "south", "north-1", "acme", {}),
    (83, 2, "north", "north-1", None, {ODD[2]: {"value": LONG, "source": None}, "": [1e300, False, None]}),
)


def plant(rows: Rows) -> None:
    rows.insert(
        "groups",
        *(
            {
                "project_id": project,
                "group_ref": name,
                "group_name": name,
                "created_at": instant(723),
                "updated_at": instant(723),
            }
            for project in PROJECTS["projects"]
            for name in ("north", "south")
        ),
    )
    rows.insert(
        "consumers",
        *(
            {
                "project_id": project,
                "consumer_ref": name,
                "consumer_name": name,
                "created_at": instant(723),
                "updated_at": instant(723),
            }
            for project in PROJECTS["projects"]
            for name in ("north-1", "north-2")
        ),
    )
    rows.insert(
        "connections",
        *(
            {
                "id": key("connection", n),
                "project_id": key("project", project),
                "provider": "hubspot",
                "provider_app_id": None,
                "group_ref": group,
                "consumer_ref": consumer,
                "provider_workspace_ref": workspace,
                "auth_scheme": "apiKey",
                "provider_metadata": metadata,
                "created_at": instant(723),
                "updated_at": instant(723),
            }
            for n, project, group, consumer, workspace, metadata in CONNECTIONS
        ),
    )
    # Later secrets are sealed with these.
    rows.insert(
        "encryption_keys",
        *(
            {
                "project_id": key("project", n),
                "id": key("encryption_key", 80 + n),
                "purpose": "endpoints",
                "kms_key": "endpoints",
                "kms_key_version": 2147483647,
                "wrapped_key": bytes(range(256)),
                "created_at": instant(723),
            }
            for n in (1, 2)
        ),
    )
