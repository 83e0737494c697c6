# Generated from values and models by `dbkit generate`; edit those instead.
"""Mocks of parts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.value import Integer

from widget_service.mock.calls.part import PartCalls
from widget_service.models.part import PARTS
from widget_service.types._async.part import AsyncPartTransactionRepository
from widget_service.types.calls.part import PartChanges, PartOrder, PartUniqueKey
from widget_service.types.part import NewPart, Part, PartFilter
from widget_service.types.store import StoreSlug
from widget_service.types.widget import WidgetId

__all__ = ["AsyncMockPartRepository", "AsyncMockParts"]


class AsyncPartGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, store: StoreSlug, widget_id: WidgetId, number: Integer) -> AsyncResult[Part]: ...


class AsyncPartFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, store: StoreSlug, widget_id: WidgetId, number: Integer) -> AsyncResult[Part | None]: ...


class AsyncPartGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, store: StoreSlug, widget_id: WidgetId, numbers: tuple[Integer, ...]
    ) -> AsyncResult[list[Part]]: ...


class AsyncPartExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, store: StoreSlug, widget_id: WidgetId, number: Integer) -> AsyncResult[bool]: ...


class AsyncPartPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: PartFilter, *, order: PartOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Part]]: ...


class AsyncPartIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: PartFilter, *, order: PartOrder) -> AsyncItems[Part]: ...


class AsyncPartCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: PartFilter) -> AsyncResult[int]: ...


class AsyncPartCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewPart) -> AsyncResult[Part]: ...


class AsyncPartCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewPart, ...], *, returning: bool) -> AsyncResult[int | list[Part]]: ...


class AsyncPartUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, store: StoreSlug, widget_id: WidgetId, number: Integer, **changes: Unpack[PartChanges]
    ) -> AsyncResult[Part]: ...


class AsyncPartUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewPart, *, on: PartUniqueKey) -> AsyncResult[Upserted[Part]]: ...


class AsyncPartDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, store: StoreSlug, widget_id: WidgetId, number: Integer) -> AsyncResult[None]: ...


class AsyncPartLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        store: StoreSlug,
        widget_id: WidgetId,
        number: Integer,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> AsyncResult[Part | None]: ...


class AsyncMockPartRepository(AsyncMockRepository):
    """A repository of parts that does what its stubs say."""

    @property
    def calls(self) -> PartCalls:
        """The calls so far."""
        return PartCalls(self._book.log)

    async def get(self, store: StoreSlug, widget_id: WidgetId, number: Integer) -> Part:
        """Return the live value, or raise `NotFound`."""
        answer: Part = await self._answer("get", (store, widget_id, number))
        return answer

    async def find(self, store: StoreSlug, widget_id: WidgetId, number: Integer) -> Part | None:
        """Return the live value, or None."""
        answer: Part | None = await self._answer("find", (store, widget_id, number))
        return answer

    async def get_many(self, store: StoreSlug, widget_id: WidgetId, numbers: Sequence[Integer]) -> list[Part]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Part] = await self._answer("get_many", (store, widget_id, numbers))
        return answer

    async def exists(self, store: StoreSlug, widget_id: WidgetId, number: Integer) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (store, widget_id, number))
        return answer

    async def page(
        self, filter: PartFilter, *, order: PartOrder = "widget_id,number", limit: int = 50, after: str | None = None
    ) -> Page[Part]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Part] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: PartFilter, *, order: PartOrder = "widget_id,number") -> AsyncIterator[Part]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: PartFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewPart) -> Part:
        """Store a new row and return it as stored."""
        answer: Part = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewPart], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewPart], *, returning: Literal[True]) -> list[Part]: ...
    async def create_many(self, new: Iterable[NewPart], *, returning: bool = False) -> int | list[Part]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Part] = await self._answer("create_many", (new, returning))
        return answer

    async def update(
        self, store: StoreSlug, widget_id: WidgetId, number: Integer, **changes: Unpack[PartChanges]
    ) -> Part:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Part = await self._answer("update", (store, widget_id, number, changes))
        return answer

    async def upsert(self, new: NewPart, *, on: PartUniqueKey) -> Upserted[Part]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Part] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, store: StoreSlug, widget_id: WidgetId, number: Integer) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (store, widget_id, number))

    @overload
    async def lock(
        self,
        store: StoreSlug,
        widget_id: WidgetId,
        number: Integer,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Part: ...
    @overload
    async def lock(
        self,
        store: StoreSlug,
        widget_id: WidgetId,
        number: Integer,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Part | None: ...
    async def lock(
        self,
        store: StoreSlug,
        widget_id: WidgetId,
        number: Integer,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Part | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Part | None = await self._answer("lock", (store, widget_id, number, strength, nowait, skip_locked))
        return answer


class AsyncMockParts(AsyncMockBuilder[AsyncMockPartRepository]):
    """Builds a mock of the repository of parts: `with_...` says what an operation does."""

    _entity = PARTS
    _interface = AsyncPartTransactionRepository
    _made = AsyncMockPartRepository

    def with_get(self, outcome: Outcome[Part, AsyncPartGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Part | None, AsyncPartFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Part], AsyncPartGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncPartExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Part], AsyncPartPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Part], AsyncPartIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncPartCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Part, AsyncPartCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Part], AsyncPartCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Part, AsyncPartUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Part], AsyncPartUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncPartDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_lock(self, outcome: Outcome[Part | None, AsyncPartLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
