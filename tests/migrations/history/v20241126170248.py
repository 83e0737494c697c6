from __future__ import annotations

from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20241126170248"


def plant(rows: Rows) -> None:
    """Plant a connection in both places, and refresh the tokens of another in both."""
    times = {"created_at": instant(576), "updated_at": instant(576)}
    project = {"project_id": key("project", 2)}
    rows.insert(
        "connections",
        project
        | {"id": key("connection", 53), "provider_app_id": key("provider_app", 3), "group_ref": "group-53"}
        | {"consumer_ref": "consumer-1", "access_token": "new", "token_expires_at": instant(577)}
        | times,
    )
    rows.insert(
        "connection_secrets",
        project
        | {"connection_id": key("connection", 53), "kind": "access_token", "secret": "new"}
        | {"issued_at": instant(576), "expires_at": instant(577)}
        | times,
    )
    name = {"project": key("project", 1), "id": key("connection", 1)}
    rows.execute(
        """UPDATE connections SET access_token = 'fresh', updated_at = '2024-11-27Z'
           WHERE (project_id, id) = (%(project)s, %(id)s)""",
        name,
    )
    rows.execute(
        """UPDATE connection_secrets SET secret = 'fresh', version = version + 1, updated_at = '2024-11-27Z'
           WHERE (project_id, connection_id, kind) = (%(project)s, %(id)s, 'access_token')""",
        name,
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    now = after.by("connection_secrets", "project_id", "connection_id", "kind")
    old = before.by("connection_secrets", "project_id", "connection_id", "kind")
    assert all(now[name] == row for name, row in old.items()), f"{REVISION}: a secret of before changed"
    copied = 0
    for row in before["connections"]:
        for kind, expiry in (("access_token", row["token_expires_at"]), ("refresh_token", None)):
            name = row["project_id"], row["id"], kind
            if row[kind] is None or name in old:
                continue
            copied += 1
            assert now[name] == {
                "project_id": row["project_id"],
                "connection_id": row["id"],
                "kind": kind,
                "secret": row[kind],
                "ciphertext": None,
                "encryption_key_id": None,
                "scopes": [],
                "issued_at": None,
                "expires_at": expiry,
                "version": 1,
                "created_at": row["created_at"],
                "updated_at": row["updated_at"],
            }, f"{REVISION}: connection_secrets {name}"
    assert len(now) == len(old) + copied, f"{REVISION}: connection_secrets has too many"
    assert after["connections"] == before["connections"], f"{REVISION}: connections changed"
