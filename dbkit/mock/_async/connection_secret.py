# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of connection_secrets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.connection_secret import ConnectionSecretCalls
from dbkit.models.connection_secret import CONNECTION_SECRETS
from dbkit.types._async.connection_secret import AsyncConnectionSecretTransactionRepository
from dbkit.types.calls.connection_secret import (
    ConnectionSecretChanges,
    ConnectionSecretOrder,
    ConnectionSecretUniqueKey,
)
from dbkit.types.connection import Connection
from dbkit.types.connection_secret import (
    ConnectionSecret,
    ConnectionSecretFilter,
    ConnectionSecretKind,
    NewConnectionSecret,
)
from dbkit.types.fresh_token import FreshToken
from dbkit.types.identifiers import ConnectionId, EncryptionKeyId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.secret import Secret

__all__ = ["AsyncMockConnectionSecretRepository", "AsyncMockConnectionSecrets"]


class AsyncConnectionSecretGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, project_id: ProjectId, connection_id: ConnectionId, kind: ConnectionSecretKind
    ) -> AsyncResult[ConnectionSecret]: ...


class AsyncConnectionSecretFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, connection_id: ConnectionId, kind: ConnectionSecretKind
    ) -> AsyncResult[ConnectionSecret | None]: ...


class AsyncConnectionSecretGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, connection_id: ConnectionId, kinds: tuple[ConnectionSecretKind, ...]
    ) -> AsyncResult[list[ConnectionSecret]]: ...


class AsyncConnectionSecretExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(
        self, project_id: ProjectId, connection_id: ConnectionId, kind: ConnectionSecretKind
    ) -> AsyncResult[bool]: ...


class AsyncConnectionSecretPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ConnectionSecretFilter, *, order: ConnectionSecretOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[ConnectionSecret]]: ...


class AsyncConnectionSecretIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(
        self, filter: ConnectionSecretFilter, *, order: ConnectionSecretOrder
    ) -> AsyncItems[ConnectionSecret]: ...


class AsyncConnectionSecretCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ConnectionSecretFilter) -> AsyncResult[int]: ...


class AsyncConnectionSecretCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewConnectionSecret) -> AsyncResult[ConnectionSecret]: ...


class AsyncConnectionSecretCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewConnectionSecret, ...], *, returning: bool
    ) -> AsyncResult[int | list[ConnectionSecret]]: ...


class AsyncConnectionSecretUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        kind: ConnectionSecretKind,
        *,
        expected_version: int,
        **changes: Unpack[ConnectionSecretChanges],
    ) -> AsyncResult[ConnectionSecret]: ...


class AsyncConnectionSecretUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(
        self, new: NewConnectionSecret, *, on: ConnectionSecretUniqueKey
    ) -> AsyncResult[Upserted[ConnectionSecret]]: ...


class AsyncConnectionSecretDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        kind: ConnectionSecretKind,
        *,
        expected_version: int | None,
    ) -> AsyncResult[None]: ...


class AsyncConnectionSecretReplaceStub(Protocol):
    """What may answer for `replace`."""

    def __call__(self, secret: NewConnectionSecret, *, expected_version: int) -> AsyncResult[ConnectionSecret]: ...


class AsyncConnectionSecretRefreshTokenStub(Protocol):
    """What may answer for `refresh_token`."""

    def __call__(
        self,
        connection: Connection,
        refresh: Callable[[Secret | None], Awaitable[FreshToken] | FreshToken],
        *,
        stale: ConnectionSecret | None,
        leeway: timedelta,
        ttl: timedelta,
        wait_seconds: float,
    ) -> AsyncResult[ConnectionSecret]: ...


class AsyncConnectionSecretResealBatchStub(Protocol):
    """What may answer for `reseal_batch`."""

    def __call__(
        self,
        project_id: ProjectId,
        from_key: EncryptionKeyId,
        to_key: EncryptionKeyId,
        *,
        after: tuple[ConnectionId, ConnectionSecretKind] | None,
        limit: int,
    ) -> AsyncResult[tuple[ConnectionId, ConnectionSecretKind] | None]: ...


class AsyncConnectionSecretLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        kind: ConnectionSecretKind,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> AsyncResult[ConnectionSecret | None]: ...


class AsyncConnectionSecretDueForRefreshStub(Protocol):
    """What may answer for `due_for_refresh`."""

    def __call__(self, before: datetime, limit: int) -> AsyncResult[list[ConnectionSecret]]: ...


class AsyncMockConnectionSecretRepository(AsyncMockRepository):
    """A repository of connection_secrets that does what its stubs say."""

    @property
    def calls(self) -> ConnectionSecretCalls:
        """The calls so far."""
        return ConnectionSecretCalls(self._book.log)

    async def get(
        self, project_id: ProjectId, connection_id: ConnectionId, kind: ConnectionSecretKind
    ) -> ConnectionSecret:
        """Return the live value, or raise `NotFound`."""
        answer: ConnectionSecret = await self._answer("get", (project_id, connection_id, kind))
        return answer

    async def find(
        self, project_id: ProjectId, connection_id: ConnectionId, kind: ConnectionSecretKind
    ) -> ConnectionSecret | None:
        """Return the live value, or None."""
        answer: ConnectionSecret | None = await self._answer("find", (project_id, connection_id, kind))
        return answer

    async def get_many(
        self, project_id: ProjectId, connection_id: ConnectionId, kinds: Sequence[ConnectionSecretKind]
    ) -> list[ConnectionSecret]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[ConnectionSecret] = await self._answer("get_many", (project_id, connection_id, kinds))
        return answer

    async def exists(self, project_id: ProjectId, connection_id: ConnectionId, kind: ConnectionSecretKind) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, connection_id, kind))
        return answer

    async def page(
        self,
        filter: ConnectionSecretFilter,
        *,
        order: ConnectionSecretOrder = "connection_id,kind",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ConnectionSecret]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[ConnectionSecret] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: ConnectionSecretFilter, *, order: ConnectionSecretOrder = "connection_id,kind"
    ) -> AsyncIterator[ConnectionSecret]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: ConnectionSecretFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewConnectionSecret) -> ConnectionSecret:
        """Store a new row and return it as stored."""
        answer: ConnectionSecret = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewConnectionSecret], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(
        self, new: Iterable[NewConnectionSecret], *, returning: Literal[True]
    ) -> list[ConnectionSecret]: ...
    async def create_many(
        self, new: Iterable[NewConnectionSecret], *, returning: bool = False
    ) -> int | list[ConnectionSecret]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[ConnectionSecret] = await self._answer("create_many", (new, returning))
        return answer

    async def update(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        kind: ConnectionSecretKind,
        *,
        expected_version: int,
        **changes: Unpack[ConnectionSecretChanges],
    ) -> ConnectionSecret:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: ConnectionSecret = await self._answer(
            "update", (project_id, connection_id, kind, expected_version, changes)
        )
        return answer

    async def upsert(self, new: NewConnectionSecret, *, on: ConnectionSecretUniqueKey) -> Upserted[ConnectionSecret]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[ConnectionSecret] = await self._answer("upsert", (new, on))
        return answer

    async def delete(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        kind: ConnectionSecretKind,
        *,
        expected_version: int | None = None,
    ) -> None:
        """Delete a live row for good, or raise `NotFound` or `StaleVersion`."""
        await self._answer("delete", (project_id, connection_id, kind, expected_version))

    async def replace(self, secret: NewConnectionSecret, *, expected_version: int) -> ConnectionSecret:
        """Put a refreshed secret in the place of the one that was read, in one statement.

        Raises `StaleVersion` where another refresh was faster, and `NotFound`.
        """
        answer: ConnectionSecret = await self._answer("replace", (secret, expected_version))
        return answer

    async def refresh_token(
        self,
        connection: Connection,
        refresh: Callable[[Secret | None], Awaitable[FreshToken] | FreshToken],
        *,
        stale: ConnectionSecret | None = None,
        leeway: timedelta = timedelta(seconds=60),
        ttl: timedelta = timedelta(seconds=30),
        wait_seconds: float = 30.0,
    ) -> ConnectionSecret:
        """Return a fresh access token of a connection: one of all who call it refreshes, the others get its result.

        A stored token is fresh that does not end within `leeway` and, where the provider refused one, is newer than
        that (`stale`). Else whoever gets the lease of the token calls `refresh` with the refresh token, if there is
        one, and what it returns is stored only while the lease is held. `db.keyring.unseal` opens what is returned. An
        error of `refresh` is the caller's own, and the next one tries. Raises `LeaseNotAvailable` after `wait_seconds`,
        and `LeaseLost` where storing it came too late.
        """
        answer: ConnectionSecret = await self._answer(
            "refresh_token", (connection, refresh, stale, leeway, ttl, wait_seconds)
        )
        return answer

    async def reseal_batch(
        self,
        project_id: ProjectId,
        from_key: EncryptionKeyId,
        to_key: EncryptionKeyId,
        *,
        after: tuple[ConnectionId, ConnectionSecretKind] | None = None,
        limit: int = 100,
    ) -> tuple[ConnectionId, ConnectionSecretKind] | None:
        """Seal up to `limit` secrets with another data key of their project, in the order of their keys.

        Returns the last one's place, to go on after, or None when there are no more. A secret that
        is replaced meanwhile keeps what it was replaced by. The key service is the one that the
        environment names; the call waits for it. Raises `NotFound` for a key, `ValueInvalid` for a
        secret that does not open, and `ConfigurationInvalid` without a key service.
        """
        answer: tuple[ConnectionId, ConnectionSecretKind] | None = await self._answer(
            "reseal_batch", (project_id, from_key, to_key, after, limit)
        )
        return answer

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        kind: ConnectionSecretKind,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ConnectionSecret: ...
    @overload
    async def lock(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        kind: ConnectionSecretKind,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ConnectionSecret | None: ...
    async def lock(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        kind: ConnectionSecretKind,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> ConnectionSecret | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: ConnectionSecret | None = await self._answer(
            "lock", (project_id, connection_id, kind, strength, nowait, skip_locked)
        )
        return answer

    async def due_for_refresh(self, before: datetime, limit: int) -> list[ConnectionSecret]:
        """Return up to `limit` access tokens of all tenants that expire before this time, the first to expire first.

        Their rows are held until the transaction ends; those that others hold are left out.
        """
        answer: list[ConnectionSecret] = await self._answer("due_for_refresh", (before, limit))
        return answer


class AsyncMockConnectionSecrets(AsyncMockBuilder[AsyncMockConnectionSecretRepository]):
    """Builds a mock of the repository of connection_secrets: `with_...` says what an operation does."""

    _entity = CONNECTION_SECRETS
    _interface = AsyncConnectionSecretTransactionRepository
    _made = AsyncMockConnectionSecretRepository

    def with_get(self, outcome: Outcome[ConnectionSecret, AsyncConnectionSecretGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[ConnectionSecret | None, AsyncConnectionSecretFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[ConnectionSecret], AsyncConnectionSecretGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncConnectionSecretExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[ConnectionSecret], AsyncConnectionSecretPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[ConnectionSecret], AsyncConnectionSecretIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncConnectionSecretCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[ConnectionSecret, AsyncConnectionSecretCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(
        self, outcome: Outcome[int | list[ConnectionSecret], AsyncConnectionSecretCreateManyStub]
    ) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[ConnectionSecret, AsyncConnectionSecretUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[ConnectionSecret], AsyncConnectionSecretUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncConnectionSecretDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_replace(self, outcome: Outcome[ConnectionSecret, AsyncConnectionSecretReplaceStub]) -> Self:
        """Say what `replace` does."""
        return self._with("replace", outcome)

    def with_refresh_token(self, outcome: Outcome[ConnectionSecret, AsyncConnectionSecretRefreshTokenStub]) -> Self:
        """Say what `refresh_token` does."""
        return self._with("refresh_token", outcome)

    def with_reseal_batch(
        self, outcome: Outcome[tuple[ConnectionId, ConnectionSecretKind] | None, AsyncConnectionSecretResealBatchStub]
    ) -> Self:
        """Say what `reseal_batch` does."""
        return self._with("reseal_batch", outcome)

    def with_lock(self, outcome: Outcome[ConnectionSecret | None, AsyncConnectionSecretLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)

    def with_due_for_refresh(
        self, outcome: Outcome[list[ConnectionSecret], AsyncConnectionSecretDueForRefreshStub]
    ) -> Self:
        """Say what `due_for_refresh` does."""
        return self._with("due_for_refresh", outcome)
