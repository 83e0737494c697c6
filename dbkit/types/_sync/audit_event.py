# Generated from dbkit/types/_async/audit_event.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of audit_events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, overload

from dbkit.types.audit_event import ActorType, AuditEvent, AuditEventFilter, NewAuditEvent
from dbkit.types.calls.audit_event import AuditEventOrder
from dbkit.types.identifiers import AuditEventId, OrganizationId, ProjectId
from dbkit.types.page import Page
from dbkit.types.value import JsonObject

__all__ = ["AuditEventRepository", "AuditEventTransactionRepository"]


class AuditEventRepository(Protocol):
    """The verbs of audit_events, each call a transaction of its own."""

    def get(self, organization_id: OrganizationId, audit_event_id: AuditEventId) -> AuditEvent:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, organization_id: OrganizationId, audit_event_id: AuditEventId) -> AuditEvent | None:
        """Return the live value, or None."""
        ...

    def get_many(self, organization_id: OrganizationId, audit_event_ids: Sequence[AuditEventId]) -> list[AuditEvent]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, organization_id: OrganizationId, audit_event_id: AuditEventId) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self, filter: AuditEventFilter, *, order: AuditEventOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[AuditEvent]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: AuditEventFilter, *, order: AuditEventOrder = "id") -> Iterator[AuditEvent]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: AuditEventFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewAuditEvent) -> AuditEvent:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewAuditEvent], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewAuditEvent], *, returning: Literal[True]) -> list[AuditEvent]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def trail(
        self, organization_id: OrganizationId, entity: str, entity_id: str, *, limit: int = 50, after: str | None = None
    ) -> Page[AuditEvent]:
        """Return what was done to one row, newest first, up to `limit` events from the cursor on."""
        ...


class AuditEventTransactionRepository(AuditEventRepository, Protocol):
    """The verbs of audit_events inside a transaction."""

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
        ...
