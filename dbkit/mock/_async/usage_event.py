# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of usage_events."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.usage_event import UsageEventCalls
from dbkit.models.usage_event import USAGE_EVENTS
from dbkit.types._async.usage_event import AsyncUsageEventTransactionRepository
from dbkit.types.calls.usage_event import UsageEventOrder
from dbkit.types.identifiers import OrganizationId, ProjectId, UsageEventId
from dbkit.types.page import Page
from dbkit.types.usage_event import NewUsageEvent, UsageEvent, UsageEventFilter
from dbkit.types.value import Instant

__all__ = ["AsyncMockUsageEventRepository", "AsyncMockUsageEvents"]


class AsyncUsageEventGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, project_id: ProjectId, occurred_at: Instant, usage_event_id: UsageEventId
    ) -> AsyncResult[UsageEvent]: ...


class AsyncUsageEventFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, occurred_at: Instant, usage_event_id: UsageEventId
    ) -> AsyncResult[UsageEvent | None]: ...


class AsyncUsageEventGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, occurred_at: Instant, usage_event_ids: tuple[UsageEventId, ...]
    ) -> AsyncResult[list[UsageEvent]]: ...


class AsyncUsageEventExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(
        self, project_id: ProjectId, occurred_at: Instant, usage_event_id: UsageEventId
    ) -> AsyncResult[bool]: ...


class AsyncUsageEventPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: UsageEventFilter, *, order: UsageEventOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[UsageEvent]]: ...


class AsyncUsageEventIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: UsageEventFilter, *, order: UsageEventOrder) -> AsyncItems[UsageEvent]: ...


class AsyncUsageEventCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: UsageEventFilter) -> AsyncResult[int]: ...


class AsyncUsageEventCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewUsageEvent) -> AsyncResult[UsageEvent]: ...


class AsyncUsageEventCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewUsageEvent, ...], *, returning: bool) -> AsyncResult[int | list[UsageEvent]]: ...


class AsyncUsageEventAppendManyStub(Protocol):
    """What may answer for `append_many`."""

    def __call__(self, events: tuple[NewUsageEvent, ...]) -> AsyncResult[int]: ...


class AsyncUsageEventEnsurePartitionsStub(Protocol):
    """What may answer for `ensure_partitions`."""

    def __call__(self, months_ahead: int) -> AsyncResult[None]: ...


class AsyncUsageEventTotalsStub(Protocol):
    """What may answer for `totals`."""

    def __call__(
        self, organization_id: OrganizationId, metric: str, from_: datetime, to: datetime
    ) -> AsyncResult[Decimal]: ...


class AsyncMockUsageEventRepository(AsyncMockRepository):
    """A repository of usage_events that does what its stubs say."""

    @property
    def calls(self) -> UsageEventCalls:
        """The calls so far."""
        return UsageEventCalls(self._book.log)

    async def get(self, project_id: ProjectId, occurred_at: Instant, usage_event_id: UsageEventId) -> UsageEvent:
        """Return the live value, or raise `NotFound`."""
        answer: UsageEvent = await self._answer("get", (project_id, occurred_at, usage_event_id))
        return answer

    async def find(
        self, project_id: ProjectId, occurred_at: Instant, usage_event_id: UsageEventId
    ) -> UsageEvent | None:
        """Return the live value, or None."""
        answer: UsageEvent | None = await self._answer("find", (project_id, occurred_at, usage_event_id))
        return answer

    async def get_many(
        self, project_id: ProjectId, occurred_at: Instant, usage_event_ids: Sequence[UsageEventId]
    ) -> list[UsageEvent]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[UsageEvent] = await self._answer("get_many", (project_id, occurred_at, usage_event_ids))
        return answer

    async def exists(self, project_id: ProjectId, occurred_at: Instant, usage_event_id: UsageEventId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, occurred_at, usage_event_id))
        return answer

    async def page(
        self,
        filter: UsageEventFilter,
        *,
        order: UsageEventOrder = "occurred_at,id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[UsageEvent]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[UsageEvent] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: UsageEventFilter, *, order: UsageEventOrder = "occurred_at,id"
    ) -> AsyncIterator[UsageEvent]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: UsageEventFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewUsageEvent) -> UsageEvent:
        """Store a new row and return it as stored."""
        answer: UsageEvent = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewUsageEvent], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewUsageEvent], *, returning: Literal[True]) -> list[UsageEvent]: ...
    async def create_many(self, new: Iterable[NewUsageEvent], *, returning: bool = False) -> int | list[UsageEvent]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[UsageEvent] = await self._answer("create_many", (new, returning))
        return answer

    async def append_many(self, events: Iterable[NewUsageEvent]) -> int:
        """Store events, all or none, and return how many were new: a redelivery adds nothing."""
        answer: int = await self._answer("append_many", (events,))
        return answer

    async def ensure_partitions(self, months_ahead: int) -> None:
        """Make partitions for this month and so many after it, where there are none yet.

        Events that came in before their partition move into it. For a role that owns the table.
        """
        await self._answer("ensure_partitions", (months_ahead,))

    async def totals(self, organization_id: OrganizationId, metric: str, from_: datetime, to: datetime) -> Decimal:
        """Return how much of a metric an organization used from a time on, up to another that is excluded."""
        answer: Decimal = await self._answer("totals", (organization_id, metric, from_, to))
        return answer


class AsyncMockUsageEvents(AsyncMockBuilder[AsyncMockUsageEventRepository]):
    """Builds a mock of the repository of usage_events: `with_...` says what an operation does."""

    _entity = USAGE_EVENTS
    _interface = AsyncUsageEventTransactionRepository
    _made = AsyncMockUsageEventRepository

    def with_get(self, outcome: Outcome[UsageEvent, AsyncUsageEventGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[UsageEvent | None, AsyncUsageEventFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[UsageEvent], AsyncUsageEventGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncUsageEventExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[UsageEvent], AsyncUsageEventPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[UsageEvent], AsyncUsageEventIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncUsageEventCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[UsageEvent, AsyncUsageEventCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[UsageEvent], AsyncUsageEventCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_append_many(self, outcome: Outcome[int, AsyncUsageEventAppendManyStub]) -> Self:
        """Say what `append_many` does."""
        return self._with("append_many", outcome)

    def with_ensure_partitions(self, outcome: Outcome[None, AsyncUsageEventEnsurePartitionsStub]) -> Self:
        """Say what `ensure_partitions` does."""
        return self._with("ensure_partitions", outcome)

    def with_totals(self, outcome: Outcome[Decimal, AsyncUsageEventTotalsStub]) -> Self:
        """Say what `totals` does."""
        return self._with("totals", outcome)
