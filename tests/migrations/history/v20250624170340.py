from __future__ import annotations

from tests.migrations.rows import Rows, Snapshot, instant, key
from tests.migrations.samples import ODD

REVISION = "20250624170340"

# number, scopes; of the last two no string could be split again
APPS: tuple[tuple[int, list[str]], ...] = (
    (81, []),
    (82, ["read", "write"]),
    (83, [ODD[2], " ", ODD[3].replace(",", "")]),
    (84, ["", ""]),
    (85, ["a,b"]),
    (86, [""]),
)


def plant(rows: Rows) -> None:
    rows.insert(
        "provider_apps",
        *(
            {
                "id": key("provider_app", n),
                "project_id": key("project", 1),
                "provider": "salesforce",
                "external_ref": None,
                "client_id": f"client-{n}",
                "client_secret_ciphertext": bytes(17),
                "client_secret_key_id": key("encryption_key", 81),
                "scopes": scopes,
                "created_at": instant(785),
                "updated_at": instant(785),
            }
            for n, scopes in APPS
        ),
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    now = after.by("provider_apps", "project_id", "id")
    assert len(now) == len(before["provider_apps"]), f"{REVISION}: provider_apps came or went"
    for row in before["provider_apps"]:
        expected = row["scopes"].split(",") if row["scopes"] else []
        assert now[row["project_id"], row["id"]] == row | {"scopes": expected}, f"{REVISION}: provider_apps {row['id']}"


def promise_down(before: Snapshot, after: Snapshot) -> None:
    now = after.by("provider_apps", "project_id", "id")
    for row in before["provider_apps"]:
        assert now[row["project_id"], row["id"]]["scopes"] == ",".join(row["scopes"]), (
            f"{REVISION}: provider_apps {row['id']}"
        )


def make_way(rows: Rows) -> None:
    rows.execute(
        "UPDATE provider_apps SET scopes = '{a,b}' WHERE id = ANY (%(ids)s)",
        {"ids": [key("provider_app", 85), key("provider_app", 86)]},
    )
