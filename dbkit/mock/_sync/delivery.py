# Generated from dbkit/mock/_async/delivery.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.delivery import DeliveryCalls
from dbkit.models.delivery import DELIVERIES
from dbkit.types._sync.delivery import DeliveryTransactionRepository
from dbkit.types.calls.delivery import DeliveryChanges, DeliveryOrder, DeliveryUniqueKey
from dbkit.types.delivery import Delivery, DeliveryFilter, DeliveryStatus, NewDelivery
from dbkit.types.delivery_attempt import NewDeliveryAttempt
from dbkit.types.identifiers import DeliveryId, DestinationId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["MockDeliveries", "MockDeliveryRepository"]


class DeliveryGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, delivery_id: DeliveryId) -> Result[Delivery]: ...


class DeliveryFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, delivery_id: DeliveryId) -> Result[Delivery | None]: ...


class DeliveryGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, project_id: ProjectId, delivery_ids: tuple[DeliveryId, ...]) -> Result[list[Delivery]]: ...


class DeliveryExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, delivery_id: DeliveryId) -> Result[bool]: ...


class DeliveryPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: DeliveryFilter, *, order: DeliveryOrder, limit: int, after: str | None
    ) -> Result[Page[Delivery]]: ...


class DeliveryIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: DeliveryFilter, *, order: DeliveryOrder) -> Items[Delivery]: ...


class DeliveryCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: DeliveryFilter) -> Result[int]: ...


class DeliveryCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewDelivery) -> Result[Delivery]: ...


class DeliveryCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewDelivery, ...], *, returning: bool) -> Result[int | list[Delivery]]: ...


class DeliveryUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        delivery_id: DeliveryId,
        *,
        expected_version: int,
        **changes: Unpack[DeliveryChanges],
    ) -> Result[Delivery]: ...


class DeliveryUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewDelivery, *, on: DeliveryUniqueKey) -> Result[Upserted[Delivery]]: ...


class DeliveryDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, delivery_id: DeliveryId, *, expected_version: int | None
    ) -> Result[None]: ...


class DeliveryEnqueueStub(Protocol):
    """What may answer for `enqueue`."""

    def __call__(self, delivery: NewDelivery) -> Result[Delivery]: ...


class DeliveryClaimDueStub(Protocol):
    """What may answer for `claim_due`."""

    def __call__(self, now: datetime, limit: int, *, again_after: timedelta) -> Result[list[Delivery]]: ...


class DeliveryRecordAttemptStub(Protocol):
    """What may answer for `record_attempt`."""

    def __call__(
        self, attempt: NewDeliveryAttempt, status: DeliveryStatus, *, next_attempt_at: datetime | None
    ) -> Result[Delivery]: ...


class DeliveryDeliveredSinceStub(Protocol):
    """What may answer for `delivered_since`."""

    def __call__(self, project_id: ProjectId, destination_id: DestinationId, moment: datetime) -> Result[bool]: ...


class DeliveryReplayStub(Protocol):
    """What may answer for `replay`."""

    def __call__(
        self, project_id: ProjectId, destination_id: DestinationId, since: datetime, until: datetime, *, limit: int
    ) -> Result[int]: ...


class DeliveryLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, project_id: ProjectId, delivery_id: DeliveryId, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> Result[Delivery | None]: ...


class MockDeliveryRepository(MockRepository):
    """A repository of deliveries that does what its stubs say."""

    @property
    def calls(self) -> DeliveryCalls:
        """The calls so far."""
        return DeliveryCalls(self._book.log)

    def get(self, project_id: ProjectId, delivery_id: DeliveryId) -> Delivery:
        """Return the live value, or raise `NotFound`."""
        answer: Delivery = self._answer("get", (project_id, delivery_id))
        return answer

    def find(self, project_id: ProjectId, delivery_id: DeliveryId) -> Delivery | None:
        """Return the live value, or None."""
        answer: Delivery | None = self._answer("find", (project_id, delivery_id))
        return answer

    def get_many(self, project_id: ProjectId, delivery_ids: Sequence[DeliveryId]) -> list[Delivery]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Delivery] = self._answer("get_many", (project_id, delivery_ids))
        return answer

    def exists(self, project_id: ProjectId, delivery_id: DeliveryId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, delivery_id))
        return answer

    def page(
        self, filter: DeliveryFilter, *, order: DeliveryOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Delivery]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Delivery] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: DeliveryFilter, *, order: DeliveryOrder = "id") -> Iterator[Delivery]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: DeliveryFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewDelivery) -> Delivery:
        """Store a new row and return it as stored."""
        answer: Delivery = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewDelivery], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewDelivery], *, returning: Literal[True]) -> list[Delivery]: ...
    def create_many(self, new: Iterable[NewDelivery], *, returning: bool = False) -> int | list[Delivery]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Delivery] = self._answer("create_many", (new, returning))
        return answer

    def update(
        self,
        project_id: ProjectId,
        delivery_id: DeliveryId,
        *,
        expected_version: int,
        **changes: Unpack[DeliveryChanges],
    ) -> Delivery:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: Delivery = self._answer("update", (project_id, delivery_id, expected_version, changes))
        return answer

    def upsert(self, new: NewDelivery, *, on: DeliveryUniqueKey) -> Upserted[Delivery]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Delivery] = self._answer("upsert", (new, on))
        return answer

    def delete(self, project_id: ProjectId, delivery_id: DeliveryId, *, expected_version: int | None = None) -> None:
        """Delete a live row for good, or raise `NotFound` or `StaleVersion`."""
        self._answer("delete", (project_id, delivery_id, expected_version))

    def enqueue(self, delivery: NewDelivery) -> Delivery:
        """Store a delivery, or return the first one with its destination and idempotency key."""
        answer: Delivery = self._answer("enqueue", (delivery,))
        return answer

    def claim_due(self, now: datetime, limit: int, *, again_after: timedelta = timedelta(minutes=5)) -> list[Delivery]:
        """Take up to `limit` deliveries of all tenants that are due, the longest due first, and mark them delivering.

        One statement: each goes to one worker. A worker that is not heard of again has lost it
        `again_after` later, when it is due once more.
        """
        answer: list[Delivery] = self._answer("claim_due", (now, limit, again_after))
        return answer

    def record_attempt(
        self, attempt: NewDeliveryAttempt, status: DeliveryStatus, *, next_attempt_at: datetime | None = None
    ) -> Delivery:
        """Store an attempt, count it and move its delivery to a status, all or nothing.

        A delivered one notes when. Raises `NotFound`, `IllegalTransition`, and `AlreadyExists` for
        an attempt that is stored already.
        """
        answer: Delivery = self._answer("record_attempt", (attempt, status, next_attempt_at))
        return answer

    def delivered_since(self, project_id: ProjectId, destination_id: DestinationId, moment: datetime) -> bool:
        """Tell whether a destination has taken anything from this time on."""
        answer: bool = self._answer("delivered_since", (project_id, destination_id, moment))
        return answer

    def replay(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        since: datetime,
        until: datetime,
        *,
        limit: int = 1000,
    ) -> int:
        """Make up to `limit` deliveries to a destination due now that were created from one time on, up to another.

        Those that have failed, and those that were put off because the destination was disabled; what was delivered
        stays so. Returns how many: fewer than the limit where there are no more.
        """
        answer: int = self._answer("replay", (project_id, destination_id, since, until, limit))
        return answer

    @overload
    def lock(
        self,
        project_id: ProjectId,
        delivery_id: DeliveryId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Delivery: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        delivery_id: DeliveryId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Delivery | None: ...
    def lock(
        self,
        project_id: ProjectId,
        delivery_id: DeliveryId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Delivery | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Delivery | None = self._answer("lock", (project_id, delivery_id, strength, nowait, skip_locked))
        return answer


class MockDeliveries(MockBuilder[MockDeliveryRepository]):
    """Builds a mock of the repository of deliveries: `with_...` says what an operation does."""

    _entity = DELIVERIES
    _interface = DeliveryTransactionRepository
    _made = MockDeliveryRepository

    def with_get(self, outcome: Outcome[Delivery, DeliveryGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Delivery | None, DeliveryFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Delivery], DeliveryGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, DeliveryExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Delivery], DeliveryPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Delivery], DeliveryIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, DeliveryCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Delivery, DeliveryCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Delivery], DeliveryCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Delivery, DeliveryUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Delivery], DeliveryUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, DeliveryDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_enqueue(self, outcome: Outcome[Delivery, DeliveryEnqueueStub]) -> Self:
        """Say what `enqueue` does."""
        return self._with("enqueue", outcome)

    def with_claim_due(self, outcome: Outcome[list[Delivery], DeliveryClaimDueStub]) -> Self:
        """Say what `claim_due` does."""
        return self._with("claim_due", outcome)

    def with_record_attempt(self, outcome: Outcome[Delivery, DeliveryRecordAttemptStub]) -> Self:
        """Say what `record_attempt` does."""
        return self._with("record_attempt", outcome)

    def with_delivered_since(self, outcome: Outcome[bool, DeliveryDeliveredSinceStub]) -> Self:
        """Say what `delivered_since` does."""
        return self._with("delivered_since", outcome)

    def with_replay(self, outcome: Outcome[int, DeliveryReplayStub]) -> Self:
        """Say what `replay` does."""
        return self._with("replay", outcome)

    def with_lock(self, outcome: Outcome[Delivery | None, DeliveryLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
