"""Leases beyond the verbs: one holder at a time, by the server's clock."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import timedelta

from sqlalchemy import func

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.operations._async.holding import AsyncHolding, Wanted
from dbkit.types.clock import now
from dbkit.types.errors import ValueInvalid
from dbkit.types.held_lease import HeldLease
from dbkit.types.identifiers import LeaseName
from dbkit.types.lease import Lease, NewLease
from dbkit.verbs._async.repository import AsyncTransactionRepository
from dbkit.verbs.selection import Selection

__all__ = ["AsyncLeaseOperations", "AsyncLeaseTransactionOperations"]


class AsyncLeaseOperations(AsyncOwnOperations):
    """The operations of leases."""

    def hold(
        self, name: LeaseName, *, ttl: timedelta, wait_seconds: float = 10.0, holder: str | None = None
    ) -> AbstractAsyncContextManager[HeldLease]:
        """Hold a lease for a block, and renew it beside the block.

        Where somebody else has it, tries again after growing, random pauses, and raises `LeaseNotAvailable` after
        `wait_seconds`. A holder that dies keeps others waiting for `ttl` at the longest. One that has lost it hears of
        that by `lease.require()`, by `tx.leases.require(lease)`, to which a transaction is bound, and at the block's
        end, by `LeaseLost`. `holder` is what others see in the table; without it host, process and a unique id. Raises
        `ValueInvalid` for a time to live that is none, and in a transaction, where nobody else would see the lease.
        """
        self._check(ttl)
        if isinstance(self, AsyncTransactionRepository):
            raise ValueInvalid(
                "a lease is not held inside a transaction: nobody else would see it",
                entity=self.entity.name,
                advice="Hold it outside (db.leases.hold), and bind transactions to it (tx.leases.require).",
            )
        return AsyncHolding(self, Wanted.by(name, holder, ttl, wait_seconds))

    async def acquire(self, name: LeaseName, holder: str, ttl: timedelta) -> Lease | None:
        """Take a lease that is free or has ended, for so long, in one statement; None while somebody else holds it.

        Its fence is higher than that of any holder before. A holder who acquires again while the
        lease runs gets None too: `renew` is for that. Raises `ValueInvalid` for a time to live that
        is none.
        """
        self._check(ttl)
        columns = self._columns
        end = func.now() + ttl
        moment = now()
        taken: Lease | None = await self._insert_or_change(
            NewLease(name=name, holder=holder, acquired_at=moment, expires_at=moment + ttl),
            {"acquired_at": func.now(), "expires_at": end},
            Selection((columns.expires_at <= func.now(),)),
            # A change of the key, though it is the same one: it waits for the transactions that are bound to the lease
            # (`require`), which renewals do not.
            {"name": name, "holder": holder, "fence": columns.fence + 1, "acquired_at": func.now(), "expires_at": end},
        )
        return taken

    async def renew(self, name: LeaseName, holder: str, fence: int, ttl: timedelta) -> Lease | None:
        """Hold a lease for so long from now on; None for one who has lost it."""
        self._check(ttl)
        columns = self._columns
        renewed = await self._change(
            {"expires_at": func.now() + ttl},
            columns.name == name,
            columns.holder == holder,
            columns.fence == fence,
            columns.expires_at > func.now(),
        )
        return renewed[0] if renewed else None

    async def release(self, name: LeaseName, holder: str, fence: int) -> bool:
        """Let the next one have a lease, and tell whether it was still held. Its fence stays, for it only grows."""
        columns = self._columns
        released = await self._change(
            {"acquired_at": func.now() - timedelta(microseconds=1), "expires_at": func.now()},
            columns.name == name,
            columns.holder == holder,
            columns.fence == fence,
            columns.expires_at > func.now(),
        )
        return bool(released)

    def _check(self, ttl: timedelta) -> None:
        if ttl <= timedelta():
            raise ValueInvalid("a lease lives longer than no time", entity=self.entity.name, fields=("expires_at",))


class AsyncLeaseTransactionOperations(AsyncLeaseOperations):
    """The operations of leases inside a transaction."""

    async def require(self, lease: HeldLease) -> None:
        """Bind the transaction to a lease: raise `LeaseLost` unless it is held, else keep it from others until the end.

        Whoever takes the lease after it has ended waits for this transaction, so what is written here is written
        before anything that the next holder does. It can still be renewed and given back. Call it first.
        """
        lease.require()
        columns = self._columns
        held = await self._all(
            columns.name == lease.name,
            columns.holder == lease.holder,
            columns.fence == lease.fence,
            columns.expires_at > func.now(),
            lock="key share",
        )
        if not held:
            lease.lose()
            raise lease.lost()
