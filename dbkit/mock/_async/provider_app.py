# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of provider_apps."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.provider_app import ProviderAppCalls
from dbkit.models.provider_app import PROVIDER_APPS
from dbkit.types._async.provider_app import AsyncProviderAppTransactionRepository
from dbkit.types.calls.provider_app import ProviderAppChanges, ProviderAppOrder, ProviderAppUniqueKey
from dbkit.types.identifiers import EncryptionKeyId, ProjectId, ProviderAppId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.provider_app import NewProviderApp, ProviderApp, ProviderAppFilter

__all__ = ["AsyncMockProviderAppRepository", "AsyncMockProviderApps"]


class AsyncProviderAppGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> AsyncResult[ProviderApp]: ...


class AsyncProviderAppFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> AsyncResult[ProviderApp | None]: ...


class AsyncProviderAppGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, provider_app_ids: tuple[ProviderAppId, ...]
    ) -> AsyncResult[list[ProviderApp]]: ...


class AsyncProviderAppExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> AsyncResult[bool]: ...


class AsyncProviderAppPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ProviderAppFilter, *, order: ProviderAppOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[ProviderApp]]: ...


class AsyncProviderAppIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ProviderAppFilter, *, order: ProviderAppOrder) -> AsyncItems[ProviderApp]: ...


class AsyncProviderAppCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ProviderAppFilter) -> AsyncResult[int]: ...


class AsyncProviderAppCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewProviderApp) -> AsyncResult[ProviderApp]: ...


class AsyncProviderAppCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewProviderApp, ...], *, returning: bool) -> AsyncResult[int | list[ProviderApp]]: ...


class AsyncProviderAppUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        provider_app_id: ProviderAppId,
        *,
        expected_version: int,
        **changes: Unpack[ProviderAppChanges],
    ) -> AsyncResult[ProviderApp]: ...


class AsyncProviderAppUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewProviderApp, *, on: ProviderAppUniqueKey) -> AsyncResult[Upserted[ProviderApp]]: ...


class AsyncProviderAppDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, provider_app_id: ProviderAppId, *, expected_version: int | None
    ) -> AsyncResult[None]: ...


class AsyncProviderAppRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> AsyncResult[ProviderApp]: ...


class AsyncProviderAppPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> AsyncResult[None]: ...


class AsyncProviderAppFindByExternalRefStub(Protocol):
    """What may answer for `find_by_external_ref`."""

    def __call__(self, project_id: ProjectId, external_ref: str) -> AsyncResult[ProviderApp | None]: ...


class AsyncProviderAppResealStub(Protocol):
    """What may answer for `reseal`."""

    def __call__(
        self, project_id: ProjectId, provider_app_id: ProviderAppId, key_id: EncryptionKeyId
    ) -> AsyncResult[ProviderApp]: ...


class AsyncProviderAppIsSealedWithStub(Protocol):
    """What may answer for `is_sealed_with`."""

    def __call__(self, project_id: ProjectId, key_id: EncryptionKeyId) -> AsyncResult[bool]: ...


class AsyncProviderAppLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        provider_app_id: ProviderAppId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> AsyncResult[ProviderApp | None]: ...


class AsyncMockProviderAppRepository(AsyncMockRepository):
    """A repository of provider_apps that does what its stubs say."""

    @property
    def calls(self) -> ProviderAppCalls:
        """The calls so far."""
        return ProviderAppCalls(self._book.log)

    async def get(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> ProviderApp:
        """Return the live value, or raise `NotFound`."""
        answer: ProviderApp = await self._answer("get", (project_id, provider_app_id))
        return answer

    async def find(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> ProviderApp | None:
        """Return the live value, or None."""
        answer: ProviderApp | None = await self._answer("find", (project_id, provider_app_id))
        return answer

    async def get_many(self, project_id: ProjectId, provider_app_ids: Sequence[ProviderAppId]) -> list[ProviderApp]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[ProviderApp] = await self._answer("get_many", (project_id, provider_app_ids))
        return answer

    async def exists(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, provider_app_id))
        return answer

    async def page(
        self, filter: ProviderAppFilter, *, order: ProviderAppOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[ProviderApp]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[ProviderApp] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: ProviderAppFilter, *, order: ProviderAppOrder = "id") -> AsyncIterator[ProviderApp]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: ProviderAppFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewProviderApp) -> ProviderApp:
        """Store a new row and return it as stored."""
        answer: ProviderApp = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewProviderApp], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewProviderApp], *, returning: Literal[True]) -> list[ProviderApp]: ...
    async def create_many(self, new: Iterable[NewProviderApp], *, returning: bool = False) -> int | list[ProviderApp]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[ProviderApp] = await self._answer("create_many", (new, returning))
        return answer

    async def update(
        self,
        project_id: ProjectId,
        provider_app_id: ProviderAppId,
        *,
        expected_version: int,
        **changes: Unpack[ProviderAppChanges],
    ) -> ProviderApp:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: ProviderApp = await self._answer("update", (project_id, provider_app_id, expected_version, changes))
        return answer

    async def upsert(self, new: NewProviderApp, *, on: ProviderAppUniqueKey) -> Upserted[ProviderApp]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[ProviderApp] = await self._answer("upsert", (new, on))
        return answer

    async def delete(
        self, project_id: ProjectId, provider_app_id: ProviderAppId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        await self._answer("delete", (project_id, provider_app_id, expected_version))

    async def restore(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> ProviderApp:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: ProviderApp = await self._answer("restore", (project_id, provider_app_id))
        return answer

    async def purge(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        await self._answer("purge", (project_id, provider_app_id))

    async def find_by_external_ref(self, project_id: ProjectId, external_ref: str) -> ProviderApp | None:
        """Return the live app that the customer knows by this reference, or None."""
        answer: ProviderApp | None = await self._answer("find_by_external_ref", (project_id, external_ref))
        return answer

    async def reseal(
        self, project_id: ProjectId, provider_app_id: ProviderAppId, key_id: EncryptionKeyId
    ) -> ProviderApp:
        """Seal an app's secret with another data key of its project.

        The key service is the one that the environment names; the call waits for it. Raises
        `NotFound` for app or key, `ValueInvalid` for a secret that does not open, and
        `ConfigurationInvalid` without a key service.
        """
        answer: ProviderApp = await self._answer("reseal", (project_id, provider_app_id, key_id))
        return answer

    async def is_sealed_with(self, project_id: ProjectId, key_id: EncryptionKeyId) -> bool:
        """Tell whether an app's secret, deleted apps included, is sealed with a data key."""
        answer: bool = await self._answer("is_sealed_with", (project_id, key_id))
        return answer

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        provider_app_id: ProviderAppId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ProviderApp: ...
    @overload
    async def lock(
        self,
        project_id: ProjectId,
        provider_app_id: ProviderAppId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ProviderApp | None: ...
    async def lock(
        self,
        project_id: ProjectId,
        provider_app_id: ProviderAppId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> ProviderApp | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: ProviderApp | None = await self._answer(
            "lock", (project_id, provider_app_id, strength, nowait, skip_locked)
        )
        return answer


class AsyncMockProviderApps(AsyncMockBuilder[AsyncMockProviderAppRepository]):
    """Builds a mock of the repository of provider_apps: `with_...` says what an operation does."""

    _entity = PROVIDER_APPS
    _interface = AsyncProviderAppTransactionRepository
    _made = AsyncMockProviderAppRepository

    def with_get(self, outcome: Outcome[ProviderApp, AsyncProviderAppGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[ProviderApp | None, AsyncProviderAppFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[ProviderApp], AsyncProviderAppGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncProviderAppExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[ProviderApp], AsyncProviderAppPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[ProviderApp], AsyncProviderAppIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncProviderAppCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[ProviderApp, AsyncProviderAppCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[ProviderApp], AsyncProviderAppCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[ProviderApp, AsyncProviderAppUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[ProviderApp], AsyncProviderAppUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncProviderAppDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[ProviderApp, AsyncProviderAppRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, AsyncProviderAppPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_find_by_external_ref(
        self, outcome: Outcome[ProviderApp | None, AsyncProviderAppFindByExternalRefStub]
    ) -> Self:
        """Say what `find_by_external_ref` does."""
        return self._with("find_by_external_ref", outcome)

    def with_reseal(self, outcome: Outcome[ProviderApp, AsyncProviderAppResealStub]) -> Self:
        """Say what `reseal` does."""
        return self._with("reseal", outcome)

    def with_is_sealed_with(self, outcome: Outcome[bool, AsyncProviderAppIsSealedWithStub]) -> Self:
        """Say what `is_sealed_with` does."""
        return self._with("is_sealed_with", outcome)

    def with_lock(self, outcome: Outcome[ProviderApp | None, AsyncProviderAppLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
