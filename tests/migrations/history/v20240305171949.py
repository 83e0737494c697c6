from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import ODD


def plant(rows: Rows) -> None:
    """Plant teams as the next release makes them, among them one that is a default team already."""
    times = {"created_at": instant(305), "updated_at": instant(306)}
    # organization, name, parent, deletion
    teams = (
        (1, "Support", None, None),
        # Its name is that of default teams, and it is none.
        (1, "EVERYONE", 1, None),
        (2, "Everyone", None, instant(306)),
        (3, ODD[2], None, None),
        (6, "Staff", None, None),
    )
    rows.insert(
        "teams",
        *(
            {"organization_id": key("organization", organization), "id": key("team", n), "name": name}
            | {"parent_team_id": parent and key("team", parent), "deleted_at": deletion}
            | times
            for n, (organization, name, parent, deletion) in enumerate(teams, 1)
        ),
    )
    rows.execute(
        "UPDATE organizations SET default_team_id = %(team)s WHERE id = %(id)s",
        {"team": key("team", 5), "id": key("organization", 6)},
    )
    member = {"organization_id": key("organization", 6), "builder_id": key("builder", 1), "role": "owner"}
    rows.insert("memberships", member | {"created_at": instant(305)})
    rows.insert(
        "team_members",
        member | {"team_id": key("team", 5), "created_at": instant(305)},
        *(
            {"organization_id": key("organization", 1), "team_id": key("team", 1), "builder_id": key("builder", n)}
            | {"role": role, "created_at": instant(305)}
            for n, role in enumerate(("owner", "admin", "member"), 1)
        ),
    )
    rows.insert(
        "project_role_grants",
        *(
            {"project_id": key("project", 3), "id": key("project_role_grant", n), "role": role}
            | {"organization_id": key("organization", 1), "created_at": instant(305)}
            | {"builder_id": builder and key("builder", builder), "team_id": team and key("team", team)}
            for n, (role, builder, team) in enumerate((("owner", 1, None), ("editor", None, 1), ("viewer", None, 2)), 1)
        ),
    )
