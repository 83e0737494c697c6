# Generated from values and models by `dbkit generate`; edit those instead.
"""Records of calls to mocks of readings."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.value import Instant

from widget_service.types.calls.reading import ReadingOrder
from widget_service.types.reading import NewReading, ReadingFilter, ReadingId
from widget_service.types.store import StoreSlug

__all__ = [
    "ReadingCalls",
    "ReadingCountCall",
    "ReadingCreateCall",
    "ReadingCreateManyCall",
    "ReadingExistsCall",
    "ReadingFindCall",
    "ReadingGetCall",
    "ReadingGetManyCall",
    "ReadingIterateCall",
    "ReadingPageCall",
]


class ReadingGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "readings.get"

    store: StoreSlug
    read_at: Instant
    reading_id: ReadingId


class ReadingFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "readings.find"

    store: StoreSlug
    read_at: Instant
    reading_id: ReadingId


class ReadingGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "readings.get_many"

    store: StoreSlug
    read_at: Instant
    reading_ids: tuple[ReadingId, ...]


class ReadingExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "readings.exists"

    store: StoreSlug
    read_at: Instant
    reading_id: ReadingId


class ReadingPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "readings.page"

    filter: ReadingFilter
    order: ReadingOrder
    limit: int
    after: str | None


class ReadingIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "readings.iterate"

    filter: ReadingFilter
    order: ReadingOrder


class ReadingCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "readings.count"

    filter: ReadingFilter


class ReadingCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "readings.create"

    new: NewReading


class ReadingCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "readings.create_many"

    new: tuple[NewReading, ...]
    returning: bool


class ReadingCalls(Calls):
    """The calls of a mock of readings, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        ReadingGetCall,
        ReadingFindCall,
        ReadingGetManyCall,
        ReadingExistsCall,
        ReadingPageCall,
        ReadingIterateCall,
        ReadingCountCall,
        ReadingCreateCall,
        ReadingCreateManyCall,
    )

    @property
    def get(self) -> tuple[ReadingGetCall, ...]:
        """The calls of `get`."""
        return self._of(ReadingGetCall)

    @property
    def find(self) -> tuple[ReadingFindCall, ...]:
        """The calls of `find`."""
        return self._of(ReadingFindCall)

    @property
    def get_many(self) -> tuple[ReadingGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(ReadingGetManyCall)

    @property
    def exists(self) -> tuple[ReadingExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(ReadingExistsCall)

    @property
    def page(self) -> tuple[ReadingPageCall, ...]:
        """The calls of `page`."""
        return self._of(ReadingPageCall)

    @property
    def iterate(self) -> tuple[ReadingIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(ReadingIterateCall)

    @property
    def count(self) -> tuple[ReadingCountCall, ...]:
        """The calls of `count`."""
        return self._of(ReadingCountCall)

    @property
    def create(self) -> tuple[ReadingCreateCall, ...]:
        """The calls of `create`."""
        return self._of(ReadingCreateCall)

    @property
    def create_many(self) -> tuple[ReadingCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(ReadingCreateManyCall)
