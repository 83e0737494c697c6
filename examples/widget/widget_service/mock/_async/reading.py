# Generated from values and models by `dbkit generate`; edit those instead.
"""Mocks of readings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.types.page import Page
from dbkit.types.value import Instant

from widget_service.mock.calls.reading import ReadingCalls
from widget_service.models.reading import READINGS
from widget_service.types._async.reading import AsyncReadingTransactionRepository
from widget_service.types.calls.reading import ReadingOrder
from widget_service.types.reading import NewReading, Reading, ReadingFilter, ReadingId
from widget_service.types.store import StoreSlug

__all__ = ["AsyncMockReadingRepository", "AsyncMockReadings"]


class AsyncReadingGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, store: StoreSlug, read_at: Instant, reading_id: ReadingId) -> AsyncResult[Reading]: ...


class AsyncReadingFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, store: StoreSlug, read_at: Instant, reading_id: ReadingId) -> AsyncResult[Reading | None]: ...


class AsyncReadingGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, store: StoreSlug, read_at: Instant, reading_ids: tuple[ReadingId, ...]
    ) -> AsyncResult[list[Reading]]: ...


class AsyncReadingExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, store: StoreSlug, read_at: Instant, reading_id: ReadingId) -> AsyncResult[bool]: ...


class AsyncReadingPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ReadingFilter, *, order: ReadingOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Reading]]: ...


class AsyncReadingIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ReadingFilter, *, order: ReadingOrder) -> AsyncItems[Reading]: ...


class AsyncReadingCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ReadingFilter) -> AsyncResult[int]: ...


class AsyncReadingCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewReading) -> AsyncResult[Reading]: ...


class AsyncReadingCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewReading, ...], *, returning: bool) -> AsyncResult[int | list[Reading]]: ...


class AsyncMockReadingRepository(AsyncMockRepository):
    """A repository of readings that does what its stubs say."""

    @property
    def calls(self) -> ReadingCalls:
        """The calls so far."""
        return ReadingCalls(self._book.log)

    async def get(self, store: StoreSlug, read_at: Instant, reading_id: ReadingId) -> Reading:
        """Return the live value, or raise `NotFound`."""
        answer: Reading = await self._answer("get", (store, read_at, reading_id))
        return answer

    async def find(self, store: StoreSlug, read_at: Instant, reading_id: ReadingId) -> Reading | None:
        """Return the live value, or None."""
        answer: Reading | None = await self._answer("find", (store, read_at, reading_id))
        return answer

    async def get_many(self, store: StoreSlug, read_at: Instant, reading_ids: Sequence[ReadingId]) -> list[Reading]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Reading] = await self._answer("get_many", (store, read_at, reading_ids))
        return answer

    async def exists(self, store: StoreSlug, read_at: Instant, reading_id: ReadingId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (store, read_at, reading_id))
        return answer

    async def page(
        self, filter: ReadingFilter, *, order: ReadingOrder = "read_at,id", limit: int = 50, after: str | None = None
    ) -> Page[Reading]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Reading] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: ReadingFilter, *, order: ReadingOrder = "read_at,id") -> AsyncIterator[Reading]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: ReadingFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewReading) -> Reading:
        """Store a new row and return it as stored."""
        answer: Reading = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewReading], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewReading], *, returning: Literal[True]) -> list[Reading]: ...
    async def create_many(self, new: Iterable[NewReading], *, returning: bool = False) -> int | list[Reading]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Reading] = await self._answer("create_many", (new, returning))
        return answer


class AsyncMockReadings(AsyncMockBuilder[AsyncMockReadingRepository]):
    """Builds a mock of the repository of readings: `with_...` says what an operation does."""

    _entity = READINGS
    _interface = AsyncReadingTransactionRepository
    _made = AsyncMockReadingRepository

    def with_get(self, outcome: Outcome[Reading, AsyncReadingGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Reading | None, AsyncReadingFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Reading], AsyncReadingGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncReadingExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Reading], AsyncReadingPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Reading], AsyncReadingIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncReadingCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Reading, AsyncReadingCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Reading], AsyncReadingCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)
