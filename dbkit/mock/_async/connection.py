# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of connections."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.connection import ConnectionCalls
from dbkit.models.connection import CONNECTIONS
from dbkit.types._async.connection import AsyncConnectionTransactionRepository
from dbkit.types.calls.connection import ConnectionChanges, ConnectionOrder, ConnectionUniqueKey
from dbkit.types.connection import Connection, ConnectionFilter, NewConnection
from dbkit.types.identifiers import ConnectionId, ConsumerRef, GroupRef, ProjectId, ProviderSlug
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncMockConnectionRepository", "AsyncMockConnections"]


class AsyncConnectionGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, connection_id: ConnectionId) -> AsyncResult[Connection]: ...


class AsyncConnectionFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, connection_id: ConnectionId) -> AsyncResult[Connection | None]: ...


class AsyncConnectionGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, connection_ids: tuple[ConnectionId, ...]
    ) -> AsyncResult[list[Connection]]: ...


class AsyncConnectionExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, connection_id: ConnectionId) -> AsyncResult[bool]: ...


class AsyncConnectionPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ConnectionFilter, *, order: ConnectionOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Connection]]: ...


class AsyncConnectionIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ConnectionFilter, *, order: ConnectionOrder) -> AsyncItems[Connection]: ...


class AsyncConnectionCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ConnectionFilter) -> AsyncResult[int]: ...


class AsyncConnectionCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewConnection) -> AsyncResult[Connection]: ...


class AsyncConnectionCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewConnection, ...], *, returning: bool) -> AsyncResult[int | list[Connection]]: ...


class AsyncConnectionUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        *,
        expected_version: int,
        **changes: Unpack[ConnectionChanges],
    ) -> AsyncResult[Connection]: ...


class AsyncConnectionUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewConnection, *, on: ConnectionUniqueKey) -> AsyncResult[Upserted[Connection]]: ...


class AsyncConnectionDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, connection_id: ConnectionId, *, expected_version: int | None
    ) -> AsyncResult[None]: ...


class AsyncConnectionRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, project_id: ProjectId, connection_id: ConnectionId) -> AsyncResult[Connection]: ...


class AsyncConnectionPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, project_id: ProjectId, connection_id: ConnectionId) -> AsyncResult[None]: ...


class AsyncConnectionFindLiveStub(Protocol):
    """What may answer for `find_live`."""

    def __call__(
        self,
        project_id: ProjectId,
        provider: ProviderSlug,
        group_ref: GroupRef,
        consumer_ref: ConsumerRef,
        workspace: str | None,
    ) -> AsyncResult[Connection | None]: ...


class AsyncConnectionMarkWorkingStub(Protocol):
    """What may answer for `mark_working`."""

    def __call__(self, project_id: ProjectId, connection_id: ConnectionId) -> AsyncResult[Connection]: ...


class AsyncConnectionMarkBadCredentialsStub(Protocol):
    """What may answer for `mark_bad_credentials`."""

    def __call__(self, project_id: ProjectId, connection_id: ConnectionId, reason: str) -> AsyncResult[Connection]: ...


class AsyncConnectionLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> AsyncResult[Connection | None]: ...


class AsyncMockConnectionRepository(AsyncMockRepository):
    """A repository of connections that does what its stubs say."""

    @property
    def calls(self) -> ConnectionCalls:
        """The calls so far."""
        return ConnectionCalls(self._book.log)

    async def get(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        """Return the live value, or raise `NotFound`."""
        answer: Connection = await self._answer("get", (project_id, connection_id))
        return answer

    async def find(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection | None:
        """Return the live value, or None."""
        answer: Connection | None = await self._answer("find", (project_id, connection_id))
        return answer

    async def get_many(self, project_id: ProjectId, connection_ids: Sequence[ConnectionId]) -> list[Connection]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Connection] = await self._answer("get_many", (project_id, connection_ids))
        return answer

    async def exists(self, project_id: ProjectId, connection_id: ConnectionId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, connection_id))
        return answer

    async def page(
        self, filter: ConnectionFilter, *, order: ConnectionOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Connection]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Connection] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: ConnectionFilter, *, order: ConnectionOrder = "id") -> AsyncIterator[Connection]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: ConnectionFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewConnection) -> Connection:
        """Store a new row and return it as stored."""
        answer: Connection = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewConnection], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewConnection], *, returning: Literal[True]) -> list[Connection]: ...
    async def create_many(self, new: Iterable[NewConnection], *, returning: bool = False) -> int | list[Connection]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Connection] = await self._answer("create_many", (new, returning))
        return answer

    async def update(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        *,
        expected_version: int,
        **changes: Unpack[ConnectionChanges],
    ) -> Connection:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: Connection = await self._answer("update", (project_id, connection_id, expected_version, changes))
        return answer

    async def upsert(self, new: NewConnection, *, on: ConnectionUniqueKey) -> Upserted[Connection]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Connection] = await self._answer("upsert", (new, on))
        return answer

    async def delete(
        self, project_id: ProjectId, connection_id: ConnectionId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        await self._answer("delete", (project_id, connection_id, expected_version))

    async def restore(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: Connection = await self._answer("restore", (project_id, connection_id))
        return answer

    async def purge(self, project_id: ProjectId, connection_id: ConnectionId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        await self._answer("purge", (project_id, connection_id))

    async def find_live(
        self,
        project_id: ProjectId,
        provider: ProviderSlug,
        group_ref: GroupRef,
        consumer_ref: ConsumerRef,
        workspace: str | None = None,
    ) -> Connection | None:
        """Return the live connection of a group and consumer to a provider's workspace, or None."""
        answer: Connection | None = await self._answer(
            "find_live", (project_id, provider, group_ref, consumer_ref, workspace)
        )
        return answer

    async def mark_working(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        """Note that the credentials of a live connection work, or raise `NotFound`."""
        answer: Connection = await self._answer("mark_working", (project_id, connection_id))
        return answer

    async def mark_bad_credentials(self, project_id: ProjectId, connection_id: ConnectionId, reason: str) -> Connection:
        """Note that the credentials of a live connection do not work, and keep the reason in the audit trail.

        Nothing changes where that is known. Raises `NotFound`.
        """
        answer: Connection = await self._answer("mark_bad_credentials", (project_id, connection_id, reason))
        return answer

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Connection: ...
    @overload
    async def lock(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Connection | None: ...
    async def lock(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Connection | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Connection | None = await self._answer(
            "lock", (project_id, connection_id, strength, nowait, skip_locked)
        )
        return answer


class AsyncMockConnections(AsyncMockBuilder[AsyncMockConnectionRepository]):
    """Builds a mock of the repository of connections: `with_...` says what an operation does."""

    _entity = CONNECTIONS
    _interface = AsyncConnectionTransactionRepository
    _made = AsyncMockConnectionRepository

    def with_get(self, outcome: Outcome[Connection, AsyncConnectionGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Connection | None, AsyncConnectionFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Connection], AsyncConnectionGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncConnectionExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Connection], AsyncConnectionPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Connection], AsyncConnectionIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncConnectionCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Connection, AsyncConnectionCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Connection], AsyncConnectionCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Connection, AsyncConnectionUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Connection], AsyncConnectionUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncConnectionDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[Connection, AsyncConnectionRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, AsyncConnectionPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_find_live(self, outcome: Outcome[Connection | None, AsyncConnectionFindLiveStub]) -> Self:
        """Say what `find_live` does."""
        return self._with("find_live", outcome)

    def with_mark_working(self, outcome: Outcome[Connection, AsyncConnectionMarkWorkingStub]) -> Self:
        """Say what `mark_working` does."""
        return self._with("mark_working", outcome)

    def with_mark_bad_credentials(self, outcome: Outcome[Connection, AsyncConnectionMarkBadCredentialsStub]) -> Self:
        """Say what `mark_bad_credentials` does."""
        return self._with("mark_bad_credentials", outcome)

    def with_lock(self, outcome: Outcome[Connection | None, AsyncConnectionLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
