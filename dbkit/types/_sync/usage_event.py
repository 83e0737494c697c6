# Generated from dbkit/types/_async/usage_event.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of usage_events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Literal, Protocol, overload

from dbkit.types.calls.usage_event import UsageEventOrder
from dbkit.types.identifiers import OrganizationId, ProjectId, UsageEventId
from dbkit.types.page import Page
from dbkit.types.usage_event import NewUsageEvent, UsageEvent, UsageEventFilter
from dbkit.types.value import Instant

__all__ = ["UsageEventRepository", "UsageEventTransactionRepository"]


class UsageEventRepository(Protocol):
    """The verbs of usage_events, each call a transaction of its own."""

    def get(self, project_id: ProjectId, occurred_at: Instant, usage_event_id: UsageEventId) -> UsageEvent:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, project_id: ProjectId, occurred_at: Instant, usage_event_id: UsageEventId) -> UsageEvent | None:
        """Return the live value, or None."""
        ...

    def get_many(
        self, project_id: ProjectId, occurred_at: Instant, usage_event_ids: Sequence[UsageEventId]
    ) -> list[UsageEvent]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, project_id: ProjectId, occurred_at: Instant, usage_event_id: UsageEventId) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self,
        filter: UsageEventFilter,
        *,
        order: UsageEventOrder = "occurred_at,id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[UsageEvent]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: UsageEventFilter, *, order: UsageEventOrder = "occurred_at,id") -> Iterator[UsageEvent]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: UsageEventFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewUsageEvent) -> UsageEvent:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewUsageEvent], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewUsageEvent], *, returning: Literal[True]) -> list[UsageEvent]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def append_many(self, events: Iterable[NewUsageEvent]) -> int:
        """Store events, all or none, and return how many were new: a redelivery adds nothing."""
        ...

    def ensure_partitions(self, months_ahead: int) -> None:
        """Make partitions for this month and so many after it, where there are none yet.

        Events that came in before their partition move into it. For a role that owns the table.
        """
        ...

    def totals(self, organization_id: OrganizationId, metric: str, from_: datetime, to: datetime) -> Decimal:
        """Return how much of a metric an organization used from a time on, up to another that is excluded."""
        ...


class UsageEventTransactionRepository(UsageEventRepository, Protocol):
    """The verbs of usage_events inside a transaction."""
