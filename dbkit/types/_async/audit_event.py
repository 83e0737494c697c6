# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of audit_events."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, overload

from dbkit.types.audit_event import AuditEvent, AuditEventFilter, NewAuditEvent
from dbkit.types.calls.audit_event import AuditEventOrder
from dbkit.types.identifiers import AuditEventId, OrganizationId
from dbkit.types.page import Page

__all__ = ["AsyncAuditEventRepository", "AsyncAuditEventTransactionRepository"]


class AsyncAuditEventRepository(Protocol):
    """The verbs of audit_events, each call a transaction of its own."""

    async def get(self, organization_id: OrganizationId, audit_event_id: AuditEventId) -> AuditEvent:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, organization_id: OrganizationId, audit_event_id: AuditEventId) -> AuditEvent | None:
        """Return the live value, or None."""
        ...

    async def get_many(
        self, organization_id: OrganizationId, audit_event_ids: Sequence[AuditEventId]
    ) -> list[AuditEvent]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, organization_id: OrganizationId, audit_event_id: AuditEventId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self, filter: AuditEventFilter, *, order: AuditEventOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[AuditEvent]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: AuditEventFilter, *, order: AuditEventOrder = "id") -> AsyncIterator[AuditEvent]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: AuditEventFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewAuditEvent) -> AuditEvent:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewAuditEvent], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewAuditEvent], *, returning: Literal[True]) -> list[AuditEvent]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...


class AsyncAuditEventTransactionRepository(AsyncAuditEventRepository, Protocol):
    """The verbs of audit_events inside a transaction."""
