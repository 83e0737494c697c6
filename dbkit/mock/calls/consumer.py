# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of consumers."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.consumer import ConsumerChanges, ConsumerOrder, ConsumerUniqueKey
from dbkit.types.consumer import ConsumerFilter, NewConsumer
from dbkit.types.identifiers import ConsumerRef, ProjectId
from dbkit.types.lock import LockStrength

__all__ = [
    "ConsumerCalls",
    "ConsumerConnectionsCall",
    "ConsumerCountCall",
    "ConsumerCreateCall",
    "ConsumerCreateManyCall",
    "ConsumerDeleteCall",
    "ConsumerExistsCall",
    "ConsumerFindCall",
    "ConsumerGetCall",
    "ConsumerGetManyCall",
    "ConsumerIterateCall",
    "ConsumerLockCall",
    "ConsumerPageCall",
    "ConsumerUpdateCall",
    "ConsumerUpsertCall",
]


class ConsumerGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "consumers.get"

    project_id: ProjectId
    consumer_ref: ConsumerRef


class ConsumerFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "consumers.find"

    project_id: ProjectId
    consumer_ref: ConsumerRef


class ConsumerGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "consumers.get_many"

    project_id: ProjectId
    consumer_refs: tuple[ConsumerRef, ...]


class ConsumerExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "consumers.exists"

    project_id: ProjectId
    consumer_ref: ConsumerRef


class ConsumerPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "consumers.page"

    filter: ConsumerFilter
    order: ConsumerOrder
    limit: int
    after: str | None


class ConsumerIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "consumers.iterate"

    filter: ConsumerFilter
    order: ConsumerOrder


class ConsumerCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "consumers.count"

    filter: ConsumerFilter


class ConsumerCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "consumers.create"

    new: NewConsumer


class ConsumerCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "consumers.create_many"

    new: tuple[NewConsumer, ...]
    returning: bool


class ConsumerUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "consumers.update"

    project_id: ProjectId
    consumer_ref: ConsumerRef
    changes: ConsumerChanges


class ConsumerUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "consumers.upsert"

    new: NewConsumer
    on: ConsumerUniqueKey


class ConsumerDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "consumers.delete"

    project_id: ProjectId
    consumer_ref: ConsumerRef


class ConsumerConnectionsCall(Call):
    """A call of `connections`."""

    called: ClassVar[str] = "consumers.connections"

    project_id: ProjectId
    consumer_ref: ConsumerRef


class ConsumerLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "consumers.lock"

    project_id: ProjectId
    consumer_ref: ConsumerRef
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class ConsumerCalls(Calls):
    """The calls of a mock of consumers, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        ConsumerGetCall,
        ConsumerFindCall,
        ConsumerGetManyCall,
        ConsumerExistsCall,
        ConsumerPageCall,
        ConsumerIterateCall,
        ConsumerCountCall,
        ConsumerCreateCall,
        ConsumerCreateManyCall,
        ConsumerUpdateCall,
        ConsumerUpsertCall,
        ConsumerDeleteCall,
        ConsumerConnectionsCall,
        ConsumerLockCall,
    )

    @property
    def get(self) -> tuple[ConsumerGetCall, ...]:
        """The calls of `get`."""
        return self._of(ConsumerGetCall)

    @property
    def find(self) -> tuple[ConsumerFindCall, ...]:
        """The calls of `find`."""
        return self._of(ConsumerFindCall)

    @property
    def get_many(self) -> tuple[ConsumerGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(ConsumerGetManyCall)

    @property
    def exists(self) -> tuple[ConsumerExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(ConsumerExistsCall)

    @property
    def page(self) -> tuple[ConsumerPageCall, ...]:
        """The calls of `page`."""
        return self._of(ConsumerPageCall)

    @property
    def iterate(self) -> tuple[ConsumerIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(ConsumerIterateCall)

    @property
    def count(self) -> tuple[ConsumerCountCall, ...]:
        """The calls of `count`."""
        return self._of(ConsumerCountCall)

    @property
    def create(self) -> tuple[ConsumerCreateCall, ...]:
        """The calls of `create`."""
        return self._of(ConsumerCreateCall)

    @property
    def create_many(self) -> tuple[ConsumerCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(ConsumerCreateManyCall)

    @property
    def update(self) -> tuple[ConsumerUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(ConsumerUpdateCall)

    @property
    def upsert(self) -> tuple[ConsumerUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(ConsumerUpsertCall)

    @property
    def delete(self) -> tuple[ConsumerDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(ConsumerDeleteCall)

    @property
    def connections(self) -> tuple[ConsumerConnectionsCall, ...]:
        """The calls of `connections`."""
        return self._of(ConsumerConnectionsCall)

    @property
    def lock(self) -> tuple[ConsumerLockCall, ...]:
        """The calls of `lock`."""
        return self._of(ConsumerLockCall)
