# Generated from dbkit/operations/_async/team.py by tools/unasync.py; edit that file instead.
"""Teams beyond the verbs: the tree that they form in an organization."""

from __future__ import annotations

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.errors import NotFound, ValueInvalid
from dbkit.types.filter import AnyOf
from dbkit.types.identifiers import OrganizationId, TeamId
from dbkit.types.team import Team, TeamFilter

__all__ = ["TeamOperations"]

_DEPTH = 32


class TeamOperations(OwnOperations):
    """The operations of teams."""

    def ancestors(self, organization_id: OrganizationId, team_id: TeamId) -> list[Team]:
        """Return the live teams above a team, its parent first.

        Raises `NotFound` for an absent team, and `ValueInvalid` where the way up is longer than 32
        teams, as it is in a loop.
        """
        team: Team = self.get(organization_id, team_id)
        found: list[Team] = []
        while team.parent_team_id is not None:
            above: Team | None = self.find(organization_id, team.parent_team_id)
            if above is None:
                break
            if len(found) == _DEPTH:
                raise self._too_deep()
            found.append(above)
            team = above
        return found

    def descendants(self, organization_id: OrganizationId, team_id: TeamId) -> list[Team]:
        """Return the live teams below a team, level by level, each level in the order of ids.

        A query for each level. Raises as `ancestors` does.
        """
        if not self.exists(organization_id, team_id):
            raise NotFound(entity=self.entity.name, key={"organization_id": organization_id, "team_id": team_id})
        found: list[Team] = []
        level = [team_id]
        for _ in range(_DEPTH + 1):
            children = TeamFilter(organization_id=organization_id, parent_team_id=AnyOf(*level))
            below: list[Team] = [team for team in self.iterate(children)]
            if not below:
                return found
            found += below
            level = [team.id for team in below]
        raise self._too_deep()

    def _too_deep(self) -> ValueInvalid:
        return ValueInvalid(
            f"the tree of teams is deeper than {_DEPTH}, or a loop",
            entity=self.entity.name,
            fields=("parent_team_id",),
            advice="Move a team out of its own descendants.",
        )
