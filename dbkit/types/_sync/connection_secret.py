# Generated from dbkit/types/_async/connection_secret.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of connection_secrets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal, Protocol, Unpack, overload

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

__all__ = ["ConnectionSecretRepository", "ConnectionSecretTransactionRepository"]


class ConnectionSecretRepository(Protocol):
    """The verbs of connection_secrets, each call a transaction of its own."""

    def get(self, project_id: ProjectId, connection_id: ConnectionId, kind: ConnectionSecretKind) -> ConnectionSecret:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(
        self, project_id: ProjectId, connection_id: ConnectionId, kind: ConnectionSecretKind
    ) -> ConnectionSecret | None:
        """Return the live value, or None."""
        ...

    def get_many(
        self, project_id: ProjectId, connection_id: ConnectionId, kinds: Sequence[ConnectionSecretKind]
    ) -> list[ConnectionSecret]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, project_id: ProjectId, connection_id: ConnectionId, kind: ConnectionSecretKind) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self,
        filter: ConnectionSecretFilter,
        *,
        order: ConnectionSecretOrder = "connection_id,kind",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ConnectionSecret]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(
        self, filter: ConnectionSecretFilter, *, order: ConnectionSecretOrder = "connection_id,kind"
    ) -> Iterator[ConnectionSecret]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: ConnectionSecretFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewConnectionSecret) -> ConnectionSecret:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewConnectionSecret], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewConnectionSecret], *, returning: Literal[True]) -> list[ConnectionSecret]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        kind: ConnectionSecretKind,
        *,
        expected_version: int,
        **changes: Unpack[ConnectionSecretChanges],
    ) -> ConnectionSecret:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewConnectionSecret, *, on: ConnectionSecretUniqueKey) -> Upserted[ConnectionSecret]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        kind: ConnectionSecretKind,
        *,
        expected_version: int | None = None,
    ) -> None:
        """Delete a live row for good, or raise `NotFound` or `StaleVersion`."""
        ...

    def replace(self, secret: NewConnectionSecret, *, expected_version: int) -> ConnectionSecret:
        """Put a refreshed secret in the place of the one that was read, in one statement.

        Raises `StaleVersion` where another refresh was faster, and `NotFound`.
        """
        ...

    def refresh_token(
        self,
        connection: Connection,
        refresh: Callable[[Secret | None], FreshToken],
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
        ...

    def reseal_batch(
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
        ...


class ConnectionSecretTransactionRepository(ConnectionSecretRepository, Protocol):
    """The verbs of connection_secrets inside a transaction."""

    @overload
    def lock(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        kind: ConnectionSecretKind,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ConnectionSecret:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    def lock(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        kind: ConnectionSecretKind,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ConnectionSecret | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    def due_for_refresh(self, before: datetime, limit: int) -> list[ConnectionSecret]:
        """Return up to `limit` access tokens of all tenants that expire before this time, the first to expire first.

        Their rows are held until the transaction ends; those that others hold are left out.
        """
        ...
