# Generated from widget_service/types/_async/reading.py by `dbkit generate`; edit that file instead.
# Generated from values and models by `dbkit generate`; edit those instead.
"""The interface of readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, overload

from dbkit.types.page import Page
from dbkit.types.value import Instant

from widget_service.types.calls.reading import ReadingOrder
from widget_service.types.reading import NewReading, Reading, ReadingFilter, ReadingId
from widget_service.types.store import StoreSlug

__all__ = ["ReadingRepository", "ReadingTransactionRepository"]


class ReadingRepository(Protocol):
    """The verbs of readings, each call a transaction of its own."""

    def get(self, store: StoreSlug, read_at: Instant, reading_id: ReadingId) -> Reading:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, store: StoreSlug, read_at: Instant, reading_id: ReadingId) -> Reading | None:
        """Return the live value, or None."""
        ...

    def get_many(self, store: StoreSlug, read_at: Instant, reading_ids: Sequence[ReadingId]) -> list[Reading]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, store: StoreSlug, read_at: Instant, reading_id: ReadingId) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self, filter: ReadingFilter, *, order: ReadingOrder = "read_at,id", limit: int = 50, after: str | None = None
    ) -> Page[Reading]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: ReadingFilter, *, order: ReadingOrder = "read_at,id") -> Iterator[Reading]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: ReadingFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewReading) -> Reading:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewReading], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewReading], *, returning: Literal[True]) -> list[Reading]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...


class ReadingTransactionRepository(ReadingRepository, Protocol):
    """The verbs of readings inside a transaction."""
