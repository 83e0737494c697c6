from __future__ import annotations

from tests.migrations.rows import Rows, Snapshot, instant, key
from tests.migrations.samples import LONG, ODD

REVISION = "20240521161817"

# workspace under the old name, under the new one
WORKSPACES: tuple[tuple[str | None, str | None], ...] = (
    ("old", None),
    (None, "new"),
    ("old", "new"),
    (None, None),
    ("", None),
    (None, ODD[2]),
    (LONG, None),
)


def plant(rows: Rows) -> None:
    """Plant a group and a connection for each way to write a workspace; later ones find more groups."""
    times = {"created_at": instant(386), "updated_at": instant(386)}
    for project in (1, 2):
        rows.insert(
            "groups",
            *({"project_id": key("project", project), "group_ref": f"group-{n}"} | times for n in range(41, 80)),
        )
    rows.insert(
        "connections",
        *(
            {
                "project_id": key("project", 1),
                "id": key("connection", n),
                "provider_app_id": key("provider_app", 2),
                "group_ref": f"group-{n}",
                "consumer_ref": "consumer-1",
                "workspace_ref": old,
                "provider_workspace_ref": new,
            }
            | times
            for n, (old, new) in enumerate(WORKSPACES, 41)
        ),
    )
    for n, change in (
        (1, "workspace_ref = 'moved by old code'"),
        (5, "provider_workspace_ref = 'moved by new code'"),
        (6, "workspace_ref = NULL"),
        (41, "provider_workspace_ref = NULL"),
    ):
        rows.execute(
            f"UPDATE connections SET {change} WHERE (project_id, id) = (%(project)s, %(id)s)",
            {"project": key("project", 1), "id": key("connection", n)},
        )


def promise(before: Snapshot, after: Snapshot) -> None:
    now = after.by("connections", "project_id", "id")
    for row in before["connections"]:
        expected = row | {"provider_workspace_ref": row["workspace_ref"]}
        assert now[row["project_id"], row["id"]] == expected, f"{REVISION}: connections {row['id']}"


def promise_down(before: Snapshot, after: Snapshot) -> None:
    now = after.by("connections", "project_id", "id")
    for row in before["connections"]:
        found = now[row["project_id"], row["id"]]
        assert found["workspace_ref"] == row["provider_workspace_ref"], f"{REVISION}: connections {row['id']}"
