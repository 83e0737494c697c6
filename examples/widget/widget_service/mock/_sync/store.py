# Generated from widget_service/mock/_async/store.py by `dbkit generate`; edit that file instead.
# Generated from values and models by `dbkit generate`; edit those instead.
"""Mocks of stores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

from widget_service.mock.calls.store import StoreCalls
from widget_service.models.store import STORES
from widget_service.types._sync.store import StoreTransactionRepository
from widget_service.types.calls.store import StoreChanges, StoreOrder, StoreUniqueKey
from widget_service.types.store import NewStore, Store, StoreFilter, StoreSlug

__all__ = ["MockStoreRepository", "MockStores"]


class StoreGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, slug: StoreSlug) -> Result[Store]: ...


class StoreFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, slug: StoreSlug) -> Result[Store | None]: ...


class StoreGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, slugs: tuple[StoreSlug, ...]) -> Result[list[Store]]: ...


class StoreExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, slug: StoreSlug) -> Result[bool]: ...


class StorePageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: StoreFilter | None, *, order: StoreOrder, limit: int, after: str | None
    ) -> Result[Page[Store]]: ...


class StoreIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: StoreFilter | None, *, order: StoreOrder) -> Items[Store]: ...


class StoreCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: StoreFilter | None) -> Result[int]: ...


class StoreCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewStore) -> Result[Store]: ...


class StoreCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewStore, ...], *, returning: bool) -> Result[int | list[Store]]: ...


class StoreUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(self, slug: StoreSlug, **changes: Unpack[StoreChanges]) -> Result[Store]: ...


class StoreUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewStore, *, on: StoreUniqueKey) -> Result[Upserted[Store]]: ...


class StoreDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, slug: StoreSlug) -> Result[None]: ...


class StoreLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, slug: StoreSlug, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> Result[Store | None]: ...


class MockStoreRepository(MockRepository):
    """A repository of stores that does what its stubs say."""

    @property
    def calls(self) -> StoreCalls:
        """The calls so far."""
        return StoreCalls(self._book.log)

    def get(self, slug: StoreSlug) -> Store:
        """Return the live value, or raise `NotFound`."""
        answer: Store = self._answer("get", (slug,))
        return answer

    def find(self, slug: StoreSlug) -> Store | None:
        """Return the live value, or None."""
        answer: Store | None = self._answer("find", (slug,))
        return answer

    def get_many(self, slugs: Sequence[StoreSlug]) -> list[Store]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Store] = self._answer("get_many", (slugs,))
        return answer

    def exists(self, slug: StoreSlug) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (slug,))
        return answer

    def page(
        self,
        filter: StoreFilter | None = None,
        *,
        order: StoreOrder = "slug",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Store]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Store] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: StoreFilter | None = None, *, order: StoreOrder = "slug") -> Iterator[Store]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: StoreFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewStore) -> Store:
        """Store a new row and return it as stored."""
        answer: Store = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewStore], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewStore], *, returning: Literal[True]) -> list[Store]: ...
    def create_many(self, new: Iterable[NewStore], *, returning: bool = False) -> int | list[Store]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Store] = self._answer("create_many", (new, returning))
        return answer

    def update(self, slug: StoreSlug, **changes: Unpack[StoreChanges]) -> Store:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Store = self._answer("update", (slug, changes))
        return answer

    def upsert(self, new: NewStore, *, on: StoreUniqueKey) -> Upserted[Store]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Store] = self._answer("upsert", (new, on))
        return answer

    def delete(self, slug: StoreSlug) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        self._answer("delete", (slug,))

    @overload
    def lock(
        self,
        slug: StoreSlug,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Store: ...
    @overload
    def lock(
        self,
        slug: StoreSlug,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Store | None: ...
    def lock(
        self, slug: StoreSlug, *, strength: LockStrength = "update", nowait: bool = False, skip_locked: bool = False
    ) -> Store | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Store | None = self._answer("lock", (slug, strength, nowait, skip_locked))
        return answer


class MockStores(MockBuilder[MockStoreRepository]):
    """Builds a mock of the repository of stores: `with_...` says what an operation does."""

    _entity = STORES
    _interface = StoreTransactionRepository
    _made = MockStoreRepository

    def with_get(self, outcome: Outcome[Store, StoreGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Store | None, StoreFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Store], StoreGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, StoreExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Store], StorePageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Store], StoreIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, StoreCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Store, StoreCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Store], StoreCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Store, StoreUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Store], StoreUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, StoreDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_lock(self, outcome: Outcome[Store | None, StoreLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
