"""Secrets of connections beyond the verbs: replaced by one refresher at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from dbkit.operations._async.refreshing import AsyncRefresh, Patience
from dbkit.operations._async.resealing import AsyncResealing
from dbkit.types.connection import Connection
from dbkit.types.connection_secret import ConnectionSecret, ConnectionSecretKind, NewConnectionSecret
from dbkit.types.fresh_token import FreshToken
from dbkit.types.identifiers import ConnectionId, EncryptionKeyId, ProjectId
from dbkit.types.secret import Secret

__all__ = ["AsyncConnectionSecretOperations", "AsyncConnectionSecretTransactionOperations"]


class AsyncConnectionSecretOperations(AsyncResealing):
    """The operations of secrets of connections."""

    async def replace(self, secret: NewConnectionSecret, *, expected_version: int) -> ConnectionSecret:
        """Put a refreshed secret in the place of the one that was read, in one statement.

        Raises `StaleVersion` where another refresh was faster, and `NotFound`.
        """
        replaced: ConnectionSecret = await self.update(
            secret.project_id,
            secret.connection_id,
            secret.kind,
            expected_version=expected_version,
            ciphertext=secret.ciphertext,
            encryption_key_id=secret.encryption_key_id,
            scopes=secret.scopes,
            issued_at=secret.issued_at,
            expires_at=secret.expires_at,
        )
        return replaced

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
        return await AsyncRefresh(self._unit, connection, refresh, stale, Patience(leeway, ttl, wait_seconds)).run()

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
        return await self._reseal_batch(project_id, from_key, to_key, after, limit)


class AsyncConnectionSecretTransactionOperations(AsyncConnectionSecretOperations):
    """The operations of secrets of connections inside a transaction."""

    async def due_for_refresh(self, before: datetime, limit: int) -> list[ConnectionSecret]:
        """Return up to `limit` access tokens of all tenants that expire before this time, the first to expire first.

        Their rows are held until the transaction ends; those that others hold are left out.
        """
        columns = self._columns
        return await self._all(
            columns.kind == ConnectionSecretKind.ACCESS_TOKEN,
            columns.expires_at.is_not(None),
            columns.expires_at < before,
            order_by=("expires_at",),
            limit=limit,
            lock="skip locked",
        )
