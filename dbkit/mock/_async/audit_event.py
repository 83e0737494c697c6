# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of audit_events."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.audit_event import AuditEventCalls
from dbkit.models.audit_event import AUDIT_EVENTS
from dbkit.types._async.audit_event import AsyncAuditEventTransactionRepository
from dbkit.types.audit_event import ActorType, AuditEvent, AuditEventFilter, NewAuditEvent
from dbkit.types.calls.audit_event import AuditEventOrder
from dbkit.types.identifiers import AuditEventId, OrganizationId, ProjectId
from dbkit.types.page import Page
from dbkit.types.value import JsonObject

__all__ = ["AsyncMockAuditEventRepository", "AsyncMockAuditEvents"]


class AsyncAuditEventGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, organization_id: OrganizationId, audit_event_id: AuditEventId) -> AsyncResult[AuditEvent]: ...


class AsyncAuditEventFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, organization_id: OrganizationId, audit_event_id: AuditEventId
    ) -> AsyncResult[AuditEvent | None]: ...


class AsyncAuditEventGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, organization_id: OrganizationId, audit_event_ids: tuple[AuditEventId, ...]
    ) -> AsyncResult[list[AuditEvent]]: ...


class AsyncAuditEventExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, organization_id: OrganizationId, audit_event_id: AuditEventId) -> AsyncResult[bool]: ...


class AsyncAuditEventPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: AuditEventFilter, *, order: AuditEventOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[AuditEvent]]: ...


class AsyncAuditEventIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: AuditEventFilter, *, order: AuditEventOrder) -> AsyncItems[AuditEvent]: ...


class AsyncAuditEventCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: AuditEventFilter) -> AsyncResult[int]: ...


class AsyncAuditEventCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewAuditEvent) -> AsyncResult[AuditEvent]: ...


class AsyncAuditEventCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewAuditEvent, ...], *, returning: bool) -> AsyncResult[int | list[AuditEvent]]: ...


class AsyncAuditEventTrailStub(Protocol):
    """What may answer for `trail`."""

    def __call__(
        self, organization_id: OrganizationId, entity: str, entity_id: str, *, limit: int, after: str | None
    ) -> AsyncResult[Page[AuditEvent]]: ...


class AsyncAuditEventRecordStub(Protocol):
    """What may answer for `record`."""

    def __call__(
        self,
        organization_id: OrganizationId,
        *,
        actor_type: ActorType,
        action: str,
        entity: str,
        entity_id: str,
        actor_id: str | None,
        project_id: ProjectId | None,
        changes: JsonObject | None,
    ) -> AsyncResult[AuditEvent]: ...


class AsyncMockAuditEventRepository(AsyncMockRepository):
    """A repository of audit_events that does what its stubs say."""

    @property
    def calls(self) -> AuditEventCalls:
        """The calls so far."""
        return AuditEventCalls(self._book.log)

    async def get(self, organization_id: OrganizationId, audit_event_id: AuditEventId) -> AuditEvent:
        """Return the live value, or raise `NotFound`."""
        answer: AuditEvent = await self._answer("get", (organization_id, audit_event_id))
        return answer

    async def find(self, organization_id: OrganizationId, audit_event_id: AuditEventId) -> AuditEvent | None:
        """Return the live value, or None."""
        answer: AuditEvent | None = await self._answer("find", (organization_id, audit_event_id))
        return answer

    async def get_many(
        self, organization_id: OrganizationId, audit_event_ids: Sequence[AuditEventId]
    ) -> list[AuditEvent]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[AuditEvent] = await self._answer("get_many", (organization_id, audit_event_ids))
        return answer

    async def exists(self, organization_id: OrganizationId, audit_event_id: AuditEventId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (organization_id, audit_event_id))
        return answer

    async def page(
        self, filter: AuditEventFilter, *, order: AuditEventOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[AuditEvent]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[AuditEvent] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: AuditEventFilter, *, order: AuditEventOrder = "id") -> AsyncIterator[AuditEvent]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: AuditEventFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewAuditEvent) -> AuditEvent:
        """Store a new row and return it as stored."""
        answer: AuditEvent = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewAuditEvent], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewAuditEvent], *, returning: Literal[True]) -> list[AuditEvent]: ...
    async def create_many(self, new: Iterable[NewAuditEvent], *, returning: bool = False) -> int | list[AuditEvent]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[AuditEvent] = await self._answer("create_many", (new, returning))
        return answer

    async def trail(
        self, organization_id: OrganizationId, entity: str, entity_id: str, *, limit: int = 50, after: str | None = None
    ) -> Page[AuditEvent]:
        """Return what was done to one row, newest first, up to `limit` events from the cursor on."""
        answer: Page[AuditEvent] = await self._answer("trail", (organization_id, entity, entity_id, limit, after))
        return answer

    async def record(
        self,
        organization_id: OrganizationId,
        *,
        actor_type: ActorType,
        action: str,
        entity: str,
        entity_id: str,
        actor_id: str | None = None,
        project_id: ProjectId | None = None,
        changes: JsonObject | None = None,
    ) -> AuditEvent:
        """Store who did what to which row, in the transaction of the change that it tells of."""
        answer: AuditEvent = await self._answer(
            "record", (organization_id, actor_type, action, entity, entity_id, actor_id, project_id, changes)
        )
        return answer


class AsyncMockAuditEvents(AsyncMockBuilder[AsyncMockAuditEventRepository]):
    """Builds a mock of the repository of audit_events: `with_...` says what an operation does."""

    _entity = AUDIT_EVENTS
    _interface = AsyncAuditEventTransactionRepository
    _made = AsyncMockAuditEventRepository

    def with_get(self, outcome: Outcome[AuditEvent, AsyncAuditEventGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[AuditEvent | None, AsyncAuditEventFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[AuditEvent], AsyncAuditEventGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncAuditEventExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[AuditEvent], AsyncAuditEventPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[AuditEvent], AsyncAuditEventIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncAuditEventCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[AuditEvent, AsyncAuditEventCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[AuditEvent], AsyncAuditEventCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_trail(self, outcome: Outcome[Page[AuditEvent], AsyncAuditEventTrailStub]) -> Self:
        """Say what `trail` does."""
        return self._with("trail", outcome)

    def with_record(self, outcome: Outcome[AuditEvent, AsyncAuditEventRecordStub]) -> Self:
        """Say what `record` does."""
        return self._with("record", outcome)
