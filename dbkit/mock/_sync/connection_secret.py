# Generated from dbkit/mock/_async/connection_secret.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of connection_secrets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.connection_secret import ConnectionSecretCalls
from dbkit.models.connection_secret import CONNECTION_SECRETS
from dbkit.types._sync.connection_secret import ConnectionSecretTransactionRepository
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

__all__ = ["MockConnectionSecretRepository", "MockConnectionSecrets"]


class ConnectionSecretGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, project_id: ProjectId, connection_id: ConnectionId, kind: ConnectionSecretKind
    ) -> Result[ConnectionSecret]: ...


class ConnectionSecretFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, connection_id: ConnectionId, kind: ConnectionSecretKind
    ) -> Result[ConnectionSecret | None]: ...


class ConnectionSecretGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, connection_id: ConnectionId, kinds: tuple[ConnectionSecretKind, ...]
    ) -> Result[list[ConnectionSecret]]: ...


class ConnectionSecretExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(
        self, project_id: ProjectId, connection_id: ConnectionId, kind: ConnectionSecretKind
    ) -> Result[bool]: ...


class ConnectionSecretPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ConnectionSecretFilter, *, order: ConnectionSecretOrder, limit: int, after: str | None
    ) -> Result[Page[ConnectionSecret]]: ...


class ConnectionSecretIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ConnectionSecretFilter, *, order: ConnectionSecretOrder) -> Items[ConnectionSecret]: ...


class ConnectionSecretCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ConnectionSecretFilter) -> Result[int]: ...


class ConnectionSecretCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewConnectionSecret) -> Result[ConnectionSecret]: ...


class ConnectionSecretCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewConnectionSecret, ...], *, returning: bool
    ) -> Result[int | list[ConnectionSecret]]: ...


class ConnectionSecretUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        kind: ConnectionSecretKind,
        *,
        expected_version: int,
        **changes: Unpack[ConnectionSecretChanges],
    ) -> Result[ConnectionSecret]: ...


class ConnectionSecretUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(
        self, new: NewConnectionSecret, *, on: ConnectionSecretUniqueKey
    ) -> Result[Upserted[ConnectionSecret]]: ...


class ConnectionSecretDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        kind: ConnectionSecretKind,
        *,
        expected_version: int | None,
    ) -> Result[None]: ...


class ConnectionSecretReplaceStub(Protocol):
    """What may answer for `replace`."""

    def __call__(self, secret: NewConnectionSecret, *, expected_version: int) -> Result[ConnectionSecret]: ...


class ConnectionSecretRefreshTokenStub(Protocol):
    """What may answer for `refresh_token`."""

    def __call__(
        self,
        connection: Connection,
        refresh: Callable[[Secret | None], FreshToken],
        *,
        stale: ConnectionSecret | None,
        leeway: timedelta,
        ttl: timedelta,
        wait_seconds: float,
    ) -> Result[ConnectionSecret]: ...


class ConnectionSecretResealBatchStub(Protocol):
    """What may answer for `reseal_batch`."""

    def __call__(
        self,
        project_id: ProjectId,
        from_key: EncryptionKeyId,
        to_key: EncryptionKeyId,
        *,
        after: tuple[ConnectionId, ConnectionSecretKind] | None,
        limit: int,
    ) -> Result[tuple[ConnectionId, ConnectionSecretKind] | None]: ...


class ConnectionSecretLockStub(Protocol):
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
    ) -> Result[ConnectionSecret | None]: ...


class ConnectionSecretDueForRefreshStub(Protocol):
    """What may answer for `due_for_refresh`."""

    def __call__(self, before: datetime, limit: int) -> Result[list[ConnectionSecret]]: ...


class MockConnectionSecretRepository(MockRepository):
    """A repository of connection_secrets that does what its stubs say."""

    @property
    def calls(self) -> ConnectionSecretCalls:
        """The calls so far."""
        return ConnectionSecretCalls(self._book.log)

    def get(self, project_id: ProjectId, connection_id: ConnectionId, kind: ConnectionSecretKind) -> ConnectionSecret:
        """Return the live value, or raise `NotFound`."""
        answer: ConnectionSecret = self._answer("get", (project_id, connection_id, kind))
        return answer

    def find(
        self, project_id: ProjectId, connection_id: ConnectionId, kind: ConnectionSecretKind
    ) -> ConnectionSecret | None:
        """Return the live value, or None."""
        answer: ConnectionSecret | None = self._answer("find", (project_id, connection_id, kind))
        return answer

    def get_many(
        self, project_id: ProjectId, connection_id: ConnectionId, kinds: Sequence[ConnectionSecretKind]
    ) -> list[ConnectionSecret]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[ConnectionSecret] = self._answer("get_many", (project_id, connection_id, kinds))
        return answer

    def exists(self, project_id: ProjectId, connection_id: ConnectionId, kind: ConnectionSecretKind) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, connection_id, kind))
        return answer

    def page(
        self,
        filter: ConnectionSecretFilter,
        *,
        order: ConnectionSecretOrder = "connection_id,kind",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ConnectionSecret]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[ConnectionSecret] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: ConnectionSecretFilter, *, order: ConnectionSecretOrder = "connection_id,kind"
    ) -> Iterator[ConnectionSecret]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: ConnectionSecretFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewConnectionSecret) -> ConnectionSecret:
        """Store a new row and return it as stored."""
        answer: ConnectionSecret = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewConnectionSecret], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(
        self, new: Iterable[NewConnectionSecret], *, returning: Literal[True]
    ) -> list[ConnectionSecret]: ...
    def create_many(
        self, new: Iterable[NewConnectionSecret], *, returning: bool = False
    ) -> int | list[ConnectionSecret]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[ConnectionSecret] = self._answer("create_many", (new, returning))
        return answer

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
        answer: ConnectionSecret = self._answer("update", (project_id, connection_id, kind, expected_version, changes))
        return answer

    def upsert(self, new: NewConnectionSecret, *, on: ConnectionSecretUniqueKey) -> Upserted[ConnectionSecret]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[ConnectionSecret] = self._answer("upsert", (new, on))
        return answer

    def delete(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        kind: ConnectionSecretKind,
        *,
        expected_version: int | None = None,
    ) -> None:
        """Delete a live row for good, or raise `NotFound` or `StaleVersion`."""
        self._answer("delete", (project_id, connection_id, kind, expected_version))

    def replace(self, secret: NewConnectionSecret, *, expected_version: int) -> ConnectionSecret:
        """Put a refreshed secret in the place of the one that was read, in one statement.

        Raises `StaleVersion` where another refresh was faster, and `NotFound`.
        """
        answer: ConnectionSecret = self._answer("replace", (secret, expected_version))
        return answer

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
        answer: ConnectionSecret = self._answer(
            "refresh_token", (connection, refresh, stale, leeway, ttl, wait_seconds)
        )
        return answer

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
        answer: tuple[ConnectionId, ConnectionSecretKind] | None = self._answer(
            "reseal_batch", (project_id, from_key, to_key, after, limit)
        )
        return answer

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
    ) -> ConnectionSecret: ...
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
    ) -> ConnectionSecret | None: ...
    def lock(
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
        answer: ConnectionSecret | None = self._answer(
            "lock", (project_id, connection_id, kind, strength, nowait, skip_locked)
        )
        return answer

    def due_for_refresh(self, before: datetime, limit: int) -> list[ConnectionSecret]:
        """Return up to `limit` access tokens of all tenants that expire before this time, the first to expire first.

        Their rows are held until the transaction ends; those that others hold are left out.
        """
        answer: list[ConnectionSecret] = self._answer("due_for_refresh", (before, limit))
        return answer


class MockConnectionSecrets(MockBuilder[MockConnectionSecretRepository]):
    """Builds a mock of the repository of connection_secrets: `with_...` says what an operation does."""

    _entity = CONNECTION_SECRETS
    _interface = ConnectionSecretTransactionRepository
    _made = MockConnectionSecretRepository

    def with_get(self, outcome: Outcome[ConnectionSecret, ConnectionSecretGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[ConnectionSecret | None, ConnectionSecretFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[ConnectionSecret], ConnectionSecretGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, ConnectionSecretExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[ConnectionSecret], ConnectionSecretPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[ConnectionSecret], ConnectionSecretIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, ConnectionSecretCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[ConnectionSecret, ConnectionSecretCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[ConnectionSecret], ConnectionSecretCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[ConnectionSecret, ConnectionSecretUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[ConnectionSecret], ConnectionSecretUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, ConnectionSecretDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_replace(self, outcome: Outcome[ConnectionSecret, ConnectionSecretReplaceStub]) -> Self:
        """Say what `replace` does."""
        return self._with("replace", outcome)

    def with_refresh_token(self, outcome: Outcome[ConnectionSecret, ConnectionSecretRefreshTokenStub]) -> Self:
        """Say what `refresh_token` does."""
        return self._with("refresh_token", outcome)

    def with_reseal_batch(
        self, outcome: Outcome[tuple[ConnectionId, ConnectionSecretKind] | None, ConnectionSecretResealBatchStub]
    ) -> Self:
        """Say what `reseal_batch` does."""
        return self._with("reseal_batch", outcome)

    def with_lock(self, outcome: Outcome[ConnectionSecret | None, ConnectionSecretLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)

    def with_due_for_refresh(self, outcome: Outcome[list[ConnectionSecret], ConnectionSecretDueForRefreshStub]) -> Self:
        """Say what `due_for_refresh` does."""
        return self._with("due_for_refresh", outcome)
