from __future__ import annotations

from hashlib import md5
from uuid import UUID

from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20240305174102"


def default_team(organization: object) -> UUID:
    """Return the id of the team that the revision makes for an organization."""
    return UUID(md5(f"default team of {organization}".encode()).hexdigest())


def plant(rows: Rows) -> None:
    """Plant what the release of this revision does with the teams that it made."""
    first, second = key("organization", 1), key("organization", 2)
    rows.insert(
        "teams",
        {"organization_id": first, "id": key("team", 6), "name": "Below", "parent_team_id": default_team(first)}
        | {"created_at": instant(310), "updated_at": instant(310)},
    )
    rows.execute(
        """UPDATE teams SET name = 'All of us', updated_at = %(time)s
           WHERE (organization_id, id) = (%(organization)s, %(team)s)""",
        {"time": instant(311), "organization": second, "team": default_team(second)},
    )
    member = {"organization_id": first, "team_id": default_team(first), "created_at": instant(310)}
    # Of the new release, in both tables; and one that is in the team alone.
    rows.insert("team_members", *(member | {"builder_id": key("builder", n), "role": "member"} for n in (10, 11)))
    rows.insert(
        "memberships",
        {"organization_id": first, "builder_id": key("builder", 10), "role": "member", "created_at": instant(310)},
    )
    rows.execute(
        """UPDATE team_members SET role = 'admin'
           WHERE (organization_id, team_id, builder_id) = (%(organization)s, %(team)s, %(builder)s)""",
        {"organization": first, "team": default_team(first), "builder": key("builder", 3)},
    )
    rows.insert(
        "project_role_grants",
        {"project_id": key("project", 3), "id": key("project_role_grant", 4), "role": "viewer"}
        | {"organization_id": first, "team_id": default_team(first), "created_at": instant(310)},
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    teams, members = (
        after.by("teams", "organization_id", "id"),
        after.by("team_members", "organization_id", "team_id", "builder_id"),
    )
    taken = {
        row["organization_id"] for row in before["teams"] if row["name"].lower() == "everyone" and not row["deleted_at"]
    }
    default: dict[str, str] = {}
    for row in after["organizations"]:
        old = before.by("organizations", "id")[row["id"]]["default_team_id"]
        default[row["id"]] = row["default_team_id"]
        assert row["default_team_id"] == (old or str(default_team(row["id"]))), f"{REVISION}: organizations {row['id']}"
        made = teams[row["id"], row["default_team_id"]]
        name = f"Everyone {row['id']}" if row["id"] in taken else "Everyone"
        assert old or (made["name"], made["deleted_at"]) == (name, None), f"{REVISION}: teams {made['id']}"
    for row in before["memberships"]:
        role = row["role"].strip().lower()
        role = role if role in {"owner", "admin", "member"} else "member"
        identity = row["organization_id"], row["builder_id"]
        kept = after.by("memberships", "organization_id", "builder_id")[identity]
        assert kept == row | {"role": role}, f"{REVISION}: memberships {identity}"
        found = members[row["organization_id"], default[row["organization_id"]], row["builder_id"]]
        assert (found["role"], found["created_at"]) == (role, row["created_at"]), f"{REVISION}: team_members {identity}"
    assert all(row in after["teams"] for row in before["teams"]), f"{REVISION}: a team of before changed"
    assert all(row in after["team_members"] for row in before["team_members"]), (
        f"{REVISION}: a member of before changed"
    )
    gained = len(after["team_members"]) - len(before["team_members"])
    copied = {(row["organization_id"], row["builder_id"]) for row in before["memberships"]} - {
        (row["organization_id"], row["builder_id"])
        for row in before["team_members"]
        if row["team_id"] == default[row["organization_id"]]
    }
    assert gained == len(copied), f"{REVISION}: team_members has {gained - len(copied)} too many"
