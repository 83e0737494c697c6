# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of usage_events."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.usage_event import UsageEventOrder
from dbkit.types.identifiers import OrganizationId, ProjectId, UsageEventId
from dbkit.types.usage_event import NewUsageEvent, UsageEventFilter
from dbkit.types.value import Instant

__all__ = [
    "UsageEventAppendManyCall",
    "UsageEventCalls",
    "UsageEventCountCall",
    "UsageEventCreateCall",
    "UsageEventCreateManyCall",
    "UsageEventEnsurePartitionsCall",
    "UsageEventExistsCall",
    "UsageEventFindCall",
    "UsageEventGetCall",
    "UsageEventGetManyCall",
    "UsageEventIterateCall",
    "UsageEventPageCall",
    "UsageEventTotalsCall",
]


class UsageEventGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "usage_events.get"

    project_id: ProjectId
    occurred_at: Instant
    usage_event_id: UsageEventId


class UsageEventFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "usage_events.find"

    project_id: ProjectId
    occurred_at: Instant
    usage_event_id: UsageEventId


class UsageEventGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "usage_events.get_many"

    project_id: ProjectId
    occurred_at: Instant
    usage_event_ids: tuple[UsageEventId, ...]


class UsageEventExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "usage_events.exists"

    project_id: ProjectId
    occurred_at: Instant
    usage_event_id: UsageEventId


class UsageEventPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "usage_events.page"

    filter: UsageEventFilter
    order: UsageEventOrder
    limit: int
    after: str | None


class UsageEventIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "usage_events.iterate"

    filter: UsageEventFilter
    order: UsageEventOrder


class UsageEventCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "usage_events.count"

    filter: UsageEventFilter


class UsageEventCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "usage_events.create"

    new: NewUsageEvent


class UsageEventCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "usage_events.create_many"

    new: tuple[NewUsageEvent, ...]
    returning: bool


class UsageEventAppendManyCall(Call):
    """A call of `append_many`."""

    called: ClassVar[str] = "usage_events.append_many"

    events: tuple[NewUsageEvent, ...]


class UsageEventEnsurePartitionsCall(Call):
    """A call of `ensure_partitions`."""

    called: ClassVar[str] = "usage_events.ensure_partitions"

    months_ahead: int


class UsageEventTotalsCall(Call):
    """A call of `totals`."""

    called: ClassVar[str] = "usage_events.totals"

    organization_id: OrganizationId
    metric: str
    from_: datetime
    to: datetime


class UsageEventCalls(Calls):
    """The calls of a mock of usage_events, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        UsageEventGetCall,
        UsageEventFindCall,
        UsageEventGetManyCall,
        UsageEventExistsCall,
        UsageEventPageCall,
        UsageEventIterateCall,
        UsageEventCountCall,
        UsageEventCreateCall,
        UsageEventCreateManyCall,
        UsageEventAppendManyCall,
        UsageEventEnsurePartitionsCall,
        UsageEventTotalsCall,
    )

    @property
    def get(self) -> tuple[UsageEventGetCall, ...]:
        """The calls of `get`."""
        return self._of(UsageEventGetCall)

    @property
    def find(self) -> tuple[UsageEventFindCall, ...]:
        """The calls of `find`."""
        return self._of(UsageEventFindCall)

    @property
    def get_many(self) -> tuple[UsageEventGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(UsageEventGetManyCall)

    @property
    def exists(self) -> tuple[UsageEventExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(UsageEventExistsCall)

    @property
    def page(self) -> tuple[UsageEventPageCall, ...]:
        """The calls of `page`."""
        return self._of(UsageEventPageCall)

    @property
    def iterate(self) -> tuple[UsageEventIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(UsageEventIterateCall)

    @property
    def count(self) -> tuple[UsageEventCountCall, ...]:
        """The calls of `count`."""
        return self._of(UsageEventCountCall)

    @property
    def create(self) -> tuple[UsageEventCreateCall, ...]:
        """The calls of `create`."""
        return self._of(UsageEventCreateCall)

    @property
    def create_many(self) -> tuple[UsageEventCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(UsageEventCreateManyCall)

    @property
    def append_many(self) -> tuple[UsageEventAppendManyCall, ...]:
        """The calls of `append_many`."""
        return self._of(UsageEventAppendManyCall)

    @property
    def ensure_partitions(self) -> tuple[UsageEventEnsurePartitionsCall, ...]:
        """The calls of `ensure_partitions`."""
        return self._of(UsageEventEnsurePartitionsCall)

    @property
    def totals(self) -> tuple[UsageEventTotalsCall, ...]:
        """The calls of `totals`."""
        return self._of(UsageEventTotalsCall)
