"""A token of a connection, refreshed by one of those who want it; the others get what it got."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dbkit._acompat import async_call, async_sleep
from dbkit.operations.pauses import Pauses
from dbkit.types.clock import now
from dbkit.types.connection import Connection
from dbkit.types.connection_secret import ConnectionSecret, ConnectionSecretKind, NewConnectionSecret
from dbkit.types.errors import LeaseNotAvailable
from dbkit.types.fresh_token import FreshToken
from dbkit.types.held_lease import HeldLease
from dbkit.types.identifiers import LeaseName
from dbkit.types.secret import Secret

__all__ = ["AsyncRefresh", "Patience"]

_ACCESS, _REFRESH = ConnectionSecretKind.ACCESS_TOKEN, ConnectionSecretKind.REFRESH_TOKEN


@dataclass(frozen=True, slots=True)
class Patience:
    """How long before its end a token is refreshed, how long a refresh may take, how long others wait for it."""

    leeway: timedelta
    ttl: timedelta
    wait_seconds: float


class AsyncRefresh:
    """The refresh of a connection's access token, as one of any number of workers sees it."""

    def __init__(
        self,
        unit: Any,
        connection: Connection,
        refresh: Callable[[Secret | None], Awaitable[FreshToken] | FreshToken],
        stale: ConnectionSecret | None,
        patience: Patience,
    ) -> None:
        self._unit = unit
        self._key = (connection.project_id, connection.id)
        self._refresh = refresh
        self._stale = stale
        self._patience = patience

    async def run(self) -> ConnectionSecret:
        """Return a token that is fresh: the stored one, what somebody else stores meanwhile, or a new one."""
        pauses = Pauses(self._patience.wait_seconds)
        name = LeaseName("token:{}:{}".format(*self._key))
        while True:
            found = await self._find(_ACCESS)
            if found is not None and self._is_fresh(found):
                return found
            with suppress(LeaseNotAvailable):
                async with self._unit.leases.hold(name, ttl=self._patience.ttl, wait_seconds=0) as lease:
                    return await self._refreshed(lease)
            pause = pauses.next_seconds()
            if pause is None:
                raise LeaseNotAvailable(
                    f"somebody else has refreshed the token for {self._patience.wait_seconds:g} s",
                    entity="leases",
                    key={"name": name},
                )
            await async_sleep(pause)

    def _is_fresh(self, token: ConnectionSecret) -> bool:
        if self._stale is not None and token.version <= self._stale.version:
            return False
        return token.expires_at is None or token.expires_at > now() + self._patience.leeway

    async def _refreshed(self, lease: HeldLease) -> ConnectionSecret:
        """Refresh the token, unless somebody has, and store it where the lease is still held."""
        found = await self._find(_ACCESS)
        if found is not None and self._is_fresh(found):
            return found
        renewing = await self._find(_REFRESH)
        secret = None if renewing is None else await self._unit.keyring.unseal(renewing)
        fresh = await async_call(self._refresh, secret)
        lease.require()
        access = await self._sealed(_ACCESS, fresh.access_token, fresh)
        another = None if fresh.refresh_token is None else await self._sealed(_REFRESH, fresh.refresh_token, None)
        async with self._unit.transaction() as tx:
            await tx.leases.require(lease)
            if another is not None:
                await self._put(tx, renewing, another)
            return await self._put(tx, found, access)

    async def _sealed(
        self, kind: ConnectionSecretKind, secret: Secret, fresh: FreshToken | None
    ) -> NewConnectionSecret:
        project_id, connection_id = self._key
        told = (
            {}
            if fresh is None
            else {"scopes": fresh.scopes, "issued_at": fresh.issued_at, "expires_at": fresh.expires_at}
        )
        sealed: NewConnectionSecret = await self._unit.keyring.seal(
            NewConnectionSecret,
            project_id=project_id,
            connection_id=connection_id,
            kind=kind,
            ciphertext=secret,
            **told,
        )
        return sealed

    async def _find(self, kind: ConnectionSecretKind) -> ConnectionSecret | None:
        found: ConnectionSecret | None = await self._unit.connection_secrets.find(*self._key, kind)
        return found

    async def _put(self, tx: Any, old: ConnectionSecret | None, new: NewConnectionSecret) -> ConnectionSecret:
        secrets = tx.connection_secrets
        stored: ConnectionSecret = (
            await secrets.create(new) if old is None else await secrets.replace(new, expected_version=old.version)
        )
        return stored
