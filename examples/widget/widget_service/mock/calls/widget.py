# Generated from values and models by `dbkit generate`; edit those instead.
"""Records of calls to mocks of widgets."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.lock import LockStrength

from widget_service.types.calls.widget import WidgetChanges, WidgetOrder, WidgetUniqueKey
from widget_service.types.store import StoreSlug
from widget_service.types.widget import NewWidget, WidgetFilter, WidgetId

__all__ = [
    "WidgetCalls",
    "WidgetCountCall",
    "WidgetCreateCall",
    "WidgetCreateManyCall",
    "WidgetDeleteCall",
    "WidgetExistsCall",
    "WidgetFindCall",
    "WidgetGetCall",
    "WidgetGetManyCall",
    "WidgetIterateCall",
    "WidgetLockCall",
    "WidgetPageCall",
    "WidgetPurgeCall",
    "WidgetRestoreCall",
    "WidgetUpdateCall",
    "WidgetUpsertCall",
]


class WidgetGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "widgets.get"

    store: StoreSlug
    widget_id: WidgetId


class WidgetFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "widgets.find"

    store: StoreSlug
    widget_id: WidgetId


class WidgetGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "widgets.get_many"

    store: StoreSlug
    widget_ids: tuple[WidgetId, ...]


class WidgetExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "widgets.exists"

    store: StoreSlug
    widget_id: WidgetId


class WidgetPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "widgets.page"

    filter: WidgetFilter
    order: WidgetOrder
    limit: int
    after: str | None


class WidgetIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "widgets.iterate"

    filter: WidgetFilter
    order: WidgetOrder


class WidgetCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "widgets.count"

    filter: WidgetFilter


class WidgetCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "widgets.create"

    new: NewWidget


class WidgetCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "widgets.create_many"

    new: tuple[NewWidget, ...]
    returning: bool


class WidgetUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "widgets.update"

    store: StoreSlug
    widget_id: WidgetId
    expected_version: int
    changes: WidgetChanges


class WidgetUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "widgets.upsert"

    new: NewWidget
    on: WidgetUniqueKey


class WidgetDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "widgets.delete"

    store: StoreSlug
    widget_id: WidgetId
    expected_version: int | None


class WidgetRestoreCall(Call):
    """A call of `restore`."""

    called: ClassVar[str] = "widgets.restore"

    store: StoreSlug
    widget_id: WidgetId


class WidgetPurgeCall(Call):
    """A call of `purge`."""

    called: ClassVar[str] = "widgets.purge"

    store: StoreSlug
    widget_id: WidgetId


class WidgetLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "widgets.lock"

    store: StoreSlug
    widget_id: WidgetId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class WidgetCalls(Calls):
    """The calls of a mock of widgets, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        WidgetGetCall,
        WidgetFindCall,
        WidgetGetManyCall,
        WidgetExistsCall,
        WidgetPageCall,
        WidgetIterateCall,
        WidgetCountCall,
        WidgetCreateCall,
        WidgetCreateManyCall,
        WidgetUpdateCall,
        WidgetUpsertCall,
        WidgetDeleteCall,
        WidgetRestoreCall,
        WidgetPurgeCall,
        WidgetLockCall,
    )

    @property
    def get(self) -> tuple[WidgetGetCall, ...]:
        """The calls of `get`."""
        return self._of(WidgetGetCall)

    @property
    def find(self) -> tuple[WidgetFindCall, ...]:
        """The calls of `find`."""
        return self._of(WidgetFindCall)

    @property
    def get_many(self) -> tuple[WidgetGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(WidgetGetManyCall)

    @property
    def exists(self) -> tuple[WidgetExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(WidgetExistsCall)

    @property
    def page(self) -> tuple[WidgetPageCall, ...]:
        """The calls of `page`."""
        return self._of(WidgetPageCall)

    @property
    def iterate(self) -> tuple[WidgetIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(WidgetIterateCall)

    @property
    def count(self) -> tuple[WidgetCountCall, ...]:
        """The calls of `count`."""
        return self._of(WidgetCountCall)

    @property
    def create(self) -> tuple[WidgetCreateCall, ...]:
        """The calls of `create`."""
        return self._of(WidgetCreateCall)

    @property
    def create_many(self) -> tuple[WidgetCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(WidgetCreateManyCall)

    @property
    def update(self) -> tuple[WidgetUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(WidgetUpdateCall)

    @property
    def upsert(self) -> tuple[WidgetUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(WidgetUpsertCall)

    @property
    def delete(self) -> tuple[WidgetDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(WidgetDeleteCall)

    @property
    def restore(self) -> tuple[WidgetRestoreCall, ...]:
        """The calls of `restore`."""
        return self._of(WidgetRestoreCall)

    @property
    def purge(self) -> tuple[WidgetPurgeCall, ...]:
        """The calls of `purge`."""
        return self._of(WidgetPurgeCall)

    @property
    def lock(self) -> tuple[WidgetLockCall, ...]:
        """The calls of `lock`."""
        return self._of(WidgetLockCall)
