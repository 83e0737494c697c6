# Generated from dbkit/mock/_async/audit_event.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of audit_events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.audit_event import AuditEventCalls
from dbkit.models.audit_event import AUDIT_EVENTS
from dbkit.types._sync.audit_event import AuditEventTransactionRepository
from dbkit.types.audit_event import ActorType, AuditEvent, AuditEventFilter, NewAuditEvent
from dbkit.types.calls.audit_event import AuditEventOrder
from dbkit.types.identifiers import AuditEventId, OrganizationId, ProjectId
from dbkit.types.page import Page
from dbkit.types.value import JsonObject

__all__ = ["MockAuditEventRepository", "MockAuditEvents"]


class AuditEventGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, organization_id: OrganizationId, audit_event_id: AuditEventId) -> Result[AuditEvent]: ...


class AuditEventFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, organization_id: OrganizationId, audit_event_id: AuditEventId) -> Result[AuditEvent | None]: ...


class AuditEventGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, organization_id: OrganizationId, audit_event_ids: tuple[AuditEventId, ...]
    ) -> Result[list[AuditEvent]]: ...


class AuditEventExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, organization_id: OrganizationId, audit_event_id: AuditEventId) -> Result[bool]: ...


class AuditEventPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: AuditEventFilter, *, order: AuditEventOrder, limit: int, after: str | None
    ) -> Result[Page[AuditEvent]]: ...


class AuditEventIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: AuditEventFilter, *, order: AuditEventOrder) -> Items[AuditEvent]: ...


class AuditEventCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: AuditEventFilter) -> Result[int]: ...


class AuditEventCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewAuditEvent) -> Result[AuditEvent]: ...


class AuditEventCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewAuditEvent, ...], *, returning: bool) -> Result[int | list[AuditEvent]]: ...


class AuditEventTrailStub(Protocol):
    """What may answer for `trail`."""

    def __call__(
        self, organization_id: OrganizationId, entity: str, entity_id: str, *, limit: int, after: str | None
    ) -> Result[Page[AuditEvent]]: ...


class AuditEventRecordStub(Protocol):
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
    ) -> Result[AuditEvent]: ...


class MockAuditEventRepository(MockRepository):
    """A repository of audit_events that does what its stubs say."""

    @property
    def calls(self) -> AuditEventCalls:
        """The calls so far."""
        return AuditEventCalls(self._book.log)

    def get(self, organization_id: OrganizationId, audit_event_id: AuditEventId) -> AuditEvent:
        """Return the live value, or raise `NotFound`."""
        answer: AuditEvent = self._answer("get", (organization_id, audit_event_id))
        return answer

    def find(self, organization_id: OrganizationId, audit_event_id: AuditEventId) -> AuditEvent | None:
        """Return the live value, or None."""
        answer: AuditEvent | None = self._answer("find", (organization_id, audit_event_id))
        return answer

    def get_many(self, organization_id: OrganizationId, audit_event_ids: Sequence[AuditEventId]) -> list[AuditEvent]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[AuditEvent] = self._answer("get_many", (organization_id, audit_event_ids))
        return answer

    def exists(self, organization_id: OrganizationId, audit_event_id: AuditEventId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (organization_id, audit_event_id))
        return answer

    def page(
        self, filter: AuditEventFilter, *, order: AuditEventOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[AuditEvent]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[AuditEvent] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: AuditEventFilter, *, order: AuditEventOrder = "id") -> Iterator[AuditEvent]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: AuditEventFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewAuditEvent) -> AuditEvent:
        """Store a new row and return it as stored."""
        answer: AuditEvent = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewAuditEvent], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewAuditEvent], *, returning: Literal[True]) -> list[AuditEvent]: ...
    def create_many(self, new: Iterable[NewAuditEvent], *, returning: bool = False) -> int | list[AuditEvent]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[AuditEvent] = self._answer("create_many", (new, returning))
        return answer

    def trail(
        self, organization_id: OrganizationId, entity: str, entity_id: str, *, limit: int = 50, after: str | None = None
    ) -> Page[AuditEvent]:
        """Return what was done to one row, newest first, up to `limit` events from the cursor on."""
        answer: Page[AuditEvent] = self._answer("trail", (organization_id, entity, entity_id, limit, after))
        return answer

    def record(
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
        answer: AuditEvent = self._answer(
            "record", (organization_id, actor_type, action, entity, entity_id, actor_id, project_id, changes)
        )
        return answer


class MockAuditEvents(MockBuilder[MockAuditEventRepository]):
    """Builds a mock of the repository of audit_events: `with_...` says what an operation does."""

    _entity = AUDIT_EVENTS
    _interface = AuditEventTransactionRepository
    _made = MockAuditEventRepository

    def with_get(self, outcome: Outcome[AuditEvent, AuditEventGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[AuditEvent | None, AuditEventFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[AuditEvent], AuditEventGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AuditEventExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[AuditEvent], AuditEventPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[AuditEvent], AuditEventIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AuditEventCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[AuditEvent, AuditEventCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[AuditEvent], AuditEventCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_trail(self, outcome: Outcome[Page[AuditEvent], AuditEventTrailStub]) -> Self:
        """Say what `trail` does."""
        return self._with("trail", outcome)

    def with_record(self, outcome: Outcome[AuditEvent, AuditEventRecordStub]) -> Self:
        """Say what `record` does."""
        return self._with("record", outcome)
