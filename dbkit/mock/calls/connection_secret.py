# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of connection_secrets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
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
from dbkit.types.secret import Secret

__all__ = [
    "ConnectionSecretCalls",
    "ConnectionSecretCountCall",
    "ConnectionSecretCreateCall",
    "ConnectionSecretCreateManyCall",
    "ConnectionSecretDeleteCall",
    "ConnectionSecretDueForRefreshCall",
    "ConnectionSecretExistsCall",
    "ConnectionSecretFindCall",
    "ConnectionSecretGetCall",
    "ConnectionSecretGetManyCall",
    "ConnectionSecretIterateCall",
    "ConnectionSecretLockCall",
    "ConnectionSecretPageCall",
    "ConnectionSecretRefreshTokenCall",
    "ConnectionSecretReplaceCall",
    "ConnectionSecretResealBatchCall",
    "ConnectionSecretUpdateCall",
    "ConnectionSecretUpsertCall",
]


class ConnectionSecretGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "connection_secrets.get"

    project_id: ProjectId
    connection_id: ConnectionId
    kind: ConnectionSecretKind


class ConnectionSecretFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "connection_secrets.find"

    project_id: ProjectId
    connection_id: ConnectionId
    kind: ConnectionSecretKind


class ConnectionSecretGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "connection_secrets.get_many"

    project_id: ProjectId
    connection_id: ConnectionId
    kinds: tuple[ConnectionSecretKind, ...]


class ConnectionSecretExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "connection_secrets.exists"

    project_id: ProjectId
    connection_id: ConnectionId
    kind: ConnectionSecretKind


class ConnectionSecretPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "connection_secrets.page"

    filter: ConnectionSecretFilter
    order: ConnectionSecretOrder
    limit: int
    after: str | None


class ConnectionSecretIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "connection_secrets.iterate"

    filter: ConnectionSecretFilter
    order: ConnectionSecretOrder


class ConnectionSecretCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "connection_secrets.count"

    filter: ConnectionSecretFilter


class ConnectionSecretCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "connection_secrets.create"

    new: NewConnectionSecret


class ConnectionSecretCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "connection_secrets.create_many"

    new: tuple[NewConnectionSecret, ...]
    returning: bool


class ConnectionSecretUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "connection_secrets.update"

    project_id: ProjectId
    connection_id: ConnectionId
    kind: ConnectionSecretKind
    expected_version: int
    changes: ConnectionSecretChanges


class ConnectionSecretUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "connection_secrets.upsert"

    new: NewConnectionSecret
    on: ConnectionSecretUniqueKey


class ConnectionSecretDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "connection_secrets.delete"

    project_id: ProjectId
    connection_id: ConnectionId
    kind: ConnectionSecretKind
    expected_version: int | None


class ConnectionSecretReplaceCall(Call):
    """A call of `replace`."""

    called: ClassVar[str] = "connection_secrets.replace"

    secret: NewConnectionSecret
    expected_version: int


class ConnectionSecretRefreshTokenCall(Call):
    """A call of `refresh_token`."""

    called: ClassVar[str] = "connection_secrets.refresh_token"

    connection: Connection
    refresh: Callable[[Secret | None], Awaitable[FreshToken] | FreshToken]
    stale: ConnectionSecret | None
    leeway: timedelta
    ttl: timedelta
    wait_seconds: float


class ConnectionSecretResealBatchCall(Call):
    """A call of `reseal_batch`."""

    called: ClassVar[str] = "connection_secrets.reseal_batch"

    project_id: ProjectId
    from_key: EncryptionKeyId
    to_key: EncryptionKeyId
    after: tuple[ConnectionId, ConnectionSecretKind] | None
    limit: int


class ConnectionSecretLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "connection_secrets.lock"

    project_id: ProjectId
    connection_id: ConnectionId
    kind: ConnectionSecretKind
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class ConnectionSecretDueForRefreshCall(Call):
    """A call of `due_for_refresh`."""

    called: ClassVar[str] = "connection_secrets.due_for_refresh"

    before: datetime
    limit: int


class ConnectionSecretCalls(Calls):
    """The calls of a mock of connection_secrets, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        ConnectionSecretGetCall,
        ConnectionSecretFindCall,
        ConnectionSecretGetManyCall,
        ConnectionSecretExistsCall,
        ConnectionSecretPageCall,
        ConnectionSecretIterateCall,
        ConnectionSecretCountCall,
        ConnectionSecretCreateCall,
        ConnectionSecretCreateManyCall,
        ConnectionSecretUpdateCall,
        ConnectionSecretUpsertCall,
        ConnectionSecretDeleteCall,
        ConnectionSecretReplaceCall,
        ConnectionSecretRefreshTokenCall,
        ConnectionSecretResealBatchCall,
        ConnectionSecretLockCall,
        ConnectionSecretDueForRefreshCall,
    )

    @property
    def get(self) -> tuple[ConnectionSecretGetCall, ...]:
        """The calls of `get`."""
        return self._of(ConnectionSecretGetCall)

    @property
    def find(self) -> tuple[ConnectionSecretFindCall, ...]:
        """The calls of `find`."""
        return self._of(ConnectionSecretFindCall)

    @property
    def get_many(self) -> tuple[ConnectionSecretGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(ConnectionSecretGetManyCall)

    @property
    def exists(self) -> tuple[ConnectionSecretExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(ConnectionSecretExistsCall)

    @property
    def page(self) -> tuple[ConnectionSecretPageCall, ...]:
        """The calls of `page`."""
        return self._of(ConnectionSecretPageCall)

    @property
    def iterate(self) -> tuple[ConnectionSecretIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(ConnectionSecretIterateCall)

    @property
    def count(self) -> tuple[ConnectionSecretCountCall, ...]:
        """The calls of `count`."""
        return self._of(ConnectionSecretCountCall)

    @property
    def create(self) -> tuple[ConnectionSecretCreateCall, ...]:
        """The calls of `create`."""
        return self._of(ConnectionSecretCreateCall)

    @property
    def create_many(self) -> tuple[ConnectionSecretCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(ConnectionSecretCreateManyCall)

    @property
    def update(self) -> tuple[ConnectionSecretUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(ConnectionSecretUpdateCall)

    @property
    def upsert(self) -> tuple[ConnectionSecretUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(ConnectionSecretUpsertCall)

    @property
    def delete(self) -> tuple[ConnectionSecretDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(ConnectionSecretDeleteCall)

    @property
    def replace(self) -> tuple[ConnectionSecretReplaceCall, ...]:
        """The calls of `replace`."""
        return self._of(ConnectionSecretReplaceCall)

    @property
    def refresh_token(self) -> tuple[ConnectionSecretRefreshTokenCall, ...]:
        """The calls of `refresh_token`."""
        return self._of(ConnectionSecretRefreshTokenCall)

    @property
    def reseal_batch(self) -> tuple[ConnectionSecretResealBatchCall, ...]:
        """The calls of `reseal_batch`."""
        return self._of(ConnectionSecretResealBatchCall)

    @property
    def lock(self) -> tuple[ConnectionSecretLockCall, ...]:
        """The calls of `lock`."""
        return self._of(ConnectionSecretLockCall)

    @property
    def due_for_refresh(self) -> tuple[ConnectionSecretDueForRefreshCall, ...]:
        """The calls of `due_for_refresh`."""
        return self._of(ConnectionSecretDueForRefreshCall)
