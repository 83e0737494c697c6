# Generated from values and models by `dbkit generate`; edit those instead.
"""The interface of widgets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

from widget_service.types.calls.widget import WidgetChanges, WidgetOrder, WidgetUniqueKey
from widget_service.types.store import StoreSlug
from widget_service.types.widget import NewWidget, Widget, WidgetFilter, WidgetId

__all__ = ["AsyncWidgetRepository", "AsyncWidgetTransactionRepository"]


class AsyncWidgetRepository(Protocol):
    """The verbs of widgets, each call a transaction of its own."""

    async def get(self, store: StoreSlug, widget_id: WidgetId) -> Widget:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, store: StoreSlug, widget_id: WidgetId) -> Widget | None:
        """Return the live value, or None."""
        ...

    async def get_many(self, store: StoreSlug, widget_ids: Sequence[WidgetId]) -> list[Widget]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, store: StoreSlug, widget_id: WidgetId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self, filter: WidgetFilter, *, order: WidgetOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Widget]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: WidgetFilter, *, order: WidgetOrder = "id") -> AsyncIterator[Widget]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: WidgetFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewWidget) -> Widget:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewWidget], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewWidget], *, returning: Literal[True]) -> list[Widget]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(
        self, store: StoreSlug, widget_id: WidgetId, *, expected_version: int, **changes: Unpack[WidgetChanges]
    ) -> Widget:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        ...

    async def upsert(self, new: NewWidget, *, on: WidgetUniqueKey) -> Upserted[Widget]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(self, store: StoreSlug, widget_id: WidgetId, *, expected_version: int | None = None) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        ...

    async def restore(self, store: StoreSlug, widget_id: WidgetId) -> Widget:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        ...

    async def purge(self, store: StoreSlug, widget_id: WidgetId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        ...


class AsyncWidgetTransactionRepository(AsyncWidgetRepository, Protocol):
    """The verbs of widgets inside a transaction."""

    @overload
    async def lock(
        self,
        store: StoreSlug,
        widget_id: WidgetId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Widget:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        store: StoreSlug,
        widget_id: WidgetId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Widget | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
