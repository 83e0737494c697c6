from __future__ import annotations

from hashlib import md5
from typing import Any
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
    default = _promise_teams(before, after)
    members = after.by("team_members", "organization_id", "team_id", "builder_id")
    old_members = before.by("team_members", "organization_id", "team_id", "builder_id")
    memberships = after.by("memberships", "organization_id", "builder_id")
    copied = 0
    for row in before["memberships"]:
        role = row["role"].strip().lower()
        role = role if role in {"owner", "admin", "member"} else "member"
        organization, builder = row["organization_id"], row["builder_id"]
        kept = memberships[organization, builder]
        assert kept == row | {"role": role}, f"{REVISION}: memberships {organization}, {builder}"
        place = organization, default[organization], builder
        if place not in old_members:
            copied += 1
            found = members[place]["role"], members[place]["created_at"]
            assert found == (role, row["created_at"]), f"{REVISION}: team_members {place}"
    for place, row in old_members.items():
        assert members[place] == row, f"{REVISION}: team_members {place} was there before"
    assert len(members) == len(old_members) + copied, f"{REVISION}: team_members has more than was copied"


def _promise_teams(before: Snapshot, after: Snapshot) -> dict[str, str]:
    """Assert what is promised of teams; return each organization's default team."""
    old_teams, teams = (each.by("teams", "organization_id", "id") for each in (before, after))
    old = before.by("organizations", "id")
    taken = {organization for (organization, _), row in old_teams.items() if _is_everyone(row)}
    default: dict[str, str] = {}
    for row in after["organizations"]:
        organization, team = row["id"], row["default_team_id"]
        default[organization] = team
        if old[organization]["default_team_id"] is not None:
            assert row == old[organization], f"{REVISION}: organizations {organization} had a default team"
            continue
        assert team == str(default_team(organization)), f"{REVISION}: organizations {organization}"
        name = f"Everyone {organization}" if organization in taken else "Everyone"
        found = teams[organization, team]
        assert (found["name"], found["deleted_at"]) == (name, None), f"{REVISION}: teams {team}"
    for place, row in old_teams.items():
        assert teams[place] == row, f"{REVISION}: teams {place} was there before"
    return default


def _is_everyone(team: dict[str, Any]) -> bool:
    return team["name"].lower() == "everyone" and team["deleted_at"] is None
