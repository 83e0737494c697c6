# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of outbox_events."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.outbox_event import OutboxEventCalls
from dbkit.models.outbox_event import OUTBOX_EVENTS
from dbkit.types._async.outbox_event import AsyncOutboxEventTransactionRepository
from dbkit.types.calls.outbox_event import OutboxEventChanges, OutboxEventOrder
from dbkit.types.identifiers import OutboxEventId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.outbox_event import NewOutboxEvent, OutboxEvent, OutboxEventFilter, OutboxTopic
from dbkit.types.page import Page
from dbkit.types.value import JsonObject

__all__ = ["AsyncMockOutboxEventRepository", "AsyncMockOutboxEvents"]


class AsyncOutboxEventGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, outbox_event_id: OutboxEventId) -> AsyncResult[OutboxEvent]: ...


class AsyncOutboxEventFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, outbox_event_id: OutboxEventId) -> AsyncResult[OutboxEvent | None]: ...


class AsyncOutboxEventGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, outbox_event_ids: tuple[OutboxEventId, ...]) -> AsyncResult[list[OutboxEvent]]: ...


class AsyncOutboxEventExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, outbox_event_id: OutboxEventId) -> AsyncResult[bool]: ...


class AsyncOutboxEventPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: OutboxEventFilter | None, *, order: OutboxEventOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[OutboxEvent]]: ...


class AsyncOutboxEventIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: OutboxEventFilter | None, *, order: OutboxEventOrder) -> AsyncItems[OutboxEvent]: ...


class AsyncOutboxEventCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: OutboxEventFilter | None) -> AsyncResult[int]: ...


class AsyncOutboxEventCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewOutboxEvent) -> AsyncResult[OutboxEvent]: ...


class AsyncOutboxEventCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewOutboxEvent, ...], *, returning: bool) -> AsyncResult[int | list[OutboxEvent]]: ...


class AsyncOutboxEventUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, outbox_event_id: OutboxEventId, **changes: Unpack[OutboxEventChanges]
    ) -> AsyncResult[OutboxEvent]: ...


class AsyncOutboxEventDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, outbox_event_id: OutboxEventId) -> AsyncResult[None]: ...


class AsyncOutboxEventMarkPublishedStub(Protocol):
    """What may answer for `mark_published`."""

    def __call__(self, outbox_event_ids: tuple[OutboxEventId, ...]) -> AsyncResult[int]: ...


class AsyncOutboxEventMarkFailedStub(Protocol):
    """What may answer for `mark_failed`."""

    def __call__(
        self, outbox_event_id: OutboxEventId, error: str, available_at: datetime
    ) -> AsyncResult[OutboxEvent | None]: ...


class AsyncOutboxEventPurgePublishedStub(Protocol):
    """What may answer for `purge_published`."""

    def __call__(self, before: datetime, limit: int) -> AsyncResult[int]: ...


class AsyncOutboxEventLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, outbox_event_id: OutboxEventId, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> AsyncResult[OutboxEvent | None]: ...


class AsyncOutboxEventAppendStub(Protocol):
    """What may answer for `append`."""

    def __call__(
        self,
        topic: OutboxTopic,
        key: str,
        payload: JsonObject,
        *,
        project_id: ProjectId | None,
        headers: JsonObject | None,
    ) -> AsyncResult[OutboxEvent]: ...


class AsyncOutboxEventClaimStub(Protocol):
    """What may answer for `claim`."""

    def __call__(self, limit: int) -> AsyncResult[list[OutboxEvent]]: ...


class AsyncMockOutboxEventRepository(AsyncMockRepository):
    """A repository of outbox_events that does what its stubs say."""

    @property
    def calls(self) -> OutboxEventCalls:
        """The calls so far."""
        return OutboxEventCalls(self._book.log)

    async def get(self, outbox_event_id: OutboxEventId) -> OutboxEvent:
        """Return the live value, or raise `NotFound`."""
        answer: OutboxEvent = await self._answer("get", (outbox_event_id,))
        return answer

    async def find(self, outbox_event_id: OutboxEventId) -> OutboxEvent | None:
        """Return the live value, or None."""
        answer: OutboxEvent | None = await self._answer("find", (outbox_event_id,))
        return answer

    async def get_many(self, outbox_event_ids: Sequence[OutboxEventId]) -> list[OutboxEvent]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[OutboxEvent] = await self._answer("get_many", (outbox_event_ids,))
        return answer

    async def exists(self, outbox_event_id: OutboxEventId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (outbox_event_id,))
        return answer

    async def page(
        self,
        filter: OutboxEventFilter | None = None,
        *,
        order: OutboxEventOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[OutboxEvent]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[OutboxEvent] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: OutboxEventFilter | None = None, *, order: OutboxEventOrder = "id"
    ) -> AsyncIterator[OutboxEvent]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: OutboxEventFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewOutboxEvent) -> OutboxEvent:
        """Store a new row and return it as stored."""
        answer: OutboxEvent = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewOutboxEvent], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewOutboxEvent], *, returning: Literal[True]) -> list[OutboxEvent]: ...
    async def create_many(self, new: Iterable[NewOutboxEvent], *, returning: bool = False) -> int | list[OutboxEvent]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[OutboxEvent] = await self._answer("create_many", (new, returning))
        return answer

    async def update(self, outbox_event_id: OutboxEventId, **changes: Unpack[OutboxEventChanges]) -> OutboxEvent:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: OutboxEvent = await self._answer("update", (outbox_event_id, changes))
        return answer

    async def delete(self, outbox_event_id: OutboxEventId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (outbox_event_id,))

    async def mark_published(self, outbox_event_ids: Sequence[OutboxEventId]) -> int:
        """Note that events have been sent, and return how many were still pending; a second time changes nothing."""
        answer: int = await self._answer("mark_published", (outbox_event_ids,))
        return answer

    async def mark_failed(
        self, outbox_event_id: OutboxEventId, error: str, available_at: datetime
    ) -> OutboxEvent | None:
        """Note why a pending event was not sent, and when to try again; None for one that is published or gone."""
        answer: OutboxEvent | None = await self._answer("mark_failed", (outbox_event_id, error, available_at))
        return answer

    async def purge_published(self, before: datetime, limit: int) -> int:
        """Delete up to `limit` events that were published before this time, the oldest first; return how many."""
        answer: int = await self._answer("purge_published", (before, limit))
        return answer

    @overload
    async def lock(
        self,
        outbox_event_id: OutboxEventId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> OutboxEvent: ...
    @overload
    async def lock(
        self,
        outbox_event_id: OutboxEventId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> OutboxEvent | None: ...
    async def lock(
        self,
        outbox_event_id: OutboxEventId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> OutboxEvent | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: OutboxEvent | None = await self._answer("lock", (outbox_event_id, strength, nowait, skip_locked))
        return answer

    async def append(
        self,
        topic: OutboxTopic,
        key: str,
        payload: JsonObject,
        *,
        project_id: ProjectId | None = None,
        headers: JsonObject | None = None,
    ) -> OutboxEvent:
        """Store an event in the transaction of the change that it tells of."""
        answer: OutboxEvent = await self._answer("append", (topic, key, payload, project_id, headers))
        return answer

    async def claim(self, limit: int) -> list[OutboxEvent]:
        """Return up to `limit` pending events that are due, by id, and hold them until the transaction ends.

        Events that another relay holds are left out.
        """
        answer: list[OutboxEvent] = await self._answer("claim", (limit,))
        return answer


class AsyncMockOutboxEvents(AsyncMockBuilder[AsyncMockOutboxEventRepository]):
    """Builds a mock of the repository of outbox_events: `with_...` says what an operation does."""

    _entity = OUTBOX_EVENTS
    _interface = AsyncOutboxEventTransactionRepository
    _made = AsyncMockOutboxEventRepository

    def with_get(self, outcome: Outcome[OutboxEvent, AsyncOutboxEventGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[OutboxEvent | None, AsyncOutboxEventFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[OutboxEvent], AsyncOutboxEventGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncOutboxEventExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[OutboxEvent], AsyncOutboxEventPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[OutboxEvent], AsyncOutboxEventIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncOutboxEventCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[OutboxEvent, AsyncOutboxEventCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[OutboxEvent], AsyncOutboxEventCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[OutboxEvent, AsyncOutboxEventUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncOutboxEventDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_mark_published(self, outcome: Outcome[int, AsyncOutboxEventMarkPublishedStub]) -> Self:
        """Say what `mark_published` does."""
        return self._with("mark_published", outcome)

    def with_mark_failed(self, outcome: Outcome[OutboxEvent | None, AsyncOutboxEventMarkFailedStub]) -> Self:
        """Say what `mark_failed` does."""
        return self._with("mark_failed", outcome)

    def with_purge_published(self, outcome: Outcome[int, AsyncOutboxEventPurgePublishedStub]) -> Self:
        """Say what `purge_published` does."""
        return self._with("purge_published", outcome)

    def with_lock(self, outcome: Outcome[OutboxEvent | None, AsyncOutboxEventLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)

    def with_append(self, outcome: Outcome[OutboxEvent, AsyncOutboxEventAppendStub]) -> Self:
        """Say what `append` does."""
        return self._with("append", outcome)

    def with_claim(self, outcome: Outcome[list[OutboxEvent], AsyncOutboxEventClaimStub]) -> Self:
        """Say what `claim` does."""
        return self._with("claim", outcome)
