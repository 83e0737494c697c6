# Generated from dbkit/mock/_async/connection.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of connections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.connection import ConnectionCalls
from dbkit.models.connection import CONNECTIONS
from dbkit.types._sync.connection import ConnectionTransactionRepository
from dbkit.types.calls.connection import ConnectionChanges, ConnectionOrder, ConnectionUniqueKey
from dbkit.types.connection import Connection, ConnectionFilter, NewConnection
from dbkit.types.identifiers import ConnectionId, ConsumerRef, GroupRef, ProjectId, ProviderSlug
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["MockConnectionRepository", "MockConnections"]


class ConnectionGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, connection_id: ConnectionId) -> Result[Connection]: ...


class ConnectionFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, connection_id: ConnectionId) -> Result[Connection | None]: ...


class ConnectionGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, project_id: ProjectId, connection_ids: tuple[ConnectionId, ...]) -> Result[list[Connection]]: ...


class ConnectionExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, connection_id: ConnectionId) -> Result[bool]: ...


class ConnectionPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ConnectionFilter, *, order: ConnectionOrder, limit: int, after: str | None
    ) -> Result[Page[Connection]]: ...


class ConnectionIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ConnectionFilter, *, order: ConnectionOrder) -> Items[Connection]: ...


class ConnectionCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ConnectionFilter) -> Result[int]: ...


class ConnectionCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewConnection) -> Result[Connection]: ...


class ConnectionCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewConnection, ...], *, returning: bool) -> Result[int | list[Connection]]: ...


class ConnectionUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        *,
        expected_version: int,
        **changes: Unpack[ConnectionChanges],
    ) -> Result[Connection]: ...


class ConnectionUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewConnection, *, on: ConnectionUniqueKey) -> Result[Upserted[Connection]]: ...


class ConnectionDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, connection_id: ConnectionId, *, expected_version: int | None
    ) -> Result[None]: ...


class ConnectionRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, project_id: ProjectId, connection_id: ConnectionId) -> Result[Connection]: ...


class ConnectionPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, project_id: ProjectId, connection_id: ConnectionId) -> Result[None]: ...


class ConnectionFindLiveStub(Protocol):
    """What may answer for `find_live`."""

    def __call__(
        self,
        project_id: ProjectId,
        provider: ProviderSlug,
        group_ref: GroupRef,
        consumer_ref: ConsumerRef,
        workspace: str | None,
    ) -> Result[Connection | None]: ...


class ConnectionMarkWorkingStub(Protocol):
    """What may answer for `mark_working`."""

    def __call__(self, project_id: ProjectId, connection_id: ConnectionId) -> Result[Connection]: ...


class ConnectionMarkBadCredentialsStub(Protocol):
    """What may answer for `mark_bad_credentials`."""

    def __call__(self, project_id: ProjectId, connection_id: ConnectionId, reason: str) -> Result[Connection]: ...


class ConnectionLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> Result[Connection | None]: ...


class MockConnectionRepository(MockRepository):
    """A repository of connections that does what its stubs say."""

    @property
    def calls(self) -> ConnectionCalls:
        """The calls so far."""
        return ConnectionCalls(self._book.log)

    def get(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        """Return the live value, or raise `NotFound`."""
        answer: Connection = self._answer("get", (project_id, connection_id))
        return answer

    def find(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection | None:
        """Return the live value, or None."""
        answer: Connection | None = self._answer("find", (project_id, connection_id))
        return answer

    def get_many(self, project_id: ProjectId, connection_ids: Sequence[ConnectionId]) -> list[Connection]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Connection] = self._answer("get_many", (project_id, connection_ids))
        return answer

    def exists(self, project_id: ProjectId, connection_id: ConnectionId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, connection_id))
        return answer

    def page(
        self, filter: ConnectionFilter, *, order: ConnectionOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Connection]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Connection] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: ConnectionFilter, *, order: ConnectionOrder = "id") -> Iterator[Connection]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: ConnectionFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewConnection) -> Connection:
        """Store a new row and return it as stored."""
        answer: Connection = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewConnection], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewConnection], *, returning: Literal[True]) -> list[Connection]: ...
    def create_many(self, new: Iterable[NewConnection], *, returning: bool = False) -> int | list[Connection]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Connection] = self._answer("create_many", (new, returning))
        return answer

    def update(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        *,
        expected_version: int,
        **changes: Unpack[ConnectionChanges],
    ) -> Connection:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: Connection = self._answer("update", (project_id, connection_id, expected_version, changes))
        return answer

    def upsert(self, new: NewConnection, *, on: ConnectionUniqueKey) -> Upserted[Connection]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Connection] = self._answer("upsert", (new, on))
        return answer

    def delete(
        self, project_id: ProjectId, connection_id: ConnectionId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        self._answer("delete", (project_id, connection_id, expected_version))

    def restore(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: Connection = self._answer("restore", (project_id, connection_id))
        return answer

    def purge(self, project_id: ProjectId, connection_id: ConnectionId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        self._answer("purge", (project_id, connection_id))

    def find_live(
        self,
        project_id: ProjectId,
        provider: ProviderSlug,
        group_ref: GroupRef,
        consumer_ref: ConsumerRef,
        workspace: str | None = None,
    ) -> Connection | None:
        """Return the live connection of a group and consumer to a provider's workspace, or None."""
        answer: Connection | None = self._answer(
            "find_live", (project_id, provider, group_ref, consumer_ref, workspace)
        )
        return answer

    def mark_working(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        """Note that the credentials of a live connection work, or raise `NotFound`."""
        answer: Connection = self._answer("mark_working", (project_id, connection_id))
        return answer

    def mark_bad_credentials(self, project_id: ProjectId, connection_id: ConnectionId, reason: str) -> Connection:
        """Note that the credentials of a live connection do not work, and keep the reason in the audit trail.

        Nothing changes where that is known. Raises `NotFound`.
        """
        answer: Connection = self._answer("mark_bad_credentials", (project_id, connection_id, reason))
        return answer

    @overload
    def lock(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Connection: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Connection | None: ...
    def lock(
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
        answer: Connection | None = self._answer("lock", (project_id, connection_id, strength, nowait, skip_locked))
        return answer


class MockConnections(MockBuilder[MockConnectionRepository]):
    """Builds a mock of the repository of connections: `with_...` says what an operation does."""

    _entity = CONNECTIONS
    _interface = ConnectionTransactionRepository
    _made = MockConnectionRepository

    def with_get(self, outcome: Outcome[Connection, ConnectionGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Connection | None, ConnectionFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Connection], ConnectionGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, ConnectionExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Connection], ConnectionPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Connection], ConnectionIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, ConnectionCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Connection, ConnectionCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Connection], ConnectionCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Connection, ConnectionUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Connection], ConnectionUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, ConnectionDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[Connection, ConnectionRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, ConnectionPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_find_live(self, outcome: Outcome[Connection | None, ConnectionFindLiveStub]) -> Self:
        """Say what `find_live` does."""
        return self._with("find_live", outcome)

    def with_mark_working(self, outcome: Outcome[Connection, ConnectionMarkWorkingStub]) -> Self:
        """Say what `mark_working` does."""
        return self._with("mark_working", outcome)

    def with_mark_bad_credentials(self, outcome: Outcome[Connection, ConnectionMarkBadCredentialsStub]) -> Self:
        """Say what `mark_bad_credentials` does."""
        return self._with("mark_bad_credentials", outcome)

    def with_lock(self, outcome: Outcome[Connection | None, ConnectionLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
