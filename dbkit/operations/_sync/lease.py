# Generated from dbkit/operations/_async/lease.py by tools/unasync.py; edit that file instead.
"""Leases beyond the verbs: one holder at a time, by the server's clock."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.clock import now
from dbkit.types.errors import ValueInvalid
from dbkit.types.identifiers import LeaseName
from dbkit.types.lease import Lease, NewLease
from dbkit.verbs.selection import Selection

__all__ = ["LeaseOperations"]


class LeaseOperations(OwnOperations):
    """The operations of leases."""

    def acquire(self, name: LeaseName, holder: str, ttl: timedelta) -> Lease | None:
        """Take a lease that is free or has ended, for so long, in one statement; None while somebody else holds it.

        Its fence is higher than that of any holder before. A holder who acquires again while the
        lease runs gets None too: `renew` is for that. Raises `ValueInvalid` for a time to live that
        is none.
        """
        self._check(ttl)
        columns = self._columns
        end = func.now() + ttl
        moment = now()
        taken: Lease | None = self._insert_or_change(
            NewLease(name=name, holder=holder, acquired_at=moment, expires_at=moment + ttl),
            {"acquired_at": func.now(), "expires_at": end},
            Selection((columns.expires_at <= func.now(),)),
            {"holder": holder, "fence": columns.fence + 1, "acquired_at": func.now(), "expires_at": end},
        )
        return taken

    def renew(self, name: LeaseName, holder: str, fence: int, ttl: timedelta) -> Lease | None:
        """Hold a lease for so long from now on; None for one who has lost it."""
        self._check(ttl)
        columns = self._columns
        renewed = self._change(
            {"expires_at": func.now() + ttl},
            columns.name == name,
            columns.holder == holder,
            columns.fence == fence,
            columns.expires_at > func.now(),
        )
        return renewed[0] if renewed else None

    def release(self, name: LeaseName, holder: str, fence: int) -> bool:
        """Let the next one have a lease, and tell whether it was still held. Its fence stays, for it only grows."""
        columns = self._columns
        released = self._change(
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
