# Generated from values and models by `dbkit generate`; edit those instead.
"""Mocks of stores."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

from widget_service.mock.calls.store import StoreCalls
from widget_service.models.store import STORES
from widget_service.types._async.store import AsyncStoreTransactionRepository
from widget_service.types.calls.store import StoreChanges, StoreOrder, StoreUniqueKey
from widget_service.types.store import NewStore, Store, StoreFilter, StoreSlug

__all__ = ["AsyncMockStoreRepository", "AsyncMockStores"]


class AsyncStoreGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, slug: StoreSlug) -> AsyncResult[Store]: ...


class AsyncStoreFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, slug: StoreSlug) -> AsyncResult[Store | None]: ...


class AsyncStoreGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, slugs: tuple[StoreSlug, ...]) -> AsyncResult[list[Store]]: ...


class AsyncStoreExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, slug: StoreSlug) -> AsyncResult[bool]: ...


class AsyncStorePageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: StoreFilter | None, *, order: StoreOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Store]]: ...


class AsyncStoreIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: StoreFilter | None, *, order: StoreOrder) -> AsyncItems[Store]: ...


class AsyncStoreCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: StoreFilter | None) -> AsyncResult[int]: ...


class AsyncStoreCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewStore) -> AsyncResult[Store]: ...


class AsyncStoreCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewStore, ...], *, returning: bool) -> AsyncResult[int | list[Store]]: ...


class AsyncStoreUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(self, slug: StoreSlug, **changes: Unpack[StoreChanges]) -> AsyncResult[Store]: ...


class AsyncStoreUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewStore, *, on: StoreUniqueKey) -> AsyncResult[Upserted[Store]]: ...


class AsyncStoreDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, slug: StoreSlug) -> AsyncResult[None]: ...


class AsyncStoreLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, slug: StoreSlug, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> AsyncResult[Store | None]: ...


class AsyncMockStoreRepository(AsyncMockRepository):
    """A repository of stores that does what its stubs say."""

    @property
    def calls(self) -> StoreCalls:
        """The calls so far."""
        return StoreCalls(self._book.log)

    async def get(self, slug: StoreSlug) -> Store:
        """Return the live value, or raise `NotFound`."""
        answer: Store = await self._answer("get", (slug,))
        return answer

    async def find(self, slug: StoreSlug) -> Store | None:
        """Return the live value, or None."""
        answer: Store | None = await self._answer("find", (slug,))
        return answer

    async def get_many(self, slugs: Sequence[StoreSlug]) -> list[Store]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Store] = await self._answer("get_many", (slugs,))
        return answer

    async def exists(self, slug: StoreSlug) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (slug,))
        return answer

    async def page(
        self,
        filter: StoreFilter | None = None,
        *,
        order: StoreOrder = "slug",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Store]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Store] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: StoreFilter | None = None, *, order: StoreOrder = "slug") -> AsyncIterator[Store]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: StoreFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewStore) -> Store:
        """Store a new row and return it as stored."""
        answer: Store = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewStore], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewStore], *, returning: Literal[True]) -> list[Store]: ...
    async def create_many(self, new: Iterable[NewStore], *, returning: bool = False) -> int | list[Store]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Store] = await self._answer("create_many", (new, returning))
        return answer

    async def update(self, slug: StoreSlug, **changes: Unpack[StoreChanges]) -> Store:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Store = await self._answer("update", (slug, changes))
        return answer

    async def upsert(self, new: NewStore, *, on: StoreUniqueKey) -> Upserted[Store]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Store] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, slug: StoreSlug) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (slug,))

    @overload
    async def lock(
        self,
        slug: StoreSlug,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Store: ...
    @overload
    async def lock(
        self,
        slug: StoreSlug,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Store | None: ...
    async def lock(
        self, slug: StoreSlug, *, strength: LockStrength = "update", nowait: bool = False, skip_locked: bool = False
    ) -> Store | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Store | None = await self._answer("lock", (slug, strength, nowait, skip_locked))
        return answer


class AsyncMockStores(AsyncMockBuilder[AsyncMockStoreRepository]):
    """Builds a mock of the repository of stores: `with_...` says what an operation does."""

    _entity = STORES
    _interface = AsyncStoreTransactionRepository
    _made = AsyncMockStoreRepository

    def with_get(self, outcome: Outcome[Store, AsyncStoreGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Store | None, AsyncStoreFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Store], AsyncStoreGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncStoreExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Store], AsyncStorePageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Store], AsyncStoreIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncStoreCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Store, AsyncStoreCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Store], AsyncStoreCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Store, AsyncStoreUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Store], AsyncStoreUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncStoreDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_lock(self, outcome: Outcome[Store | None, AsyncStoreLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
