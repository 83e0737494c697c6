from __future__ import annotations

from tests.migrations.rows import Rows, instant, key

# number, consumer, workspace: all of one group and provider, which the index of before forbade
CONNECTIONS = ((84, "north-2", None), (85, "north-1", "acme"), (86, "north-1", ""))


def plant(rows: Rows) -> None:
    rows.insert(
        "connections",
        *(
            {
                "id": key("connection", n),
                "project_id": key("project", 1),
                "provider": "hubspot",
                "group_ref": "north",
                "consumer_ref": consumer,
                "provider_workspace_ref": workspace,
                "auth_scheme": "basic",
                "created_at": instant(743),
                "updated_at": instant(743),
            }
            for n, consumer, workspace in CONNECTIONS
        ),
    )
    # Deleted ones do not count.
    rows.insert(
        "connections",
        {
            "id": key("connection", 87),
            "project_id": key("project", 1),
            "provider": "hubspot",
            "group_ref": "north",
            "consumer_ref": "north-1",
            "provider_workspace_ref": None,
            "auth_scheme": "none",
            "created_at": instant(743),
            "updated_at": instant(744),
            "deleted_at": instant(744),
        },
    )


def make_way(rows: Rows) -> None:
    rows.execute(
        "UPDATE connections SET deleted_at = %(time)s WHERE id = ANY (%(ids)s)",
        {"time": instant(745), "ids": [key("connection", n) for n, _, _ in CONNECTIONS]},
    )
