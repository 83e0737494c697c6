# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of teams."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.team import TeamChanges, TeamOrder, TeamUniqueKey
from dbkit.types.identifiers import OrganizationId, TeamId
from dbkit.types.lock import LockStrength
from dbkit.types.team import NewTeam, TeamFilter

__all__ = [
    "TeamAncestorsCall",
    "TeamCalls",
    "TeamCountCall",
    "TeamCreateCall",
    "TeamCreateManyCall",
    "TeamDeleteCall",
    "TeamDescendantsCall",
    "TeamExistsCall",
    "TeamFindCall",
    "TeamGetCall",
    "TeamGetManyCall",
    "TeamIterateCall",
    "TeamLockCall",
    "TeamPageCall",
    "TeamPurgeCall",
    "TeamRestoreCall",
    "TeamUpdateCall",
    "TeamUpsertCall",
]


class TeamGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "teams.get"

    organization_id: OrganizationId
    team_id: TeamId


class TeamFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "teams.find"

    organization_id: OrganizationId
    team_id: TeamId


class TeamGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "teams.get_many"

    organization_id: OrganizationId
    team_ids: tuple[TeamId, ...]


class TeamExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "teams.exists"

    organization_id: OrganizationId
    team_id: TeamId


class TeamPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "teams.page"

    filter: TeamFilter
    order: TeamOrder
    limit: int
    after: str | None


class TeamIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "teams.iterate"

    filter: TeamFilter
    order: TeamOrder


class TeamCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "teams.count"

    filter: TeamFilter


class TeamCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "teams.create"

    new: NewTeam


class TeamCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "teams.create_many"

    new: tuple[NewTeam, ...]
    returning: bool


class TeamUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "teams.update"

    organization_id: OrganizationId
    team_id: TeamId
    changes: TeamChanges


class TeamUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "teams.upsert"

    new: NewTeam
    on: TeamUniqueKey


class TeamDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "teams.delete"

    organization_id: OrganizationId
    team_id: TeamId


class TeamRestoreCall(Call):
    """A call of `restore`."""

    called: ClassVar[str] = "teams.restore"

    organization_id: OrganizationId
    team_id: TeamId


class TeamPurgeCall(Call):
    """A call of `purge`."""

    called: ClassVar[str] = "teams.purge"

    organization_id: OrganizationId
    team_id: TeamId


class TeamAncestorsCall(Call):
    """A call of `ancestors`."""

    called: ClassVar[str] = "teams.ancestors"

    organization_id: OrganizationId
    team_id: TeamId


class TeamDescendantsCall(Call):
    """A call of `descendants`."""

    called: ClassVar[str] = "teams.descendants"

    organization_id: OrganizationId
    team_id: TeamId


class TeamLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "teams.lock"

    organization_id: OrganizationId
    team_id: TeamId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class TeamCalls(Calls):
    """The calls of a mock of teams, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        TeamGetCall,
        TeamFindCall,
        TeamGetManyCall,
        TeamExistsCall,
        TeamPageCall,
        TeamIterateCall,
        TeamCountCall,
        TeamCreateCall,
        TeamCreateManyCall,
        TeamUpdateCall,
        TeamUpsertCall,
        TeamDeleteCall,
        TeamRestoreCall,
        TeamPurgeCall,
        TeamAncestorsCall,
        TeamDescendantsCall,
        TeamLockCall,
    )

    @property
    def get(self) -> tuple[TeamGetCall, ...]:
        """The calls of `get`."""
        return self._of(TeamGetCall)

    @property
    def find(self) -> tuple[TeamFindCall, ...]:
        """The calls of `find`."""
        return self._of(TeamFindCall)

    @property
    def get_many(self) -> tuple[TeamGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(TeamGetManyCall)

    @property
    def exists(self) -> tuple[TeamExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(TeamExistsCall)

    @property
    def page(self) -> tuple[TeamPageCall, ...]:
        """The calls of `page`."""
        return self._of(TeamPageCall)

    @property
    def iterate(self) -> tuple[TeamIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(TeamIterateCall)

    @property
    def count(self) -> tuple[TeamCountCall, ...]:
        """The calls of `count`."""
        return self._of(TeamCountCall)

    @property
    def create(self) -> tuple[TeamCreateCall, ...]:
        """The calls of `create`."""
        return self._of(TeamCreateCall)

    @property
    def create_many(self) -> tuple[TeamCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(TeamCreateManyCall)

    @property
    def update(self) -> tuple[TeamUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(TeamUpdateCall)

    @property
    def upsert(self) -> tuple[TeamUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(TeamUpsertCall)

    @property
    def delete(self) -> tuple[TeamDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(TeamDeleteCall)

    @property
    def restore(self) -> tuple[TeamRestoreCall, ...]:
        """The calls of `restore`."""
        return self._of(TeamRestoreCall)

    @property
    def purge(self) -> tuple[TeamPurgeCall, ...]:
        """The calls of `purge`."""
        return self._of(TeamPurgeCall)

    @property
    def ancestors(self) -> tuple[TeamAncestorsCall, ...]:
        """The calls of `ancestors`."""
        return self._of(TeamAncestorsCall)

    @property
    def descendants(self) -> tuple[TeamDescendantsCall, ...]:
        """The calls of `descendants`."""
        return self._of(TeamDescendantsCall)

    @property
    def lock(self) -> tuple[TeamLockCall, ...]:
        """The calls of `lock`."""
        return self._of(TeamLockCall)
