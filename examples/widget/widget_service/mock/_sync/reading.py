# Generated from widget_service/mock/_async/reading.py by `dbkit generate`; edit that file instead.
# Generated from values and models by `dbkit generate`; edit those instead.
"""Mocks of readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.types.page import Page
from dbkit.types.value import Instant

from widget_service.mock.calls.reading import ReadingCalls
from widget_service.models.reading import READINGS
from widget_service.types._sync.reading import ReadingTransactionRepository
from widget_service.types.calls.reading import ReadingOrder
from widget_service.types.reading import NewReading, Reading, ReadingFilter, ReadingId
from widget_service.types.store import StoreSlug

__all__ = ["MockReadingRepository", "MockReadings"]


class ReadingGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, store: StoreSlug, read_at: Instant, reading_id: ReadingId) -> Result[Reading]: ...


class ReadingFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, store: StoreSlug, read_at: Instant, reading_id: ReadingId) -> Result[Reading | None]: ...


class ReadingGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, store: StoreSlug, read_at: Instant, reading_ids: tuple[ReadingId, ...]
    ) -> Result[list[Reading]]: ...


class ReadingExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, store: StoreSlug, read_at: Instant, reading_id: ReadingId) -> Result[bool]: ...


class ReadingPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ReadingFilter, *, order: ReadingOrder, limit: int, after: str | None
    ) -> Result[Page[Reading]]: ...


class ReadingIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ReadingFilter, *, order: ReadingOrder) -> Items[Reading]: ...


class ReadingCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ReadingFilter) -> Result[int]: ...


class ReadingCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewReading) -> Result[Reading]: ...


class ReadingCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewReading, ...], *, returning: bool) -> Result[int | list[Reading]]: ...


class MockReadingRepository(MockRepository):
    """A repository of readings that does what its stubs say."""

    @property
    def calls(self) -> ReadingCalls:
        """The calls so far."""
        return ReadingCalls(self._book.log)

    def get(self, store: StoreSlug, read_at: Instant, reading_id: ReadingId) -> Reading:
        """Return the live value, or raise `NotFound`."""
        answer: Reading = self._answer("get", (store, read_at, reading_id))
        return answer

    def find(self, store: StoreSlug, read_at: Instant, reading_id: ReadingId) -> Reading | None:
        """Return the live value, or None."""
        answer: Reading | None = self._answer("find", (store, read_at, reading_id))
        return answer

    def get_many(self, store: StoreSlug, read_at: Instant, reading_ids: Sequence[ReadingId]) -> list[Reading]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Reading] = self._answer("get_many", (store, read_at, reading_ids))
        return answer

    def exists(self, store: StoreSlug, read_at: Instant, reading_id: ReadingId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (store, read_at, reading_id))
        return answer

    def page(
        self, filter: ReadingFilter, *, order: ReadingOrder = "read_at,id", limit: int = 50, after: str | None = None
    ) -> Page[Reading]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Reading] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: ReadingFilter, *, order: ReadingOrder = "read_at,id") -> Iterator[Reading]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: ReadingFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewReading) -> Reading:
        """Store a new row and return it as stored."""
        answer: Reading = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewReading], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewReading], *, returning: Literal[True]) -> list[Reading]: ...
    def create_many(self, new: Iterable[NewReading], *, returning: bool = False) -> int | list[Reading]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Reading] = self._answer("create_many", (new, returning))
        return answer


class MockReadings(MockBuilder[MockReadingRepository]):
    """Builds a mock of the repository of readings: `with_...` says what an operation does."""

    _entity = READINGS
    _interface = ReadingTransactionRepository
    _made = MockReadingRepository

    def with_get(self, outcome: Outcome[Reading, ReadingGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Reading | None, ReadingFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Reading], ReadingGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, ReadingExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Reading], ReadingPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Reading], ReadingIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, ReadingCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Reading, ReadingCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Reading], ReadingCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)
