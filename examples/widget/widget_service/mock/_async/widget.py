# Generated from values and models by `dbkit generate`; edit those instead.
"""Mocks of widgets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

from widget_service.mock.calls.widget import WidgetCalls
from widget_service.models.widget import WIDGETS
from widget_service.types._async.widget import AsyncWidgetTransactionRepository
from widget_service.types.calls.widget import WidgetChanges, WidgetOrder, WidgetUniqueKey
from widget_service.types.store import StoreSlug
from widget_service.types.widget import NewWidget, Widget, WidgetFilter, WidgetId

__all__ = ["AsyncMockWidgetRepository", "AsyncMockWidgets"]


class AsyncWidgetGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, store: StoreSlug, widget_id: WidgetId) -> AsyncResult[Widget]: ...


class AsyncWidgetFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, store: StoreSlug, widget_id: WidgetId) -> AsyncResult[Widget | None]: ...


class AsyncWidgetGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, store: StoreSlug, widget_ids: tuple[WidgetId, ...]) -> AsyncResult[list[Widget]]: ...


class AsyncWidgetExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, store: StoreSlug, widget_id: WidgetId) -> AsyncResult[bool]: ...


class AsyncWidgetPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: WidgetFilter, *, order: WidgetOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Widget]]: ...


class AsyncWidgetIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: WidgetFilter, *, order: WidgetOrder) -> AsyncItems[Widget]: ...


class AsyncWidgetCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: WidgetFilter) -> AsyncResult[int]: ...


class AsyncWidgetCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewWidget) -> AsyncResult[Widget]: ...


class AsyncWidgetCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewWidget, ...], *, returning: bool) -> AsyncResult[int | list[Widget]]: ...


class AsyncWidgetUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, store: StoreSlug, widget_id: WidgetId, *, expected_version: int, **changes: Unpack[WidgetChanges]
    ) -> AsyncResult[Widget]: ...


class AsyncWidgetUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewWidget, *, on: WidgetUniqueKey) -> AsyncResult[Upserted[Widget]]: ...


class AsyncWidgetDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, store: StoreSlug, widget_id: WidgetId, *, expected_version: int | None) -> AsyncResult[None]: ...


class AsyncWidgetRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, store: StoreSlug, widget_id: WidgetId) -> AsyncResult[Widget]: ...


class AsyncWidgetPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, store: StoreSlug, widget_id: WidgetId) -> AsyncResult[None]: ...


class AsyncWidgetLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, store: StoreSlug, widget_id: WidgetId, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> AsyncResult[Widget | None]: ...


class AsyncMockWidgetRepository(AsyncMockRepository):
    """A repository of widgets that does what its stubs say."""

    @property
    def calls(self) -> WidgetCalls:
        """The calls so far."""
        return WidgetCalls(self._book.log)

    async def get(self, store: StoreSlug, widget_id: WidgetId) -> Widget:
        """Return the live value, or raise `NotFound`."""
        answer: Widget = await self._answer("get", (store, widget_id))
        return answer

    async def find(self, store: StoreSlug, widget_id: WidgetId) -> Widget | None:
        """Return the live value, or None."""
        answer: Widget | None = await self._answer("find", (store, widget_id))
        return answer

    async def get_many(self, store: StoreSlug, widget_ids: Sequence[WidgetId]) -> list[Widget]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Widget] = await self._answer("get_many", (store, widget_ids))
        return answer

    async def exists(self, store: StoreSlug, widget_id: WidgetId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (store, widget_id))
        return answer

    async def page(
        self, filter: WidgetFilter, *, order: WidgetOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Widget]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Widget] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: WidgetFilter, *, order: WidgetOrder = "id") -> AsyncIterator[Widget]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: WidgetFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewWidget) -> Widget:
        """Store a new row and return it as stored."""
        answer: Widget = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewWidget], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewWidget], *, returning: Literal[True]) -> list[Widget]: ...
    async def create_many(self, new: Iterable[NewWidget], *, returning: bool = False) -> int | list[Widget]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Widget] = await self._answer("create_many", (new, returning))
        return answer

    async def update(
        self, store: StoreSlug, widget_id: WidgetId, *, expected_version: int, **changes: Unpack[WidgetChanges]
    ) -> Widget:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: Widget = await self._answer("update", (store, widget_id, expected_version, changes))
        return answer

    async def upsert(self, new: NewWidget, *, on: WidgetUniqueKey) -> Upserted[Widget]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Widget] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, store: StoreSlug, widget_id: WidgetId, *, expected_version: int | None = None) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        await self._answer("delete", (store, widget_id, expected_version))

    async def restore(self, store: StoreSlug, widget_id: WidgetId) -> Widget:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: Widget = await self._answer("restore", (store, widget_id))
        return answer

    async def purge(self, store: StoreSlug, widget_id: WidgetId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        await self._answer("purge", (store, widget_id))

    @overload
    async def lock(
        self,
        store: StoreSlug,
        widget_id: WidgetId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Widget: ...
    @overload
    async def lock(
        self,
        store: StoreSlug,
        widget_id: WidgetId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Widget | None: ...
    async def lock(
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
        answer: Widget | None = await self._answer("lock", (store, widget_id, strength, nowait, skip_locked))
        return answer


class AsyncMockWidgets(AsyncMockBuilder[AsyncMockWidgetRepository]):
    """Builds a mock of the repository of widgets: `with_...` says what an operation does."""

    _entity = WIDGETS
    _interface = AsyncWidgetTransactionRepository
    _made = AsyncMockWidgetRepository

    def with_get(self, outcome: Outcome[Widget, AsyncWidgetGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Widget | None, AsyncWidgetFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Widget], AsyncWidgetGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncWidgetExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Widget], AsyncWidgetPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Widget], AsyncWidgetIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncWidgetCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Widget, AsyncWidgetCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Widget], AsyncWidgetCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Widget, AsyncWidgetUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Widget], AsyncWidgetUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncWidgetDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[Widget, AsyncWidgetRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, AsyncWidgetPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_lock(self, outcome: Outcome[Widget | None, AsyncWidgetLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
