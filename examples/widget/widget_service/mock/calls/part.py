# Generated from values and models by `dbkit generate`; edit those instead.
"""Records of calls to mocks of parts."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.lock import LockStrength
from dbkit.types.value import Integer

from widget_service.types.calls.part import PartChanges, PartOrder, PartUniqueKey
from widget_service.types.part import NewPart, PartFilter
from widget_service.types.store import StoreSlug
from widget_service.types.widget import WidgetId

__all__ = [
    "PartCalls",
    "PartCountCall",
    "PartCreateCall",
    "PartCreateManyCall",
    "PartDeleteCall",
    "PartExistsCall",
    "PartFindCall",
    "PartGetCall",
    "PartGetManyCall",
    "PartIterateCall",
    "PartLockCall",
    "PartPageCall",
    "PartUpdateCall",
    "PartUpsertCall",
]


class PartGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "parts.get"

    store: StoreSlug
    widget_id: WidgetId
    number: Integer


class PartFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "parts.find"

    store: StoreSlug
    widget_id: WidgetId
    number: Integer


class PartGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "parts.get_many"

    store: StoreSlug
    widget_id: WidgetId
    numbers: tuple[Integer, ...]


class PartExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "parts.exists"

    store: StoreSlug
    widget_id: WidgetId
    number: Integer


class PartPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "parts.page"

    filter: PartFilter
    order: PartOrder
    limit: int
    after: str | None


class PartIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "parts.iterate"

    filter: PartFilter
    order: PartOrder


class PartCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "parts.count"

    filter: PartFilter


class PartCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "parts.create"

    new: NewPart


class PartCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "parts.create_many"

    new: tuple[NewPart, ...]
    returning: bool


class PartUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "parts.update"

    store: StoreSlug
    widget_id: WidgetId
    number: Integer
    changes: PartChanges


class PartUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "parts.upsert"

    new: NewPart
    on: PartUniqueKey


class PartDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "parts.delete"

    store: StoreSlug
    widget_id: WidgetId
    number: Integer


class PartLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "parts.lock"

    store: StoreSlug
    widget_id: WidgetId
    number: Integer
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class PartCalls(Calls):
    """The calls of a mock of parts, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        PartGetCall,
        PartFindCall,
        PartGetManyCall,
        PartExistsCall,
        PartPageCall,
        PartIterateCall,
        PartCountCall,
        PartCreateCall,
        PartCreateManyCall,
        PartUpdateCall,
        PartUpsertCall,
        PartDeleteCall,
        PartLockCall,
    )

    @property
    def get(self) -> tuple[PartGetCall, ...]:
        """The calls of `get`."""
        return self._of(PartGetCall)

    @property
    def find(self) -> tuple[PartFindCall, ...]:
        """The calls of `find`."""
        return self._of(PartFindCall)

    @property
    def get_many(self) -> tuple[PartGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(PartGetManyCall)

    @property
    def exists(self) -> tuple[PartExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(PartExistsCall)

    @property
    def page(self) -> tuple[PartPageCall, ...]:
        """The calls of `page`."""
        return self._of(PartPageCall)

    @property
    def iterate(self) -> tuple[PartIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(PartIterateCall)

    @property
    def count(self) -> tuple[PartCountCall, ...]:
        """The calls of `count`."""
        return self._of(PartCountCall)

    @property
    def create(self) -> tuple[PartCreateCall, ...]:
        """The calls of `create`."""
        return self._of(PartCreateCall)

    @property
    def create_many(self) -> tuple[PartCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(PartCreateManyCall)

    @property
    def update(self) -> tuple[PartUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(PartUpdateCall)

    @property
    def upsert(self) -> tuple[PartUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(PartUpsertCall)

    @property
    def delete(self) -> tuple[PartDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(PartDeleteCall)

    @property
    def lock(self) -> tuple[PartLockCall, ...]:
        """The calls of `lock`."""
        return self._of(PartLockCall)
