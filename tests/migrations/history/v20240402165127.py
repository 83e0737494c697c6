from __future__ import annotations

from tests.migrations.rows import Rows, Snapshot, instant, key
from tests.migrations.samples import ODD

REVISION = "20240402165127"


def plant(rows: Rows) -> None:
    """Plant an organization as the code makes it from here on, with its team, in one transaction."""
    times = {"created_at": instant(337), "updated_at": instant(337)}
    organization = {"organization_id": key("organization", 41)}
    rows.insert(
        "organizations",
        {"id": key("organization", 41), "label": ODD[2], "default_team_id": key("team", 41)} | times,
    )
    rows.insert("teams", organization | {"id": key("team", 41), "name": "Everyone"} | times)
    rows.insert(
        "team_members",
        *(
            organization
            | {"team_id": key("team", 41), "builder_id": key("builder", n), "role": role, "created_at": instant(338)}
            for n, role in enumerate(("owner", "admin", "member"), 4)
        ),
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    assert "memberships" not in after, REVISION
    members = after.by("team_members", "organization_id", "team_id", "builder_id")
    default = {row["id"]: row["default_team_id"] for row in after["organizations"]}
    assert None not in default.values(), f"{REVISION}: an organization has no default team"
    for row in before["memberships"]:
        identity = row["organization_id"], default[row["organization_id"]], row["builder_id"]
        assert identity in members, f"{REVISION}: memberships {identity} is in no team"
    for table in ("teams", "team_members"):
        assert not after.lacks(table, before[table]), f"{REVISION}: {table} changed"


def promise_down(before: Snapshot, after: Snapshot) -> None:
    default = {(row["id"], row["default_team_id"]) for row in before["organizations"]}
    expected = {
        (row["organization_id"], row["builder_id"], row["role"], row["created_at"])
        for row in before["team_members"]
        if (row["organization_id"], row["team_id"]) in default
    }
    found = {
        (row["organization_id"], row["builder_id"], row["role"], row["created_at"]) for row in after["memberships"]
    }
    assert found == expected, f"{REVISION}: memberships {sorted(found ^ expected)[:1]}"
