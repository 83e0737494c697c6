# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of organizations."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.organization import OrganizationChanges, OrganizationOrder, OrganizationUniqueKey
from dbkit.types.identifiers import OrganizationId, TeamId
from dbkit.types.lock import LockStrength
from dbkit.types.organization import NewOrganization, OrganizationFilter
from dbkit.types.team import NewTeam

__all__ = [
    "OrganizationCalls",
    "OrganizationCountCall",
    "OrganizationCreateCall",
    "OrganizationCreateManyCall",
    "OrganizationCreateWithDefaultTeamCall",
    "OrganizationDeleteCall",
    "OrganizationExistsCall",
    "OrganizationFindCall",
    "OrganizationGetCall",
    "OrganizationGetManyCall",
    "OrganizationIterateCall",
    "OrganizationLockCall",
    "OrganizationMoveDefaultTeamCall",
    "OrganizationPageCall",
    "OrganizationPurgeCall",
    "OrganizationRestoreCall",
    "OrganizationUpdateCall",
    "OrganizationUpsertCall",
]


class OrganizationGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "organizations.get"

    organization_id: OrganizationId


class OrganizationFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "organizations.find"

    organization_id: OrganizationId


class OrganizationGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "organizations.get_many"

    organization_ids: tuple[OrganizationId, ...]


class OrganizationExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "organizations.exists"

    organization_id: OrganizationId


class OrganizationPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "organizations.page"

    filter: OrganizationFilter | None
    order: OrganizationOrder
    limit: int
    after: str | None


class OrganizationIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "organizations.iterate"

    filter: OrganizationFilter | None
    order: OrganizationOrder


class OrganizationCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "organizations.count"

    filter: OrganizationFilter | None


class OrganizationCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "organizations.create"

    new: NewOrganization


class OrganizationCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "organizations.create_many"

    new: tuple[NewOrganization, ...]
    returning: bool


class OrganizationUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "organizations.update"

    organization_id: OrganizationId
    expected_version: int
    changes: OrganizationChanges


class OrganizationUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "organizations.upsert"

    new: NewOrganization
    on: OrganizationUniqueKey


class OrganizationDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "organizations.delete"

    organization_id: OrganizationId
    expected_version: int | None


class OrganizationRestoreCall(Call):
    """A call of `restore`."""

    called: ClassVar[str] = "organizations.restore"

    organization_id: OrganizationId


class OrganizationPurgeCall(Call):
    """A call of `purge`."""

    called: ClassVar[str] = "organizations.purge"

    organization_id: OrganizationId


class OrganizationCreateWithDefaultTeamCall(Call):
    """A call of `create_with_default_team`."""

    called: ClassVar[str] = "organizations.create_with_default_team"

    organization: NewOrganization
    team: NewTeam


class OrganizationMoveDefaultTeamCall(Call):
    """A call of `move_default_team`."""

    called: ClassVar[str] = "organizations.move_default_team"

    organization_id: OrganizationId
    team_id: TeamId


class OrganizationLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "organizations.lock"

    organization_id: OrganizationId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class OrganizationCalls(Calls):
    """The calls of a mock of organizations, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        OrganizationGetCall,
        OrganizationFindCall,
        OrganizationGetManyCall,
        OrganizationExistsCall,
        OrganizationPageCall,
        OrganizationIterateCall,
        OrganizationCountCall,
        OrganizationCreateCall,
        OrganizationCreateManyCall,
        OrganizationUpdateCall,
        OrganizationUpsertCall,
        OrganizationDeleteCall,
        OrganizationRestoreCall,
        OrganizationPurgeCall,
        OrganizationCreateWithDefaultTeamCall,
        OrganizationMoveDefaultTeamCall,
        OrganizationLockCall,
    )

    @property
    def get(self) -> tuple[OrganizationGetCall, ...]:
        """The calls of `get`."""
        return self._of(OrganizationGetCall)

    @property
    def find(self) -> tuple[OrganizationFindCall, ...]:
        """The calls of `find`."""
        return self._of(OrganizationFindCall)

    @property
    def get_many(self) -> tuple[OrganizationGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(OrganizationGetManyCall)

    @property
    def exists(self) -> tuple[OrganizationExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(OrganizationExistsCall)

    @property
    def page(self) -> tuple[OrganizationPageCall, ...]:
        """The calls of `page`."""
        return self._of(OrganizationPageCall)

    @property
    def iterate(self) -> tuple[OrganizationIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(OrganizationIterateCall)

    @property
    def count(self) -> tuple[OrganizationCountCall, ...]:
        """The calls of `count`."""
        return self._of(OrganizationCountCall)

    @property
    def create(self) -> tuple[OrganizationCreateCall, ...]:
        """The calls of `create`."""
        return self._of(OrganizationCreateCall)

    @property
    def create_many(self) -> tuple[OrganizationCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(OrganizationCreateManyCall)

    @property
    def update(self) -> tuple[OrganizationUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(OrganizationUpdateCall)

    @property
    def upsert(self) -> tuple[OrganizationUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(OrganizationUpsertCall)

    @property
    def delete(self) -> tuple[OrganizationDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(OrganizationDeleteCall)

    @property
    def restore(self) -> tuple[OrganizationRestoreCall, ...]:
        """The calls of `restore`."""
        return self._of(OrganizationRestoreCall)

    @property
    def purge(self) -> tuple[OrganizationPurgeCall, ...]:
        """The calls of `purge`."""
        return self._of(OrganizationPurgeCall)

    @property
    def create_with_default_team(self) -> tuple[OrganizationCreateWithDefaultTeamCall, ...]:
        """The calls of `create_with_default_team`."""
        return self._of(OrganizationCreateWithDefaultTeamCall)

    @property
    def move_default_team(self) -> tuple[OrganizationMoveDefaultTeamCall, ...]:
        """The calls of `move_default_team`."""
        return self._of(OrganizationMoveDefaultTeamCall)

    @property
    def lock(self) -> tuple[OrganizationLockCall, ...]:
        """The calls of `lock`."""
        return self._of(OrganizationLockCall)
