# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of destinations."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.destination import DestinationChanges, DestinationOrder, DestinationUniqueKey
from dbkit.types.destination import DestinationFilter, NewDestination
from dbkit.types.identifiers import DestinationId, ProjectId
from dbkit.types.lock import LockStrength

__all__ = [
    "DestinationCalls",
    "DestinationCountCall",
    "DestinationCreateCall",
    "DestinationCreateManyCall",
    "DestinationDeleteCall",
    "DestinationDisableCall",
    "DestinationEnableCall",
    "DestinationExistsCall",
    "DestinationFindCall",
    "DestinationGetByIdOrNameCall",
    "DestinationGetCall",
    "DestinationGetManyCall",
    "DestinationIterateCall",
    "DestinationLockCall",
    "DestinationPageCall",
    "DestinationPurgeCall",
    "DestinationRestoreCall",
    "DestinationUpdateCall",
    "DestinationUpsertCall",
]


class DestinationGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "destinations.get"

    project_id: ProjectId
    destination_id: DestinationId


class DestinationFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "destinations.find"

    project_id: ProjectId
    destination_id: DestinationId


class DestinationGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "destinations.get_many"

    project_id: ProjectId
    destination_ids: tuple[DestinationId, ...]


class DestinationExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "destinations.exists"

    project_id: ProjectId
    destination_id: DestinationId


class DestinationPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "destinations.page"

    filter: DestinationFilter
    order: DestinationOrder
    limit: int
    after: str | None


class DestinationIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "destinations.iterate"

    filter: DestinationFilter
    order: DestinationOrder


class DestinationCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "destinations.count"

    filter: DestinationFilter


class DestinationCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "destinations.create"

    new: NewDestination


class DestinationCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "destinations.create_many"

    new: tuple[NewDestination, ...]
    returning: bool


class DestinationUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "destinations.update"

    project_id: ProjectId
    destination_id: DestinationId
    expected_version: int
    changes: DestinationChanges


class DestinationUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "destinations.upsert"

    new: NewDestination
    on: DestinationUniqueKey


class DestinationDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "destinations.delete"

    project_id: ProjectId
    destination_id: DestinationId
    expected_version: int | None


class DestinationRestoreCall(Call):
    """A call of `restore`."""

    called: ClassVar[str] = "destinations.restore"

    project_id: ProjectId
    destination_id: DestinationId


class DestinationPurgeCall(Call):
    """A call of `purge`."""

    called: ClassVar[str] = "destinations.purge"

    project_id: ProjectId
    destination_id: DestinationId


class DestinationGetByIdOrNameCall(Call):
    """A call of `get_by_id_or_name`."""

    called: ClassVar[str] = "destinations.get_by_id_or_name"

    project_id: ProjectId
    id_or_name: DestinationId | str


class DestinationDisableCall(Call):
    """A call of `disable`."""

    called: ClassVar[str] = "destinations.disable"

    project_id: ProjectId
    destination_id: DestinationId
    reason: str


class DestinationEnableCall(Call):
    """A call of `enable`."""

    called: ClassVar[str] = "destinations.enable"

    project_id: ProjectId
    destination_id: DestinationId


class DestinationLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "destinations.lock"

    project_id: ProjectId
    destination_id: DestinationId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class DestinationCalls(Calls):
    """The calls of a mock of destinations, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        DestinationGetCall,
        DestinationFindCall,
        DestinationGetManyCall,
        DestinationExistsCall,
        DestinationPageCall,
        DestinationIterateCall,
        DestinationCountCall,
        DestinationCreateCall,
        DestinationCreateManyCall,
        DestinationUpdateCall,
        DestinationUpsertCall,
        DestinationDeleteCall,
        DestinationRestoreCall,
        DestinationPurgeCall,
        DestinationGetByIdOrNameCall,
        DestinationDisableCall,
        DestinationEnableCall,
        DestinationLockCall,
    )

    @property
    def get(self) -> tuple[DestinationGetCall, ...]:
        """The calls of `get`."""
        return self._of(DestinationGetCall)

    @property
    def find(self) -> tuple[DestinationFindCall, ...]:
        """The calls of `find`."""
        return self._of(DestinationFindCall)

    @property
    def get_many(self) -> tuple[DestinationGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(DestinationGetManyCall)

    @property
    def exists(self) -> tuple[DestinationExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(DestinationExistsCall)

    @property
    def page(self) -> tuple[DestinationPageCall, ...]:
        """The calls of `page`."""
        return self._of(DestinationPageCall)

    @property
    def iterate(self) -> tuple[DestinationIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(DestinationIterateCall)

    @property
    def count(self) -> tuple[DestinationCountCall, ...]:
        """The calls of `count`."""
        return self._of(DestinationCountCall)

    @property
    def create(self) -> tuple[DestinationCreateCall, ...]:
        """The calls of `create`."""
        return self._of(DestinationCreateCall)

    @property
    def create_many(self) -> tuple[DestinationCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(DestinationCreateManyCall)

    @property
    def update(self) -> tuple[DestinationUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(DestinationUpdateCall)

    @property
    def upsert(self) -> tuple[DestinationUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(DestinationUpsertCall)

    @property
    def delete(self) -> tuple[DestinationDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(DestinationDeleteCall)

    @property
    def restore(self) -> tuple[DestinationRestoreCall, ...]:
        """The calls of `restore`."""
        return self._of(DestinationRestoreCall)

    @property
    def purge(self) -> tuple[DestinationPurgeCall, ...]:
        """The calls of `purge`."""
        return self._of(DestinationPurgeCall)

    @property
    def get_by_id_or_name(self) -> tuple[DestinationGetByIdOrNameCall, ...]:
        """The calls of `get_by_id_or_name`."""
        return self._of(DestinationGetByIdOrNameCall)

    @property
    def disable(self) -> tuple[DestinationDisableCall, ...]:
        """The calls of `disable`."""
        return self._of(DestinationDisableCall)

    @property
    def enable(self) -> tuple[DestinationEnableCall, ...]:
        """The calls of `enable`."""
        return self._of(DestinationEnableCall)

    @property
    def lock(self) -> tuple[DestinationLockCall, ...]:
        """The calls of `lock`."""
        return self._of(DestinationLockCall)
