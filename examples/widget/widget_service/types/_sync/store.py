# Generated from widget_service/types/_async/store.py by `dbkit generate`; edit that file instead.
# Generated from values and models by `dbkit generate`; edit those instead.
"""The interface of stores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

from widget_service.types.calls.store import StoreChanges, StoreOrder, StoreUniqueKey
from widget_service.types.store import NewStore, Store, StoreFilter, StoreSlug

__all__ = ["StoreRepository", "StoreTransactionRepository"]


class StoreRepository(Protocol):
    """The verbs of stores, each call a transaction of its own."""

    def get(self, slug: StoreSlug) -> Store:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, slug: StoreSlug) -> Store | None:
        """Return the live value, or None."""
        ...

    def get_many(self, slugs: Sequence[StoreSlug]) -> list[Store]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, slug: StoreSlug) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self,
        filter: StoreFilter | None = None,
        *,
        order: StoreOrder = "slug",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Store]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: StoreFilter | None = None, *, order: StoreOrder = "slug") -> Iterator[Store]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: StoreFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewStore) -> Store:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewStore], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewStore], *, returning: Literal[True]) -> list[Store]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(self, slug: StoreSlug, **changes: Unpack[StoreChanges]) -> Store:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewStore, *, on: StoreUniqueKey) -> Upserted[Store]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(self, slug: StoreSlug) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...


class StoreTransactionRepository(StoreRepository, Protocol):
    """The verbs of stores inside a transaction."""

    @overload
    def lock(
        self,
        slug: StoreSlug,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Store:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    def lock(
        self,
        slug: StoreSlug,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Store | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
