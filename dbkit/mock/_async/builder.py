# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of builders."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.builder import BuilderCalls
from dbkit.models.builder import BUILDERS
from dbkit.types._async.builder import AsyncBuilderTransactionRepository
from dbkit.types.builder import Builder, BuilderFilter, NewBuilder
from dbkit.types.calls.builder import BuilderChanges, BuilderOrder, BuilderUniqueKey
from dbkit.types.identifiers import BuilderId
from dbkit.types.lock import LockStrength
from dbkit.types.organization import Organization
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncMockBuilderRepository", "AsyncMockBuilders"]


class AsyncBuilderGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, builder_id: BuilderId) -> AsyncResult[Builder]: ...


class AsyncBuilderFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, builder_id: BuilderId) -> AsyncResult[Builder | None]: ...


class AsyncBuilderGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, builder_ids: tuple[BuilderId, ...]) -> AsyncResult[list[Builder]]: ...


class AsyncBuilderExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, builder_id: BuilderId) -> AsyncResult[bool]: ...


class AsyncBuilderPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: BuilderFilter | None, *, order: BuilderOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Builder]]: ...


class AsyncBuilderIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: BuilderFilter | None, *, order: BuilderOrder) -> AsyncItems[Builder]: ...


class AsyncBuilderCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: BuilderFilter | None) -> AsyncResult[int]: ...


class AsyncBuilderCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewBuilder) -> AsyncResult[Builder]: ...


class AsyncBuilderCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewBuilder, ...], *, returning: bool) -> AsyncResult[int | list[Builder]]: ...


class AsyncBuilderUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(self, builder_id: BuilderId, **changes: Unpack[BuilderChanges]) -> AsyncResult[Builder]: ...


class AsyncBuilderUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewBuilder, *, on: BuilderUniqueKey) -> AsyncResult[Upserted[Builder]]: ...


class AsyncBuilderDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, builder_id: BuilderId) -> AsyncResult[None]: ...


class AsyncBuilderRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, builder_id: BuilderId) -> AsyncResult[Builder]: ...


class AsyncBuilderPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, builder_id: BuilderId) -> AsyncResult[None]: ...


class AsyncBuilderGetByIdpStub(Protocol):
    """What may answer for `get_by_idp`."""

    def __call__(self, idp_provider: str, idp_ref: str) -> AsyncResult[Builder]: ...


class AsyncBuilderFindByEmailStub(Protocol):
    """What may answer for `find_by_email`."""

    def __call__(self, email: str) -> AsyncResult[Builder | None]: ...


class AsyncBuilderOrganizationsStub(Protocol):
    """What may answer for `organizations`."""

    def __call__(self, builder_id: BuilderId) -> AsyncResult[list[Organization]]: ...


class AsyncBuilderLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, builder_id: BuilderId, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> AsyncResult[Builder | None]: ...


class AsyncMockBuilderRepository(AsyncMockRepository):
    """A repository of builders that does what its stubs say."""

    @property
    def calls(self) -> BuilderCalls:
        """The calls so far."""
        return BuilderCalls(self._book.log)

    async def get(self, builder_id: BuilderId) -> Builder:
        """Return the live value, or raise `NotFound`."""
        answer: Builder = await self._answer("get", (builder_id,))
        return answer

    async def find(self, builder_id: BuilderId) -> Builder | None:
        """Return the live value, or None."""
        answer: Builder | None = await self._answer("find", (builder_id,))
        return answer

    async def get_many(self, builder_ids: Sequence[BuilderId]) -> list[Builder]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Builder] = await self._answer("get_many", (builder_ids,))
        return answer

    async def exists(self, builder_id: BuilderId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (builder_id,))
        return answer

    async def page(
        self,
        filter: BuilderFilter | None = None,
        *,
        order: BuilderOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Builder]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Builder] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: BuilderFilter | None = None, *, order: BuilderOrder = "id") -> AsyncIterator[Builder]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: BuilderFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewBuilder) -> Builder:
        """Store a new row and return it as stored."""
        answer: Builder = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewBuilder], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewBuilder], *, returning: Literal[True]) -> list[Builder]: ...
    async def create_many(self, new: Iterable[NewBuilder], *, returning: bool = False) -> int | list[Builder]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Builder] = await self._answer("create_many", (new, returning))
        return answer

    async def update(self, builder_id: BuilderId, **changes: Unpack[BuilderChanges]) -> Builder:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Builder = await self._answer("update", (builder_id, changes))
        return answer

    async def upsert(self, new: NewBuilder, *, on: BuilderUniqueKey) -> Upserted[Builder]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Builder] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, builder_id: BuilderId) -> None:
        """Delete a live row softly, or raise `NotFound`."""
        await self._answer("delete", (builder_id,))

    async def restore(self, builder_id: BuilderId) -> Builder:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: Builder = await self._answer("restore", (builder_id,))
        return answer

    async def purge(self, builder_id: BuilderId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        await self._answer("purge", (builder_id,))

    async def get_by_idp(self, idp_provider: str, idp_ref: str) -> Builder:
        """Return the live builder whom an identity provider knows by this reference, or raise `NotFound`."""
        answer: Builder = await self._answer("get_by_idp", (idp_provider, idp_ref))
        return answer

    async def find_by_email(self, email: str) -> Builder | None:
        """Return the live builder with this primary address, without regard to case, or None."""
        answer: Builder | None = await self._answer("find_by_email", (email,))
        return answer

    async def organizations(self, builder_id: BuilderId) -> list[Organization]:
        """Return the live organizations of which a builder is in some team, in the order of ids."""
        answer: list[Organization] = await self._answer("organizations", (builder_id,))
        return answer

    @overload
    async def lock(
        self,
        builder_id: BuilderId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Builder: ...
    @overload
    async def lock(
        self,
        builder_id: BuilderId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Builder | None: ...
    async def lock(
        self,
        builder_id: BuilderId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Builder | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Builder | None = await self._answer("lock", (builder_id, strength, nowait, skip_locked))
        return answer


class AsyncMockBuilders(AsyncMockBuilder[AsyncMockBuilderRepository]):
    """Builds a mock of the repository of builders: `with_...` says what an operation does."""

    _entity = BUILDERS
    _interface = AsyncBuilderTransactionRepository
    _made = AsyncMockBuilderRepository

    def with_get(self, outcome: Outcome[Builder, AsyncBuilderGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Builder | None, AsyncBuilderFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Builder], AsyncBuilderGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncBuilderExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Builder], AsyncBuilderPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Builder], AsyncBuilderIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncBuilderCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Builder, AsyncBuilderCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Builder], AsyncBuilderCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Builder, AsyncBuilderUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Builder], AsyncBuilderUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncBuilderDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[Builder, AsyncBuilderRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, AsyncBuilderPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_get_by_idp(self, outcome: Outcome[Builder, AsyncBuilderGetByIdpStub]) -> Self:
        """Say what `get_by_idp` does."""
        return self._with("get_by_idp", outcome)

    def with_find_by_email(self, outcome: Outcome[Builder | None, AsyncBuilderFindByEmailStub]) -> Self:
        """Say what `find_by_email` does."""
        return self._with("find_by_email", outcome)

    def with_organizations(self, outcome: Outcome[list[Organization], AsyncBuilderOrganizationsStub]) -> Self:
        """Say what `organizations` does."""
        return self._with("organizations", outcome)

    def with_lock(self, outcome: Outcome[Builder | None, AsyncBuilderLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
