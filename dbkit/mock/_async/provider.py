# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of providers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.provider import ProviderCalls
from dbkit.models.provider import PROVIDERS
from dbkit.types._async.provider import AsyncProviderTransactionRepository
from dbkit.types.calls.provider import ProviderChanges, ProviderOrder, ProviderUniqueKey
from dbkit.types.identifiers import ProviderSlug
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.provider import NewProvider, Provider, ProviderFilter

__all__ = ["AsyncMockProviderRepository", "AsyncMockProviders"]


class AsyncProviderGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, slug: ProviderSlug) -> AsyncResult[Provider]: ...


class AsyncProviderFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, slug: ProviderSlug) -> AsyncResult[Provider | None]: ...


class AsyncProviderGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, slugs: tuple[ProviderSlug, ...]) -> AsyncResult[list[Provider]]: ...


class AsyncProviderExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, slug: ProviderSlug) -> AsyncResult[bool]: ...


class AsyncProviderPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ProviderFilter | None, *, order: ProviderOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Provider]]: ...


class AsyncProviderIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ProviderFilter | None, *, order: ProviderOrder) -> AsyncItems[Provider]: ...


class AsyncProviderCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ProviderFilter | None) -> AsyncResult[int]: ...


class AsyncProviderCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewProvider) -> AsyncResult[Provider]: ...


class AsyncProviderCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewProvider, ...], *, returning: bool) -> AsyncResult[int | list[Provider]]: ...


class AsyncProviderUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(self, slug: ProviderSlug, **changes: Unpack[ProviderChanges]) -> AsyncResult[Provider]: ...


class AsyncProviderUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewProvider, *, on: ProviderUniqueKey) -> AsyncResult[Upserted[Provider]]: ...


class AsyncProviderDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, slug: ProviderSlug) -> AsyncResult[None]: ...


class AsyncProviderSyncStub(Protocol):
    """What may answer for `sync`."""

    def __call__(self, catalogue: tuple[NewProvider, ...]) -> AsyncResult[list[ProviderSlug]]: ...


class AsyncProviderLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, slug: ProviderSlug, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> AsyncResult[Provider | None]: ...


class AsyncMockProviderRepository(AsyncMockRepository):
    """A repository of providers that does what its stubs say."""

    @property
    def calls(self) -> ProviderCalls:
        """The calls so far."""
        return ProviderCalls(self._book.log)

    async def get(self, slug: ProviderSlug) -> Provider:
        """Return the live value, or raise `NotFound`."""
        answer: Provider = await self._answer("get", (slug,))
        return answer

    async def find(self, slug: ProviderSlug) -> Provider | None:
        """Return the live value, or None."""
        answer: Provider | None = await self._answer("find", (slug,))
        return answer

    async def get_many(self, slugs: Sequence[ProviderSlug]) -> list[Provider]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Provider] = await self._answer("get_many", (slugs,))
        return answer

    async def exists(self, slug: ProviderSlug) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (slug,))
        return answer

    async def page(
        self,
        filter: ProviderFilter | None = None,
        *,
        order: ProviderOrder = "slug",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Provider]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Provider] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: ProviderFilter | None = None, *, order: ProviderOrder = "slug"
    ) -> AsyncIterator[Provider]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: ProviderFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewProvider) -> Provider:
        """Store a new row and return it as stored."""
        answer: Provider = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewProvider], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewProvider], *, returning: Literal[True]) -> list[Provider]: ...
    async def create_many(self, new: Iterable[NewProvider], *, returning: bool = False) -> int | list[Provider]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Provider] = await self._answer("create_many", (new, returning))
        return answer

    async def update(self, slug: ProviderSlug, **changes: Unpack[ProviderChanges]) -> Provider:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Provider = await self._answer("update", (slug, changes))
        return answer

    async def upsert(self, new: NewProvider, *, on: ProviderUniqueKey) -> Upserted[Provider]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Provider] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, slug: ProviderSlug) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (slug,))

    async def sync(self, catalogue: Iterable[NewProvider]) -> list[ProviderSlug]:
        """Bring the providers of a catalogue to what it says, all or none; return the slugs that changed, sorted.

        Providers that the catalogue does not name stay as they are.
        """
        answer: list[ProviderSlug] = await self._answer("sync", (catalogue,))
        return answer

    @overload
    async def lock(
        self,
        slug: ProviderSlug,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Provider: ...
    @overload
    async def lock(
        self,
        slug: ProviderSlug,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Provider | None: ...
    async def lock(
        self, slug: ProviderSlug, *, strength: LockStrength = "update", nowait: bool = False, skip_locked: bool = False
    ) -> Provider | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Provider | None = await self._answer("lock", (slug, strength, nowait, skip_locked))
        return answer


class AsyncMockProviders(AsyncMockBuilder[AsyncMockProviderRepository]):
    """Builds a mock of the repository of providers: `with_...` says what an operation does."""

    _entity = PROVIDERS
    _interface = AsyncProviderTransactionRepository
    _made = AsyncMockProviderRepository

    def with_get(self, outcome: Outcome[Provider, AsyncProviderGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Provider | None, AsyncProviderFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Provider], AsyncProviderGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncProviderExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Provider], AsyncProviderPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Provider], AsyncProviderIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncProviderCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Provider, AsyncProviderCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Provider], AsyncProviderCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Provider, AsyncProviderUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Provider], AsyncProviderUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncProviderDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_sync(self, outcome: Outcome[list[ProviderSlug], AsyncProviderSyncStub]) -> Self:
        """Say what `sync` does."""
        return self._with("sync", outcome)

    def with_lock(self, outcome: Outcome[Provider | None, AsyncProviderLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
