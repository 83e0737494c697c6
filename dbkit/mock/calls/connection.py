# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of connections."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.connection import ConnectionChanges, ConnectionOrder, ConnectionUniqueKey
from dbkit.types.connection import ConnectionFilter, NewConnection
from dbkit.types.identifiers import ConnectionId, ConsumerRef, GroupRef, ProjectId, ProviderSlug
from dbkit.types.lock import LockStrength

__all__ = [
    "ConnectionCalls",
    "ConnectionCountCall",
    "ConnectionCreateCall",
    "ConnectionCreateManyCall",
    "ConnectionDeleteCall",
    "ConnectionExistsCall",
    "ConnectionFindCall",
    "ConnectionFindLiveCall",
    "ConnectionGetCall",
    "ConnectionGetManyCall",
    "ConnectionIterateCall",
    "ConnectionLockCall",
    "ConnectionMarkBadCredentialsCall",
    "ConnectionMarkWorkingCall",
    "ConnectionPageCall",
    "ConnectionPurgeCall",
    "ConnectionRestoreCall",
    "ConnectionUpdateCall",
    "ConnectionUpsertCall",
]


class ConnectionGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "connections.get"

    project_id: ProjectId
    connection_id: ConnectionId


class ConnectionFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "connections.find"

    project_id: ProjectId
    connection_id: ConnectionId


class ConnectionGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "connections.get_many"

    project_id: ProjectId
    connection_ids: tuple[ConnectionId, ...]


class ConnectionExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "connections.exists"

    project_id: ProjectId
    connection_id: ConnectionId


class ConnectionPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "connections.page"

    filter: ConnectionFilter
    order: ConnectionOrder
    limit: int
    after: str | None


class ConnectionIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "connections.iterate"

    filter: ConnectionFilter
    order: ConnectionOrder


class ConnectionCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "connections.count"

    filter: ConnectionFilter


class ConnectionCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "connections.create"

    new: NewConnection


class ConnectionCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "connections.create_many"

    new: tuple[NewConnection, ...]
    returning: bool


class ConnectionUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "connections.update"

    project_id: ProjectId
    connection_id: ConnectionId
    expected_version: int
    changes: ConnectionChanges


class ConnectionUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "connections.upsert"

    new: NewConnection
    on: ConnectionUniqueKey


class ConnectionDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "connections.delete"

    project_id: ProjectId
    connection_id: ConnectionId
    expected_version: int | None


class ConnectionRestoreCall(Call):
    """A call of `restore`."""

    called: ClassVar[str] = "connections.restore"

    project_id: ProjectId
    connection_id: ConnectionId


class ConnectionPurgeCall(Call):
    """A call of `purge`."""

    called: ClassVar[str] = "connections.purge"

    project_id: ProjectId
    connection_id: ConnectionId


class ConnectionFindLiveCall(Call):
    """A call of `find_live`."""

    called: ClassVar[str] = "connections.find_live"

    project_id: ProjectId
    provider: ProviderSlug
    group_ref: GroupRef
    consumer_ref: ConsumerRef
    workspace: str | None


class ConnectionMarkWorkingCall(Call):
    """A call of `mark_working`."""

    called: ClassVar[str] = "connections.mark_working"

    project_id: ProjectId
    connection_id: ConnectionId


class ConnectionMarkBadCredentialsCall(Call):
    """A call of `mark_bad_credentials`."""

    called: ClassVar[str] = "connections.mark_bad_credentials"

    project_id: ProjectId
    connection_id: ConnectionId
    reason: str


class ConnectionLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "connections.lock"

    project_id: ProjectId
    connection_id: ConnectionId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class ConnectionCalls(Calls):
    """The calls of a mock of connections, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        ConnectionGetCall,
        ConnectionFindCall,
        ConnectionGetManyCall,
        ConnectionExistsCall,
        ConnectionPageCall,
        ConnectionIterateCall,
        ConnectionCountCall,
        ConnectionCreateCall,
        ConnectionCreateManyCall,
        ConnectionUpdateCall,
        ConnectionUpsertCall,
        ConnectionDeleteCall,
        ConnectionRestoreCall,
        ConnectionPurgeCall,
        ConnectionFindLiveCall,
        ConnectionMarkWorkingCall,
        ConnectionMarkBadCredentialsCall,
        ConnectionLockCall,
    )

    @property
    def get(self) -> tuple[ConnectionGetCall, ...]:
        """The calls of `get`."""
        return self._of(ConnectionGetCall)

    @property
    def find(self) -> tuple[ConnectionFindCall, ...]:
        """The calls of `find`."""
        return self._of(ConnectionFindCall)

    @property
    def get_many(self) -> tuple[ConnectionGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(ConnectionGetManyCall)

    @property
    def exists(self) -> tuple[ConnectionExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(ConnectionExistsCall)

    @property
    def page(self) -> tuple[ConnectionPageCall, ...]:
        """The calls of `page`."""
        return self._of(ConnectionPageCall)

    @property
    def iterate(self) -> tuple[ConnectionIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(ConnectionIterateCall)

    @property
    def count(self) -> tuple[ConnectionCountCall, ...]:
        """The calls of `count`."""
        return self._of(ConnectionCountCall)

    @property
    def create(self) -> tuple[ConnectionCreateCall, ...]:
        """The calls of `create`."""
        return self._of(ConnectionCreateCall)

    @property
    def create_many(self) -> tuple[ConnectionCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(ConnectionCreateManyCall)

    @property
    def update(self) -> tuple[ConnectionUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(ConnectionUpdateCall)

    @property
    def upsert(self) -> tuple[ConnectionUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(ConnectionUpsertCall)

    @property
    def delete(self) -> tuple[ConnectionDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(ConnectionDeleteCall)

    @property
    def restore(self) -> tuple[ConnectionRestoreCall, ...]:
        """The calls of `restore`."""
        return self._of(ConnectionRestoreCall)

    @property
    def purge(self) -> tuple[ConnectionPurgeCall, ...]:
        """The calls of `purge`."""
        return self._of(ConnectionPurgeCall)

    @property
    def find_live(self) -> tuple[ConnectionFindLiveCall, ...]:
        """The calls of `find_live`."""
        return self._of(ConnectionFindLiveCall)

    @property
    def mark_working(self) -> tuple[ConnectionMarkWorkingCall, ...]:
        """The calls of `mark_working`."""
        return self._of(ConnectionMarkWorkingCall)

    @property
    def mark_bad_credentials(self) -> tuple[ConnectionMarkBadCredentialsCall, ...]:
        """The calls of `mark_bad_credentials`."""
        return self._of(ConnectionMarkBadCredentialsCall)

    @property
    def lock(self) -> tuple[ConnectionLockCall, ...]:
        """The calls of `lock`."""
        return self._of(ConnectionLockCall)
