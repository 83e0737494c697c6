# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of jwt_keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.jwt_key import JwtKeyCalls
from dbkit.models.jwt_key import JWT_KEYS
from dbkit.types._async.jwt_key import AsyncJwtKeyTransactionRepository
from dbkit.types.calls.jwt_key import JwtKeyChanges, JwtKeyOrder, JwtKeyUniqueKey
from dbkit.types.identifiers import JwtKeyId, ProjectId
from dbkit.types.jwt_key import JwtKey, JwtKeyFilter, NewJwtKey
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncMockJwtKeyRepository", "AsyncMockJwtKeys"]


class AsyncJwtKeyGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> AsyncResult[JwtKey]: ...


class AsyncJwtKeyFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> AsyncResult[JwtKey | None]: ...


class AsyncJwtKeyGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, project_id: ProjectId, jwt_key_ids: tuple[JwtKeyId, ...]) -> AsyncResult[list[JwtKey]]: ...


class AsyncJwtKeyExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> AsyncResult[bool]: ...


class AsyncJwtKeyPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: JwtKeyFilter, *, order: JwtKeyOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[JwtKey]]: ...


class AsyncJwtKeyIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: JwtKeyFilter, *, order: JwtKeyOrder) -> AsyncItems[JwtKey]: ...


class AsyncJwtKeyCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: JwtKeyFilter) -> AsyncResult[int]: ...


class AsyncJwtKeyCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewJwtKey) -> AsyncResult[JwtKey]: ...


class AsyncJwtKeyCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewJwtKey, ...], *, returning: bool) -> AsyncResult[int | list[JwtKey]]: ...


class AsyncJwtKeyUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, project_id: ProjectId, jwt_key_id: JwtKeyId, **changes: Unpack[JwtKeyChanges]
    ) -> AsyncResult[JwtKey]: ...


class AsyncJwtKeyUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewJwtKey, *, on: JwtKeyUniqueKey) -> AsyncResult[Upserted[JwtKey]]: ...


class AsyncJwtKeyDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> AsyncResult[None]: ...


class AsyncJwtKeyActiveKeysStub(Protocol):
    """What may answer for `active_keys`."""

    def __call__(self, project_id: ProjectId) -> AsyncResult[list[JwtKey]]: ...


class AsyncJwtKeyLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, project_id: ProjectId, jwt_key_id: JwtKeyId, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> AsyncResult[JwtKey | None]: ...


class AsyncMockJwtKeyRepository(AsyncMockRepository):
    """A repository of jwt_keys that does what its stubs say."""

    @property
    def calls(self) -> JwtKeyCalls:
        """The calls so far."""
        return JwtKeyCalls(self._book.log)

    async def get(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> JwtKey:
        """Return the live value, or raise `NotFound`."""
        answer: JwtKey = await self._answer("get", (project_id, jwt_key_id))
        return answer

    async def find(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> JwtKey | None:
        """Return the live value, or None."""
        answer: JwtKey | None = await self._answer("find", (project_id, jwt_key_id))
        return answer

    async def get_many(self, project_id: ProjectId, jwt_key_ids: Sequence[JwtKeyId]) -> list[JwtKey]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[JwtKey] = await self._answer("get_many", (project_id, jwt_key_ids))
        return answer

    async def exists(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, jwt_key_id))
        return answer

    async def page(
        self, filter: JwtKeyFilter, *, order: JwtKeyOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[JwtKey]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[JwtKey] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: JwtKeyFilter, *, order: JwtKeyOrder = "id") -> AsyncIterator[JwtKey]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: JwtKeyFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewJwtKey) -> JwtKey:
        """Store a new row and return it as stored."""
        answer: JwtKey = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewJwtKey], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewJwtKey], *, returning: Literal[True]) -> list[JwtKey]: ...
    async def create_many(self, new: Iterable[NewJwtKey], *, returning: bool = False) -> int | list[JwtKey]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[JwtKey] = await self._answer("create_many", (new, returning))
        return answer

    async def update(self, project_id: ProjectId, jwt_key_id: JwtKeyId, **changes: Unpack[JwtKeyChanges]) -> JwtKey:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: JwtKey = await self._answer("update", (project_id, jwt_key_id, changes))
        return answer

    async def upsert(self, new: NewJwtKey, *, on: JwtKeyUniqueKey) -> Upserted[JwtKey]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[JwtKey] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (project_id, jwt_key_id))

    async def active_keys(self, project_id: ProjectId) -> list[JwtKey]:
        """Return the keys that a token of a project may be verified with, in the order of ids."""
        answer: list[JwtKey] = await self._answer("active_keys", (project_id,))
        return answer

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        jwt_key_id: JwtKeyId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> JwtKey: ...
    @overload
    async def lock(
        self,
        project_id: ProjectId,
        jwt_key_id: JwtKeyId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> JwtKey | None: ...
    async def lock(
        self,
        project_id: ProjectId,
        jwt_key_id: JwtKeyId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> JwtKey | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: JwtKey | None = await self._answer("lock", (project_id, jwt_key_id, strength, nowait, skip_locked))
        return answer


class AsyncMockJwtKeys(AsyncMockBuilder[AsyncMockJwtKeyRepository]):
    """Builds a mock of the repository of jwt_keys: `with_...` says what an operation does."""

    _entity = JWT_KEYS
    _interface = AsyncJwtKeyTransactionRepository
    _made = AsyncMockJwtKeyRepository

    def with_get(self, outcome: Outcome[JwtKey, AsyncJwtKeyGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[JwtKey | None, AsyncJwtKeyFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[JwtKey], AsyncJwtKeyGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncJwtKeyExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[JwtKey], AsyncJwtKeyPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[JwtKey], AsyncJwtKeyIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncJwtKeyCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[JwtKey, AsyncJwtKeyCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[JwtKey], AsyncJwtKeyCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[JwtKey, AsyncJwtKeyUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[JwtKey], AsyncJwtKeyUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncJwtKeyDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_active_keys(self, outcome: Outcome[list[JwtKey], AsyncJwtKeyActiveKeysStub]) -> Self:
        """Say what `active_keys` does."""
        return self._with("active_keys", outcome)

    def with_lock(self, outcome: Outcome[JwtKey | None, AsyncJwtKeyLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
