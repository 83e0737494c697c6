# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of deliveries."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.delivery import DeliveryCalls
from dbkit.models.delivery import DELIVERIES
from dbkit.types._async.delivery import AsyncDeliveryTransactionRepository
from dbkit.types.calls.delivery import DeliveryChanges, DeliveryOrder, DeliveryUniqueKey
from dbkit.types.delivery import Delivery, DeliveryFilter, DeliveryStatus, NewDelivery
from dbkit.types.delivery_attempt import NewDeliveryAttempt
from dbkit.types.identifiers import DeliveryId, DestinationId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncMockDeliveries", "AsyncMockDeliveryRepository"]


class AsyncDeliveryGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, delivery_id: DeliveryId) -> AsyncResult[Delivery]: ...


class AsyncDeliveryFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, delivery_id: DeliveryId) -> AsyncResult[Delivery | None]: ...


class AsyncDeliveryGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, project_id: ProjectId, delivery_ids: tuple[DeliveryId, ...]) -> AsyncResult[list[Delivery]]: ...


class AsyncDeliveryExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, delivery_id: DeliveryId) -> AsyncResult[bool]: ...


class AsyncDeliveryPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: DeliveryFilter, *, order: DeliveryOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Delivery]]: ...


class AsyncDeliveryIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: DeliveryFilter, *, order: DeliveryOrder) -> AsyncItems[Delivery]: ...


class AsyncDeliveryCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: DeliveryFilter) -> AsyncResult[int]: ...


class AsyncDeliveryCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewDelivery) -> AsyncResult[Delivery]: ...


class AsyncDeliveryCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewDelivery, ...], *, returning: bool) -> AsyncResult[int | list[Delivery]]: ...


class AsyncDeliveryUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        delivery_id: DeliveryId,
        *,
        expected_version: int,
        **changes: Unpack[DeliveryChanges],
    ) -> AsyncResult[Delivery]: ...


class AsyncDeliveryUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewDelivery, *, on: DeliveryUniqueKey) -> AsyncResult[Upserted[Delivery]]: ...


class AsyncDeliveryDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, delivery_id: DeliveryId, *, expected_version: int | None
    ) -> AsyncResult[None]: ...


class AsyncDeliveryEnqueueStub(Protocol):
    """What may answer for `enqueue`."""

    def __call__(self, delivery: NewDelivery) -> AsyncResult[Delivery]: ...


class AsyncDeliveryClaimDueStub(Protocol):
    """What may answer for `claim_due`."""

    def __call__(self, now: datetime, limit: int, *, again_after: timedelta) -> AsyncResult[list[Delivery]]: ...


class AsyncDeliveryRecordAttemptStub(Protocol):
    """What may answer for `record_attempt`."""

    def __call__(
        self, attempt: NewDeliveryAttempt, status: DeliveryStatus, *, next_attempt_at: datetime | None
    ) -> AsyncResult[Delivery]: ...


class AsyncDeliveryDeliveredSinceStub(Protocol):
    """What may answer for `delivered_since`."""

    def __call__(self, project_id: ProjectId, destination_id: DestinationId, moment: datetime) -> AsyncResult[bool]: ...


class AsyncDeliveryReplayStub(Protocol):
    """What may answer for `replay`."""

    def __call__(
        self, project_id: ProjectId, destination_id: DestinationId, since: datetime, until: datetime, *, limit: int
    ) -> AsyncResult[int]: ...


class AsyncDeliveryLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, project_id: ProjectId, delivery_id: DeliveryId, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> AsyncResult[Delivery | None]: ...


class AsyncMockDeliveryRepository(AsyncMockRepository):
    """A repository of deliveries that does what its stubs say."""

    @property
    def calls(self) -> DeliveryCalls:
        """The calls so far."""
        return DeliveryCalls(self._book.log)

    async def get(self, project_id: ProjectId, delivery_id: DeliveryId) -> Delivery:
        """Return the live value, or raise `NotFound`."""
        answer: Delivery = await self._answer("get", (project_id, delivery_id))
        return answer

    async def find(self, project_id: ProjectId, delivery_id: DeliveryId) -> Delivery | None:
        """Return the live value, or None."""
        answer: Delivery | None = await self._answer("find", (project_id, delivery_id))
        return answer

    async def get_many(self, project_id: ProjectId, delivery_ids: Sequence[DeliveryId]) -> list[Delivery]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Delivery] = await self._answer("get_many", (project_id, delivery_ids))
        return answer

    async def exists(self, project_id: ProjectId, delivery_id: DeliveryId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, delivery_id))
        return answer

    async def page(
        self, filter: DeliveryFilter, *, order: DeliveryOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Delivery]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Delivery] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: DeliveryFilter, *, order: DeliveryOrder = "id") -> AsyncIterator[Delivery]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: DeliveryFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewDelivery) -> Delivery:
        """Store a new row and return it as stored."""
        answer: Delivery = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewDelivery], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewDelivery], *, returning: Literal[True]) -> list[Delivery]: ...
    async def create_many(self, new: Iterable[NewDelivery], *, returning: bool = False) -> int | list[Delivery]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Delivery] = await self._answer("create_many", (new, returning))
        return answer

    async def update(
        self,
        project_id: ProjectId,
        delivery_id: DeliveryId,
        *,
        expected_version: int,
        **changes: Unpack[DeliveryChanges],
    ) -> Delivery:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: Delivery = await self._answer("update", (project_id, delivery_id, expected_version, changes))
        return answer

    async def upsert(self, new: NewDelivery, *, on: DeliveryUniqueKey) -> Upserted[Delivery]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Delivery] = await self._answer("upsert", (new, on))
        return answer

    async def delete(
        self, project_id: ProjectId, delivery_id: DeliveryId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row for good, or raise `NotFound` or `StaleVersion`."""
        await self._answer("delete", (project_id, delivery_id, expected_version))

    async def enqueue(self, delivery: NewDelivery) -> Delivery:
        """Store a delivery, or return the first one with its destination and idempotency key."""
        answer: Delivery = await self._answer("enqueue", (delivery,))
        return answer

    async def claim_due(
        self, now: datetime, limit: int, *, again_after: timedelta = timedelta(minutes=5)
    ) -> list[Delivery]:
        """Take up to `limit` deliveries of all tenants that are due, the longest due first, and mark them delivering.

        One statement: each goes to one worker. A worker that is not heard of again has lost it
        `again_after` later, when it is due once more.
        """
        answer: list[Delivery] = await self._answer("claim_due", (now, limit, again_after))
        return answer

    async def record_attempt(
        self, attempt: NewDeliveryAttempt, status: DeliveryStatus, *, next_attempt_at: datetime | None = None
    ) -> Delivery:
        """Store an attempt, count it and move its delivery to a status, all or nothing.

        A delivered one notes when. Raises `NotFound`, `IllegalTransition`, and `AlreadyExists` for
        an attempt that is stored already.
        """
        answer: Delivery = await self._answer("record_attempt", (attempt, status, next_attempt_at))
        return answer

    async def delivered_since(self, project_id: ProjectId, destination_id: DestinationId, moment: datetime) -> bool:
        """Tell whether a destination has taken anything from this time on."""
        answer: bool = await self._answer("delivered_since", (project_id, destination_id, moment))
        return answer

    async def replay(
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
        answer: int = await self._answer("replay", (project_id, destination_id, since, until, limit))
        return answer

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        delivery_id: DeliveryId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Delivery: ...
    @overload
    async def lock(
        self,
        project_id: ProjectId,
        delivery_id: DeliveryId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Delivery | None: ...
    async def lock(
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
        answer: Delivery | None = await self._answer("lock", (project_id, delivery_id, strength, nowait, skip_locked))
        return answer


class AsyncMockDeliveries(AsyncMockBuilder[AsyncMockDeliveryRepository]):
    """Builds a mock of the repository of deliveries: `with_...` says what an operation does."""

    _entity = DELIVERIES
    _interface = AsyncDeliveryTransactionRepository
    _made = AsyncMockDeliveryRepository

    def with_get(self, outcome: Outcome[Delivery, AsyncDeliveryGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Delivery | None, AsyncDeliveryFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Delivery], AsyncDeliveryGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncDeliveryExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Delivery], AsyncDeliveryPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Delivery], AsyncDeliveryIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncDeliveryCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Delivery, AsyncDeliveryCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Delivery], AsyncDeliveryCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Delivery, AsyncDeliveryUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Delivery], AsyncDeliveryUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncDeliveryDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_enqueue(self, outcome: Outcome[Delivery, AsyncDeliveryEnqueueStub]) -> Self:
        """Say what `enqueue` does."""
        return self._with("enqueue", outcome)

    def with_claim_due(self, outcome: Outcome[list[Delivery], AsyncDeliveryClaimDueStub]) -> Self:
        """Say what `claim_due` does."""
        return self._with("claim_due", outcome)

    def with_record_attempt(self, outcome: Outcome[Delivery, AsyncDeliveryRecordAttemptStub]) -> Self:
        """Say what `record_attempt` does."""
        return self._with("record_attempt", outcome)

    def with_delivered_since(self, outcome: Outcome[bool, AsyncDeliveryDeliveredSinceStub]) -> Self:
        """Say what `delivered_since` does."""
        return self._with("delivered_since", outcome)

    def with_replay(self, outcome: Outcome[int, AsyncDeliveryReplayStub]) -> Self:
        """Say what `replay` does."""
        return self._with("replay", outcome)

    def with_lock(self, outcome: Outcome[Delivery | None, AsyncDeliveryLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
