# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of api_keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.api_key import ApiKeyCalls
from dbkit.models.api_key import API_KEYS
from dbkit.types._async.api_key import AsyncApiKeyTransactionRepository
from dbkit.types.api_key import ApiKey, ApiKeyFilter, NewApiKey
from dbkit.types.calls.api_key import ApiKeyChanges, ApiKeyOrder, ApiKeyUniqueKey
from dbkit.types.identifiers import ApiKeyId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncMockApiKeyRepository", "AsyncMockApiKeys"]


class AsyncApiKeyGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, api_key_id: ApiKeyId) -> AsyncResult[ApiKey]: ...


class AsyncApiKeyFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, api_key_id: ApiKeyId) -> AsyncResult[ApiKey | None]: ...


class AsyncApiKeyGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, project_id: ProjectId, api_key_ids: tuple[ApiKeyId, ...]) -> AsyncResult[list[ApiKey]]: ...


class AsyncApiKeyExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, api_key_id: ApiKeyId) -> AsyncResult[bool]: ...


class AsyncApiKeyPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ApiKeyFilter, *, order: ApiKeyOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[ApiKey]]: ...


class AsyncApiKeyIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ApiKeyFilter, *, order: ApiKeyOrder) -> AsyncItems[ApiKey]: ...


class AsyncApiKeyCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ApiKeyFilter) -> AsyncResult[int]: ...


class AsyncApiKeyCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewApiKey) -> AsyncResult[ApiKey]: ...


class AsyncApiKeyCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewApiKey, ...], *, returning: bool) -> AsyncResult[int | list[ApiKey]]: ...


class AsyncApiKeyUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, project_id: ProjectId, api_key_id: ApiKeyId, **changes: Unpack[ApiKeyChanges]
    ) -> AsyncResult[ApiKey]: ...


class AsyncApiKeyUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewApiKey, *, on: ApiKeyUniqueKey) -> AsyncResult[Upserted[ApiKey]]: ...


class AsyncApiKeyDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, project_id: ProjectId, api_key_id: ApiKeyId) -> AsyncResult[None]: ...


class AsyncApiKeyFindByHashStub(Protocol):
    """What may answer for `find_by_hash`."""

    def __call__(self, key_hash: bytes) -> AsyncResult[ApiKey | None]: ...


class AsyncApiKeyDeactivateStub(Protocol):
    """What may answer for `deactivate`."""

    def __call__(self, project_id: ProjectId, api_key_id: ApiKeyId) -> AsyncResult[ApiKey]: ...


class AsyncApiKeyLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, project_id: ProjectId, api_key_id: ApiKeyId, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> AsyncResult[ApiKey | None]: ...


class AsyncMockApiKeyRepository(AsyncMockRepository):
    """A repository of api_keys that does what its stubs say."""

    @property
    def calls(self) -> ApiKeyCalls:
        """The calls so far."""
        return ApiKeyCalls(self._book.log)

    async def get(self, project_id: ProjectId, api_key_id: ApiKeyId) -> ApiKey:
        """Return the live value, or raise `NotFound`."""
        answer: ApiKey = await self._answer("get", (project_id, api_key_id))
        return answer

    async def find(self, project_id: ProjectId, api_key_id: ApiKeyId) -> ApiKey | None:
        """Return the live value, or None."""
        answer: ApiKey | None = await self._answer("find", (project_id, api_key_id))
        return answer

    async def get_many(self, project_id: ProjectId, api_key_ids: Sequence[ApiKeyId]) -> list[ApiKey]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[ApiKey] = await self._answer("get_many", (project_id, api_key_ids))
        return answer

    async def exists(self, project_id: ProjectId, api_key_id: ApiKeyId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, api_key_id))
        return answer

    async def page(
        self, filter: ApiKeyFilter, *, order: ApiKeyOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[ApiKey]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[ApiKey] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: ApiKeyFilter, *, order: ApiKeyOrder = "id") -> AsyncIterator[ApiKey]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: ApiKeyFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewApiKey) -> ApiKey:
        """Store a new row and return it as stored."""
        answer: ApiKey = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewApiKey], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewApiKey], *, returning: Literal[True]) -> list[ApiKey]: ...
    async def create_many(self, new: Iterable[NewApiKey], *, returning: bool = False) -> int | list[ApiKey]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[ApiKey] = await self._answer("create_many", (new, returning))
        return answer

    async def update(self, project_id: ProjectId, api_key_id: ApiKeyId, **changes: Unpack[ApiKeyChanges]) -> ApiKey:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: ApiKey = await self._answer("update", (project_id, api_key_id, changes))
        return answer

    async def upsert(self, new: NewApiKey, *, on: ApiKeyUniqueKey) -> Upserted[ApiKey]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[ApiKey] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, project_id: ProjectId, api_key_id: ApiKeyId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (project_id, api_key_id))

    async def find_by_hash(self, key_hash: bytes) -> ApiKey | None:
        """Return the key with this SHA-256, active or not, of whichever project, or None.

        The only look-up across tenants: the caller of a service is not known before it.
        """
        answer: ApiKey | None = await self._answer("find_by_hash", (key_hash,))
        return answer

    async def deactivate(self, project_id: ProjectId, api_key_id: ApiKeyId) -> ApiKey:
        """End a key's life, or raise `NotFound`; a key that is inactive stays so."""
        answer: ApiKey = await self._answer("deactivate", (project_id, api_key_id))
        return answer

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        api_key_id: ApiKeyId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ApiKey: ...
    @overload
    async def lock(
        self,
        project_id: ProjectId,
        api_key_id: ApiKeyId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ApiKey | None: ...
    async def lock(
        self,
        project_id: ProjectId,
        api_key_id: ApiKeyId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> ApiKey | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: ApiKey | None = await self._answer("lock", (project_id, api_key_id, strength, nowait, skip_locked))
        return answer


class AsyncMockApiKeys(AsyncMockBuilder[AsyncMockApiKeyRepository]):
    """Builds a mock of the repository of api_keys: `with_...` says what an operation does."""

    _entity = API_KEYS
    _interface = AsyncApiKeyTransactionRepository
    _made = AsyncMockApiKeyRepository

    def with_get(self, outcome: Outcome[ApiKey, AsyncApiKeyGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[ApiKey | None, AsyncApiKeyFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[ApiKey], AsyncApiKeyGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncApiKeyExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[ApiKey], AsyncApiKeyPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[ApiKey], AsyncApiKeyIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncApiKeyCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[ApiKey, AsyncApiKeyCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[ApiKey], AsyncApiKeyCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[ApiKey, AsyncApiKeyUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[ApiKey], AsyncApiKeyUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncApiKeyDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_find_by_hash(self, outcome: Outcome[ApiKey | None, AsyncApiKeyFindByHashStub]) -> Self:
        """Say what `find_by_hash` does."""
        return self._with("find_by_hash", outcome)

    def with_deactivate(self, outcome: Outcome[ApiKey, AsyncApiKeyDeactivateStub]) -> Self:
        """Say what `deactivate` does."""
        return self._with("deactivate", outcome)

    def with_lock(self, outcome: Outcome[ApiKey | None, AsyncApiKeyLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
