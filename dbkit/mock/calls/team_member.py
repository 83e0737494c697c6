# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of team_members."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.team_member import TeamMemberChanges, TeamMemberOrder, TeamMemberUniqueKey
from dbkit.types.identifiers import BuilderId, OrganizationId, TeamId
from dbkit.types.lock import LockStrength
from dbkit.types.team_member import NewTeamMember, TeamMemberFilter

__all__ = [
    "TeamMemberCalls",
    "TeamMemberCountCall",
    "TeamMemberCreateCall",
    "TeamMemberCreateManyCall",
    "TeamMemberDeleteCall",
    "TeamMemberExistsCall",
    "TeamMemberFindCall",
    "TeamMemberGetCall",
    "TeamMemberGetManyCall",
    "TeamMemberIterateCall",
    "TeamMemberLockCall",
    "TeamMemberPageCall",
    "TeamMemberRolesOfCall",
    "TeamMemberUpdateCall",
    "TeamMemberUpsertCall",
]


class TeamMemberGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "team_members.get"

    organization_id: OrganizationId
    team_id: TeamId
    builder_id: BuilderId


class TeamMemberFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "team_members.find"

    organization_id: OrganizationId
    team_id: TeamId
    builder_id: BuilderId


class TeamMemberGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "team_members.get_many"

    organization_id: OrganizationId
    team_id: TeamId
    builder_ids: tuple[BuilderId, ...]


class TeamMemberExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "team_members.exists"

    organization_id: OrganizationId
    team_id: TeamId
    builder_id: BuilderId


class TeamMemberPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "team_members.page"

    filter: TeamMemberFilter
    order: TeamMemberOrder
    limit: int
    after: str | None


class TeamMemberIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "team_members.iterate"

    filter: TeamMemberFilter
    order: TeamMemberOrder


class TeamMemberCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "team_members.count"

    filter: TeamMemberFilter


class TeamMemberCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "team_members.create"

    new: NewTeamMember


class TeamMemberCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "team_members.create_many"

    new: tuple[NewTeamMember, ...]
    returning: bool


class TeamMemberUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "team_members.update"

    organization_id: OrganizationId
    team_id: TeamId
    builder_id: BuilderId
    changes: TeamMemberChanges


class TeamMemberUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "team_members.upsert"

    new: NewTeamMember
    on: TeamMemberUniqueKey


class TeamMemberDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "team_members.delete"

    organization_id: OrganizationId
    team_id: TeamId
    builder_id: BuilderId


class TeamMemberRolesOfCall(Call):
    """A call of `roles_of`."""

    called: ClassVar[str] = "team_members.roles_of"

    organization_id: OrganizationId
    builder_id: BuilderId


class TeamMemberLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "team_members.lock"

    organization_id: OrganizationId
    team_id: TeamId
    builder_id: BuilderId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class TeamMemberCalls(Calls):
    """The calls of a mock of team_members, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        TeamMemberGetCall,
        TeamMemberFindCall,
        TeamMemberGetManyCall,
        TeamMemberExistsCall,
        TeamMemberPageCall,
        TeamMemberIterateCall,
        TeamMemberCountCall,
        TeamMemberCreateCall,
        TeamMemberCreateManyCall,
        TeamMemberUpdateCall,
        TeamMemberUpsertCall,
        TeamMemberDeleteCall,
        TeamMemberRolesOfCall,
        TeamMemberLockCall,
    )

    @property
    def get(self) -> tuple[TeamMemberGetCall, ...]:
        """The calls of `get`."""
        return self._of(TeamMemberGetCall)

    @property
    def find(self) -> tuple[TeamMemberFindCall, ...]:
        """The calls of `find`."""
        return self._of(TeamMemberFindCall)

    @property
    def get_many(self) -> tuple[TeamMemberGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(TeamMemberGetManyCall)

    @property
    def exists(self) -> tuple[TeamMemberExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(TeamMemberExistsCall)

    @property
    def page(self) -> tuple[TeamMemberPageCall, ...]:
        """The calls of `page`."""
        return self._of(TeamMemberPageCall)

    @property
    def iterate(self) -> tuple[TeamMemberIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(TeamMemberIterateCall)

    @property
    def count(self) -> tuple[TeamMemberCountCall, ...]:
        """The calls of `count`."""
        return self._of(TeamMemberCountCall)

    @property
    def create(self) -> tuple[TeamMemberCreateCall, ...]:
        """The calls of `create`."""
        return self._of(TeamMemberCreateCall)

    @property
    def create_many(self) -> tuple[TeamMemberCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(TeamMemberCreateManyCall)

    @property
    def update(self) -> tuple[TeamMemberUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(TeamMemberUpdateCall)

    @property
    def upsert(self) -> tuple[TeamMemberUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(TeamMemberUpsertCall)

    @property
    def delete(self) -> tuple[TeamMemberDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(TeamMemberDeleteCall)

    @property
    def roles_of(self) -> tuple[TeamMemberRolesOfCall, ...]:
        """The calls of `roles_of`."""
        return self._of(TeamMemberRolesOfCall)

    @property
    def lock(self) -> tuple[TeamMemberLockCall, ...]:
        """The calls of `lock`."""
        return self._of(TeamMemberLockCall)
