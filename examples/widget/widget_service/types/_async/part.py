# Generated from values and models by `dbkit generate`; edit those instead.
"""The interface of parts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.value import Integer

from widget_service.types.calls.part import PartChanges, PartOrder, PartUniqueKey
from widget_service.types.part import NewPart, Part, PartFilter
from widget_service.types.store import StoreSlug
from widget_service.types.widget import WidgetId

__all__ = ["AsyncPartRepository", "AsyncPartTransactionRepository"]


class AsyncPartRepository(Protocol):
    """The verbs of parts, each call a transaction of its own."""

    async def get(self, store: StoreSlug, widget_id: WidgetId, number: Integer) -> Part:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, store: StoreSlug, widget_id: WidgetId, number: Integer) -> Part | None:
        """Return the live value, or None."""
        ...

    async def get_many(self, store: StoreSlug, widget_id: WidgetId, numbers: Sequence[Integer]) -> list[Part]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, store: StoreSlug, widget_id: WidgetId, number: Integer) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self, filter: PartFilter, *, order: PartOrder = "widget_id,number", limit: int = 50, after: str | None = None
    ) -> Page[Part]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: PartFilter, *, order: PartOrder = "widget_id,number") -> AsyncIterator[Part]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: PartFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewPart) -> Part:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewPart], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewPart], *, returning: Literal[True]) -> list[Part]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(
        self, store: StoreSlug, widget_id: WidgetId, number: Integer, **changes: Unpack[PartChanges]
    ) -> Part:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    async def upsert(self, new: NewPart, *, on: PartUniqueKey) -> Upserted[Part]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(self, store: StoreSlug, widget_id: WidgetId, number: Integer) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...


class AsyncPartTransactionRepository(AsyncPartRepository, Protocol):
    """The verbs of parts inside a transaction."""

    @overload
    async def lock(
        self,
        store: StoreSlug,
        widget_id: WidgetId,
        number: Integer,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Part:
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
        number: Integer,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Part | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
