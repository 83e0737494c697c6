# Generated from values and models by `dbkit generate`; edit those instead.
"""Records of calls to mocks of stores."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.lock import LockStrength

from widget_service.types.calls.store import StoreChanges, StoreOrder, StoreUniqueKey
from widget_service.types.store import NewStore, StoreFilter, StoreSlug

__all__ = [
    "StoreCalls",
    "StoreCountCall",
    "StoreCreateCall",
    "StoreCreateManyCall",
    "StoreDeleteCall",
    "StoreExistsCall",
    "StoreFindCall",
    "StoreGetCall",
    "StoreGetManyCall",
    "StoreIterateCall",
    "StoreLockCall",
    "StorePageCall",
    "StoreUpdateCall",
    "StoreUpsertCall",
]


class StoreGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "stores.get"

    slug: StoreSlug


class StoreFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "stores.find"

    slug: StoreSlug


class StoreGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "stores.get_many"

    slugs: tuple[StoreSlug, ...]


class StoreExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "stores.exists"

    slug: StoreSlug


class StorePageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "stores.page"

    filter: StoreFilter | None
    order: StoreOrder
    limit: int
    after: str | None


class StoreIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "stores.iterate"

    filter: StoreFilter | None
    order: StoreOrder


class StoreCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "stores.count"

    filter: StoreFilter | None


class StoreCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "stores.create"

    new: NewStore


class StoreCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "stores.create_many"

    new: tuple[NewStore, ...]
    returning: bool


class StoreUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "stores.update"

    slug: StoreSlug
    changes: StoreChanges


class StoreUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "stores.upsert"

    new: NewStore
    on: StoreUniqueKey


class StoreDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "stores.delete"

    slug: StoreSlug


class StoreLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "stores.lock"

    slug: StoreSlug
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class StoreCalls(Calls):
    """The calls of a mock of stores, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        StoreGetCall,
        StoreFindCall,
        StoreGetManyCall,
        StoreExistsCall,
        StorePageCall,
        StoreIterateCall,
        StoreCountCall,
        StoreCreateCall,
        StoreCreateManyCall,
        StoreUpdateCall,
        StoreUpsertCall,
        StoreDeleteCall,
        StoreLockCall,
    )

    @property
    def get(self) -> tuple[StoreGetCall, ...]:
        """The calls of `get`."""
        return self._of(StoreGetCall)

    @property
    def find(self) -> tuple[StoreFindCall, ...]:
        """The calls of `find`."""
        return self._of(StoreFindCall)

    @property
    def get_many(self) -> tuple[StoreGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(StoreGetManyCall)

    @property
    def exists(self) -> tuple[StoreExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(StoreExistsCall)

    @property
    def page(self) -> tuple[StorePageCall, ...]:
        """The calls of `page`."""
        return self._of(StorePageCall)

    @property
    def iterate(self) -> tuple[StoreIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(StoreIterateCall)

    @property
    def count(self) -> tuple[StoreCountCall, ...]:
        """The calls of `count`."""
        return self._of(StoreCountCall)

    @property
    def create(self) -> tuple[StoreCreateCall, ...]:
        """The calls of `create`."""
        return self._of(StoreCreateCall)

    @property
    def create_many(self) -> tuple[StoreCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(StoreCreateManyCall)

    @property
    def update(self) -> tuple[StoreUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(StoreUpdateCall)

    @property
    def upsert(self) -> tuple[StoreUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(StoreUpsertCall)

    @property
    def delete(self) -> tuple[StoreDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(StoreDeleteCall)

    @property
    def lock(self) -> tuple[StoreLockCall, ...]:
        """The calls of `lock`."""
        return self._of(StoreLockCall)
