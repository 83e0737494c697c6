# Generated from widget_service/mock/_async/widget.py by `dbkit generate`; edit that file instead.
# Generated from values and models by `dbkit generate`; edit those instead.
"""Mocks of widgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

from widget_service.mock.calls.widget import WidgetCalls
from widget_service.models.widget import WIDGETS
from widget_service.types._sync.widget import WidgetTransactionRepository
from widget_service.types.calls.widget import WidgetChanges, WidgetOrder, WidgetUniqueKey
from widget_service.types.store import StoreSlug
from widget_service.types.widget import NewWidget, Widget, WidgetFilter, WidgetId

__all__ = ["MockWidgetRepository", "MockWidgets"]


class WidgetGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, store: StoreSlug, widget_id: WidgetId) -> Result[Widget]: ...


class WidgetFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, store: StoreSlug, widget_id: WidgetId) -> Result[Widget | None]: ...


class WidgetGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, store: StoreSlug, widget_ids: tuple[WidgetId, ...]) -> Result[list[Widget]]: ...


class WidgetExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, store: StoreSlug, widget_id: WidgetId) -> Result[bool]: ...


class WidgetPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: WidgetFilter, *, order: WidgetOrder, limit: int, after: str | None
    ) -> Result[Page[Widget]]: ...


class WidgetIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: WidgetFilter, *, order: WidgetOrder) -> Items[Widget]: ...


class WidgetCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: WidgetFilter) -> Result[int]: ...


class WidgetCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewWidget) -> Result[Widget]: ...


class WidgetCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewWidget, ...], *, returning: bool) -> Result[int | list[Widget]]: ...


class WidgetUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, store: StoreSlug, widget_id: WidgetId, *, expected_version: int, **changes: Unpack[WidgetChanges]
    ) -> Result[Widget]: ...


class WidgetUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewWidget, *, on: WidgetUniqueKey) -> Result[Upserted[Widget]]: ...


class WidgetDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, store: StoreSlug, widget_id: WidgetId, *, expected_version: int | None) -> Result[None]: ...


class WidgetRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, store: StoreSlug, widget_id: WidgetId) -> Result[Widget]: ...


class WidgetPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, store: StoreSlug, widget_id: WidgetId) -> Result[None]: ...


class WidgetLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, store: StoreSlug, widget_id: WidgetId, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> Result[Widget | None]: ...


class MockWidgetRepository(MockRepository):
    """A repository of widgets that does what its stubs say."""

    @property
    def calls(self) -> WidgetCalls:
        """The calls so far."""
        return WidgetCalls(self._book.log)

    def get(self, store: StoreSlug, widget_id: WidgetId) -> Widget:
        """Return the live value, or raise `NotFound`."""
        answer: Widget = self._answer("get", (store, widget_id))
        return answer

    def find(self, store: StoreSlug, widget_id: WidgetId) -> Widget | None:
        """Return the live value, or None."""
        answer: Widget | None = self._answer("find", (store, widget_id))
        return answer

    def get_many(self, store: StoreSlug, widget_ids: Sequence[WidgetId]) -> list[Widget]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Widget] = self._answer("get_many", (store, widget_ids))
        return answer

    def exists(self, store: StoreSlug, widget_id: WidgetId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (store, widget_id))
        return answer

    def page(
        self, filter: WidgetFilter, *, order: WidgetOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Widget]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Widget] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: WidgetFilter, *, order: WidgetOrder = "id") -> Iterator[Widget]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: WidgetFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewWidget) -> Widget:
        """Store a new row and return it as stored."""
        answer: Widget = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewWidget], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewWidget], *, returning: Literal[True]) -> list[Widget]: ...
    def create_many(self, new: Iterable[NewWidget], *, returning: bool = False) -> int | list[Widget]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Widget] = self._answer("create_many", (new, returning))
        return answer

    def update(
        self, store: StoreSlug, widget_id: WidgetId, *, expected_version: int, **changes: Unpack[WidgetChanges]
    ) -> Widget:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: Widget = self._answer("update", (store, widget_id, expected_version, changes))
        return answer

    def upsert(self, new: NewWidget, *, on: WidgetUniqueKey) -> Upserted[Widget]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Widget] = self._answer("upsert", (new, on))
        return answer

    def delete(self, store: StoreSlug, widget_id: WidgetId, *, expected_version: int | None = None) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        self._answer("delete", (store, widget_id, expected_version))

    def restore(self, store: StoreSlug, widget_id: WidgetId) -> Widget:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: Widget = self._answer("restore", (store, widget_id))
        return answer

    def purge(self, store: StoreSlug, widget_id: WidgetId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        self._answer("purge", (store, widget_id))

    @overload
    def lock(
        self,
        store: StoreSlug,
        widget_id: WidgetId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Widget: ...
    @overload
    def lock(
        self,
        store: StoreSlug,
        widget_id: WidgetId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Widget | None: ...
    def lock(
        self,
        store: StoreSlug,
        widget_id: WidgetId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Widget | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Widget | None = self._answer("lock", (store, widget_id, strength, nowait, skip_locked))
        return answer


class MockWidgets(MockBuilder[MockWidgetRepository]):
    """Builds a mock of the repository of widgets: `with_...` says what an operation does."""

    _entity = WIDGETS
    _interface = WidgetTransactionRepository
    _made = MockWidgetRepository

    def with_get(self, outcome: Outcome[Widget, WidgetGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Widget | None, WidgetFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Widget], WidgetGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, WidgetExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Widget], WidgetPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Widget], WidgetIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, WidgetCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Widget, WidgetCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Widget], WidgetCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Widget, WidgetUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Widget], WidgetUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, WidgetDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[Widget, WidgetRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, WidgetPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_lock(self, outcome: Outcome[Widget | None, WidgetLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
