# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of outbox_events."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.outbox_event import OutboxEventChanges, OutboxEventOrder
from dbkit.types.identifiers import OutboxEventId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.outbox_event import NewOutboxEvent, OutboxEvent, OutboxEventFilter, OutboxTopic
from dbkit.types.page import Page
from dbkit.types.value import JsonObject

__all__ = ["AsyncOutboxEventRepository", "AsyncOutboxEventTransactionRepository"]


class AsyncOutboxEventRepository(Protocol):
    """The verbs of outbox_events, each call a transaction of its own."""

    async def get(self, outbox_event_id: OutboxEventId) -> OutboxEvent:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, outbox_event_id: OutboxEventId) -> OutboxEvent | None:
        """Return the live value, or None."""
        ...

    async def get_many(self, outbox_event_ids: Sequence[OutboxEventId]) -> list[OutboxEvent]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, outbox_event_id: OutboxEventId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self,
        filter: OutboxEventFilter | None = None,
        *,
        order: OutboxEventOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[OutboxEvent]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(
        self, filter: OutboxEventFilter | None = None, *, order: OutboxEventOrder = "id"
    ) -> AsyncIterator[OutboxEvent]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: OutboxEventFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewOutboxEvent) -> OutboxEvent:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewOutboxEvent], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewOutboxEvent], *, returning: Literal[True]) -> list[OutboxEvent]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(self, outbox_event_id: OutboxEventId, **changes: Unpack[OutboxEventChanges]) -> OutboxEvent:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    async def delete(self, outbox_event_id: OutboxEventId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    async def mark_published(self, outbox_event_ids: Sequence[OutboxEventId]) -> int:
        """Note that events have been sent, and return how many were still pending; a second time changes nothing."""
        ...

    async def mark_failed(
        self, outbox_event_id: OutboxEventId, error: str, available_at: datetime
    ) -> OutboxEvent | None:
        """Note why a pending event was not sent, and when to try again; None for one that is published or gone."""
        ...

    async def purge_published(self, before: datetime, limit: int) -> int:
        """Delete up to `limit` events that were published before this time, the oldest first; return how many."""
        ...


class AsyncOutboxEventTransactionRepository(AsyncOutboxEventRepository, Protocol):
    """The verbs of outbox_events inside a transaction."""

    @overload
    async def lock(
        self,
        outbox_event_id: OutboxEventId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> OutboxEvent:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        outbox_event_id: OutboxEventId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> OutboxEvent | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

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
        ...

    async def claim(self, limit: int) -> list[OutboxEvent]:
        """Return up to `limit` pending events that are due, by id, and hold them until the transaction ends.

        Events that another relay holds are left out.
        """
        ...
