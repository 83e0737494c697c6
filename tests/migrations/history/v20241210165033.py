from __future__ import annotations

from typing import Any

from tests.migrations.rows import Rows, Snapshot, instant, key
from tests.migrations.samples import LONG, ODD

REVISION = "20241210165033"

OBJECTS: list[Any] = [
    {"objectName": "plain", "inheritMappingFromRead": True},
    {"objectName": "a document", "inheritMappingFromRead": {"inheritMappingFromRead": [ODD[3], None]}},
    {"objectName": "null", "inheritMappingFromRead": None},
    {"objectName": "both", "inheritMappingFromRead": True, "inheritMapping": False},
    {"objectName": "none"},
    {"inner": {"inheritMappingFromRead": True}},
    {},
    None,
    "inheritMappingFromRead",
    ["inheritMappingFromRead", {"inheritMappingFromRead": True}],
    1e300,
]
DOCUMENTS: tuple[dict[str, Any], ...] = (
    {"read": {"objects": OBJECTS}, "write": {"objects": OBJECTS}},
    {"read": {"objects": {"contact": OBJECTS[0], "inheritMappingFromRead": True}}},
    {"read": {"objects": []}},
    {"read": {"objects": None}},
    {"read": {"objects": "inheritMappingFromRead"}},
    {"read": [{"objects": OBJECTS}]},
    {"read": None, "": LONG},
    {"objects": OBJECTS},
)


def plant(rows: Rows) -> None:
    """Plant secrets that only the new table has, and revisions of every shape that the next one may meet."""
    times = {"created_at": instant(589), "updated_at": instant(589)}
    project = {"project_id": key("project", 1)}
    rows.insert(
        "connections",
        project
        | {"id": key("connection", 54), "provider_app_id": key("provider_app", 2), "group_ref": "group-54"}
        | {"consumer_ref": "consumer-1"}
        | times,
    )
    rows.insert(
        "connection_secrets",
        *(
            {
                "connection_id": key("connection", 54),
                "kind": kind,
                "secret": kind,
                "expires_at": expiry,
                **project,
                **times,
            }
            for kind, expiry in (("access_token", instant(590)), ("refresh_token", None), ("password", instant(591)))
        ),
    )
    rows.execute(
        """UPDATE connection_secrets SET secret = 'fresher', expires_at = NULL, version = version + 1
           WHERE (project_id, connection_id, kind) = (%(project)s, %(id)s, 'access_token')""",
        {"project": key("project", 1), "id": key("connection", 1)},
    )
    rows.execute(
        "UPDATE connections SET updated_at = '2024-12-11Z' WHERE (project_id, id) = (%(project)s, %(id)s)",
        {"project": key("project", 1), "id": key("connection", 1)},
    )
    rows.insert(
        "revisions",
        *(
            project
            | {"id": key("revision", n), "integration_id": key("integration", 6), "number": n, "content": content}
            | {"created_at": instant(589)}
            for n, content in enumerate(DOCUMENTS, 41)
        ),
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    gone = {"access_token", "refresh_token", "token_expires_at"}
    now = after.by("connections", "project_id", "id")
    secrets = after.by("connection_secrets", "project_id", "connection_id", "kind")
    for row in before["connections"]:
        name = row["project_id"], row["id"]
        rest = {column: value for column, value in row.items() if column not in gone}
        assert now[name] == rest, f"{REVISION}: connections {name}"
        for kind in ("access_token", "refresh_token"):
            assert row[kind] is None or secrets[*name, kind]["secret"] == row[kind], f"{REVISION}: connections {name}"


def promise_down(before: Snapshot, after: Snapshot) -> None:
    secrets = before.by("connection_secrets", "project_id", "connection_id", "kind")
    for row in after["connections"]:
        name = row["project_id"], row["id"]
        access, refresh = (secrets.get((*name, kind), {}) for kind in ("access_token", "refresh_token"))
        found = row["access_token"], row["token_expires_at"], row["refresh_token"]
        expected = access.get("secret"), access.get("expires_at"), refresh.get("secret")
        assert found == expected, f"{REVISION}: connections {name}"
