# Generated from dbkit/mock/_async/usage_event.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of usage_events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.usage_event import UsageEventCalls
from dbkit.models.usage_event import USAGE_EVENTS
from dbkit.types._sync.usage_event import UsageEventTransactionRepository
from dbkit.types.calls.usage_event import UsageEventOrder
from dbkit.types.identifiers import OrganizationId, ProjectId, UsageEventId
from dbkit.types.page import Page
from dbkit.types.usage_event import NewUsageEvent, UsageEvent, UsageEventFilter
from dbkit.types.value import Instant

__all__ = ["MockUsageEventRepository", "MockUsageEvents"]


class UsageEventGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, project_id: ProjectId, occurred_at: Instant, usage_event_id: UsageEventId
    ) -> Result[UsageEvent]: ...


class UsageEventFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, occurred_at: Instant, usage_event_id: UsageEventId
    ) -> Result[UsageEvent | None]: ...


class UsageEventGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, occurred_at: Instant, usage_event_ids: tuple[UsageEventId, ...]
    ) -> Result[list[UsageEvent]]: ...


class UsageEventExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, occurred_at: Instant, usage_event_id: UsageEventId) -> Result[bool]: ...


class UsageEventPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: UsageEventFilter, *, order: UsageEventOrder, limit: int, after: str | None
    ) -> Result[Page[UsageEvent]]: ...


class UsageEventIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: UsageEventFilter, *, order: UsageEventOrder) -> Items[UsageEvent]: ...


class UsageEventCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: UsageEventFilter) -> Result[int]: ...


class UsageEventCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewUsageEvent) -> Result[UsageEvent]: ...


class UsageEventCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewUsageEvent, ...], *, returning: bool) -> Result[int | list[UsageEvent]]: ...


class UsageEventAppendManyStub(Protocol):
    """What may answer for `append_many`."""

    def __call__(self, events: tuple[NewUsageEvent, ...]) -> Result[int]: ...


class UsageEventEnsurePartitionsStub(Protocol):
    """What may answer for `ensure_partitions`."""

    def __call__(self, months_ahead: int) -> Result[None]: ...


class UsageEventTotalsStub(Protocol):
    """What may answer for `totals`."""

    def __call__(
        self, organization_id: OrganizationId, metric: str, from_: datetime, to: datetime
    ) -> Result[Decimal]: ...


class MockUsageEventRepository(MockRepository):
    """A repository of usage_events that does what its stubs say."""

    @property
    def calls(self) -> UsageEventCalls:
        """The calls so far."""
        return UsageEventCalls(self._book.log)

    def get(self, project_id: ProjectId, occurred_at: Instant, usage_event_id: UsageEventId) -> UsageEvent:
        """Return the live value, or raise `NotFound`."""
        answer: UsageEvent = self._answer("get", (project_id, occurred_at, usage_event_id))
        return answer

    def find(self, project_id: ProjectId, occurred_at: Instant, usage_event_id: UsageEventId) -> UsageEvent | None:
        """Return the live value, or None."""
        answer: UsageEvent | None = self._answer("find", (project_id, occurred_at, usage_event_id))
        return answer

    def get_many(
        self, project_id: ProjectId, occurred_at: Instant, usage_event_ids: Sequence[UsageEventId]
    ) -> list[UsageEvent]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[UsageEvent] = self._answer("get_many", (project_id, occurred_at, usage_event_ids))
        return answer

    def exists(self, project_id: ProjectId, occurred_at: Instant, usage_event_id: UsageEventId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, occurred_at, usage_event_id))
        return answer

    def page(
        self,
        filter: UsageEventFilter,
        *,
        order: UsageEventOrder = "occurred_at,id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[UsageEvent]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[UsageEvent] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: UsageEventFilter, *, order: UsageEventOrder = "occurred_at,id") -> Iterator[UsageEvent]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: UsageEventFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewUsageEvent) -> UsageEvent:
        """Store a new row and return it as stored."""
        answer: UsageEvent = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewUsageEvent], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewUsageEvent], *, returning: Literal[True]) -> list[UsageEvent]: ...
    def create_many(self, new: Iterable[NewUsageEvent], *, returning: bool = False) -> int | list[UsageEvent]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[UsageEvent] = self._answer("create_many", (new, returning))
        return answer

    def append_many(self, events: Iterable[NewUsageEvent]) -> int:
        """Store events, all or none, and return how many were new: a redelivery adds nothing."""
        answer: int = self._answer("append_many", (events,))
        return answer

    def ensure_partitions(self, months_ahead: int) -> None:
        """Make partitions for this month and so many after it, where there are none yet.

        Events that came in before their partition move into it. For a role that owns the table.
        """
        self._answer("ensure_partitions", (months_ahead,))

    def totals(self, organization_id: OrganizationId, metric: str, from_: datetime, to: datetime) -> Decimal:
        """Return how much of a metric an organization used from a time on, up to another that is excluded."""
        answer: Decimal = self._answer("totals", (organization_id, metric, from_, to))
        return answer


class MockUsageEvents(MockBuilder[MockUsageEventRepository]):
    """Builds a mock of the repository of usage_events: `with_...` says what an operation does."""

    _entity = USAGE_EVENTS
    _interface = UsageEventTransactionRepository
    _made = MockUsageEventRepository

    def with_get(self, outcome: Outcome[UsageEvent, UsageEventGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[UsageEvent | None, UsageEventFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[UsageEvent], UsageEventGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, UsageEventExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[UsageEvent], UsageEventPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[UsageEvent], UsageEventIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, UsageEventCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[UsageEvent, UsageEventCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[UsageEvent], UsageEventCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_append_many(self, outcome: Outcome[int, UsageEventAppendManyStub]) -> Self:
        """Say what `append_many` does."""
        return self._with("append_many", outcome)

    def with_ensure_partitions(self, outcome: Outcome[None, UsageEventEnsurePartitionsStub]) -> Self:
        """Say what `ensure_partitions` does."""
        return self._with("ensure_partitions", outcome)

    def with_totals(self, outcome: Outcome[Decimal, UsageEventTotalsStub]) -> Self:
        """Say what `totals` does."""
        return self._with("totals", outcome)
