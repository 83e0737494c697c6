# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of deliveries."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.delivery import DeliveryChanges, DeliveryOrder, DeliveryUniqueKey
from dbkit.types.delivery import DeliveryFilter, DeliveryStatus, NewDelivery
from dbkit.types.delivery_attempt import NewDeliveryAttempt
from dbkit.types.identifiers import DeliveryId, DestinationId, ProjectId
from dbkit.types.lock import LockStrength

__all__ = [
    "DeliveryCalls",
    "DeliveryClaimDueCall",
    "DeliveryCountCall",
    "DeliveryCreateCall",
    "DeliveryCreateManyCall",
    "DeliveryDeleteCall",
    "DeliveryDeliveredSinceCall",
    "DeliveryEnqueueCall",
    "DeliveryExistsCall",
    "DeliveryFindCall",
    "DeliveryGetCall",
    "DeliveryGetManyCall",
    "DeliveryIterateCall",
    "DeliveryLockCall",
    "DeliveryPageCall",
    "DeliveryRecordAttemptCall",
    "DeliveryReplayCall",
    "DeliveryUpdateCall",
    "DeliveryUpsertCall",
]


class DeliveryGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "deliveries.get"

    project_id: ProjectId
    delivery_id: DeliveryId


class DeliveryFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "deliveries.find"

    project_id: ProjectId
    delivery_id: DeliveryId


class DeliveryGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "deliveries.get_many"

    project_id: ProjectId
    delivery_ids: tuple[DeliveryId, ...]


class DeliveryExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "deliveries.exists"

    project_id: ProjectId
    delivery_id: DeliveryId


class DeliveryPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "deliveries.page"

    filter: DeliveryFilter
    order: DeliveryOrder
    limit: int
    after: str | None


class DeliveryIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "deliveries.iterate"

    filter: DeliveryFilter
    order: DeliveryOrder


class DeliveryCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "deliveries.count"

    filter: DeliveryFilter


class DeliveryCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "deliveries.create"

    new: NewDelivery


class DeliveryCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "deliveries.create_many"

    new: tuple[NewDelivery, ...]
    returning: bool


class DeliveryUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "deliveries.update"

    project_id: ProjectId
    delivery_id: DeliveryId
    expected_version: int
    changes: DeliveryChanges


class DeliveryUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "deliveries.upsert"

    new: NewDelivery
    on: DeliveryUniqueKey


class DeliveryDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "deliveries.delete"

    project_id: ProjectId
    delivery_id: DeliveryId
    expected_version: int | None


class DeliveryEnqueueCall(Call):
    """A call of `enqueue`."""

    called: ClassVar[str] = "deliveries.enqueue"

    delivery: NewDelivery


class DeliveryClaimDueCall(Call):
    """A call of `claim_due`."""

    called: ClassVar[str] = "deliveries.claim_due"

    now: datetime
    limit: int
    again_after: timedelta


class DeliveryRecordAttemptCall(Call):
    """A call of `record_attempt`."""

    called: ClassVar[str] = "deliveries.record_attempt"

    attempt: NewDeliveryAttempt
    status: DeliveryStatus
    next_attempt_at: datetime | None


class DeliveryDeliveredSinceCall(Call):
    """A call of `delivered_since`."""

    called: ClassVar[str] = "deliveries.delivered_since"

    project_id: ProjectId
    destination_id: DestinationId
    moment: datetime


class DeliveryReplayCall(Call):
    """A call of `replay`."""

    called: ClassVar[str] = "deliveries.replay"

    project_id: ProjectId
    destination_id: DestinationId
    since: datetime
    until: datetime
    limit: int


class DeliveryLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "deliveries.lock"

    project_id: ProjectId
    delivery_id: DeliveryId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class DeliveryCalls(Calls):
    """The calls of a mock of deliveries, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        DeliveryGetCall,
        DeliveryFindCall,
        DeliveryGetManyCall,
        DeliveryExistsCall,
        DeliveryPageCall,
        DeliveryIterateCall,
        DeliveryCountCall,
        DeliveryCreateCall,
        DeliveryCreateManyCall,
        DeliveryUpdateCall,
        DeliveryUpsertCall,
        DeliveryDeleteCall,
        DeliveryEnqueueCall,
        DeliveryClaimDueCall,
        DeliveryRecordAttemptCall,
        DeliveryDeliveredSinceCall,
        DeliveryReplayCall,
        DeliveryLockCall,
    )

    @property
    def get(self) -> tuple[DeliveryGetCall, ...]:
        """The calls of `get`."""
        return self._of(DeliveryGetCall)

    @property
    def find(self) -> tuple[DeliveryFindCall, ...]:
        """The calls of `find`."""
        return self._of(DeliveryFindCall)

    @property
    def get_many(self) -> tuple[DeliveryGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(DeliveryGetManyCall)

    @property
    def exists(self) -> tuple[DeliveryExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(DeliveryExistsCall)

    @property
    def page(self) -> tuple[DeliveryPageCall, ...]:
        """The calls of `page`."""
        return self._of(DeliveryPageCall)

    @property
    def iterate(self) -> tuple[DeliveryIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(DeliveryIterateCall)

    @property
    def count(self) -> tuple[DeliveryCountCall, ...]:
        """The calls of `count`."""
        return self._of(DeliveryCountCall)

    @property
    def create(self) -> tuple[DeliveryCreateCall, ...]:
        """The calls of `create`."""
        return self._of(DeliveryCreateCall)

    @property
    def create_many(self) -> tuple[DeliveryCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(DeliveryCreateManyCall)

    @property
    def update(self) -> tuple[DeliveryUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(DeliveryUpdateCall)

    @property
    def upsert(self) -> tuple[DeliveryUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(DeliveryUpsertCall)

    @property
    def delete(self) -> tuple[DeliveryDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(DeliveryDeleteCall)

    @property
    def enqueue(self) -> tuple[DeliveryEnqueueCall, ...]:
        """The calls of `enqueue`."""
        return self._of(DeliveryEnqueueCall)

    @property
    def claim_due(self) -> tuple[DeliveryClaimDueCall, ...]:
        """The calls of `claim_due`."""
        return self._of(DeliveryClaimDueCall)

    @property
    def record_attempt(self) -> tuple[DeliveryRecordAttemptCall, ...]:
        """The calls of `record_attempt`."""
        return self._of(DeliveryRecordAttemptCall)

    @property
    def delivered_since(self) -> tuple[DeliveryDeliveredSinceCall, ...]:
        """The calls of `delivered_since`."""
        return self._of(DeliveryDeliveredSinceCall)

    @property
    def replay(self) -> tuple[DeliveryReplayCall, ...]:
        """The calls of `replay`."""
        return self._of(DeliveryReplayCall)

    @property
    def lock(self) -> tuple[DeliveryLockCall, ...]:
        """The calls of `lock`."""
        return self._of(DeliveryLockCall)
