# Generated from dbkit/relay/_async/leases.py by tools/unasync.py; edit that file instead.
"""What a relay asks of the leases: which slots are whose, and to have some of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import func

from dbkit.operations._sync.lease import LeaseOperations
from dbkit.types.identifiers import LeaseName
from dbkit.types.lease import Lease, NewLease

__all__ = ["RELEASED_AFTER", "RelayLeaseOperations"]

RELEASED_AFTER: Final = timedelta(microseconds=1)
"""How long a lease seems to have lived that was given back."""

_NOBODY: Final = "nobody"
_NEVER_HELD: Final = 1
"""The fence of a lease that was made and not taken."""
_LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


class RelayLeaseOperations(LeaseOperations):
    """The operations of leases, many of one holder at a time."""

    def of_prefix(self, prefix: str) -> list[Lease]:
        """Return the leases whose names begin so."""
        return self._all(func.starts_with(self._columns.name, prefix), order_by=("name",))

    def held(self, prefix: str) -> list[Lease]:
        """Return those of them that somebody holds."""
        columns = self._columns
        return self._all(func.starts_with(columns.name, prefix), columns.expires_at > func.now(), order_by=("name",))

    def make(self, names: Sequence[LeaseName]) -> None:
        """Make leases that nobody holds, where there are none of these names."""
        self._add_missing(
            [
                NewLease(
                    name=name,
                    holder=_NOBODY,
                    fence=_NEVER_HELD,
                    acquired_at=_LONG_AGO,
                    expires_at=_LONG_AGO + RELEASED_AFTER,
                )
                for name in names
            ]
        )

    def take(self, names: Sequence[LeaseName], holder: str, ttl: timedelta) -> list[Lease]:
        """Take those of the leases that nobody holds, in one statement, and return them."""
        columns = self._columns
        changes = {
            "holder": holder,
            "fence": columns.fence + 1,
            "acquired_at": func.now(),
            "expires_at": func.now() + ttl,
        }
        free = (columns.name.in_(names), columns.expires_at <= func.now())
        return self._change(changes, *free, order_by=("name",), lock="skip locked")

    def renew_all(self, names: Sequence[LeaseName], holder: str, ttl: timedelta) -> list[Lease]:
        """Hold leases for so long from now on, and return those that were still held."""
        columns = self._columns
        return self._change(
            {"expires_at": func.now() + ttl},
            columns.name.in_(names),
            columns.holder == holder,
            columns.expires_at > func.now(),
        )

    def give_back(self, names: Sequence[LeaseName], holder: str, *, is_clean: bool) -> None:
        """Let others have leases, and leave word that they were given back, if that is clean."""
        columns = self._columns
        word = {"acquired_at": func.now() - RELEASED_AFTER} if is_clean else {}
        self._change(
            {"expires_at": func.now(), **word},
            columns.name.in_(names),
            columns.holder == holder,
            columns.expires_at > func.now(),
        )

    def forget(self, prefix: str, ended_before: timedelta) -> None:
        """Delete leases whose names begin so and that ended longer ago than this, but for those nobody has held yet.

        Who made one is about to take it.
        """
        columns = self._columns
        self._remove(
            func.starts_with(columns.name, prefix),
            columns.expires_at < func.now() - ended_before,
            columns.fence > _NEVER_HELD,
            limit=1_000,
        )
