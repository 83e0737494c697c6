# Generated from dbkit/types/_async/lease.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of leases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.lease import LeaseChanges, LeaseOrder, LeaseUniqueKey
from dbkit.types.held_lease import HeldLease
from dbkit.types.identifiers import LeaseName
from dbkit.types.lease import Lease, LeaseFilter, NewLease
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["LeaseRepository", "LeaseTransactionRepository"]


class LeaseRepository(Protocol):
    """The verbs of leases, each call a transaction of its own."""

    def get(self, name: LeaseName) -> Lease:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, name: LeaseName) -> Lease | None:
        """Return the live value, or None."""
        ...

    def get_many(self, names: Sequence[LeaseName]) -> list[Lease]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, name: LeaseName) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self,
        filter: LeaseFilter | None = None,
        *,
        order: LeaseOrder = "name",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Lease]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: LeaseFilter | None = None, *, order: LeaseOrder = "name") -> Iterator[Lease]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: LeaseFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewLease) -> Lease:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewLease], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewLease], *, returning: Literal[True]) -> list[Lease]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(self, name: LeaseName, **changes: Unpack[LeaseChanges]) -> Lease:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewLease, *, on: LeaseUniqueKey) -> Upserted[Lease]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(self, name: LeaseName) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    def hold(
        self, name: LeaseName, *, ttl: timedelta, wait_seconds: float = 10.0, holder: str | None = None
    ) -> AbstractContextManager[HeldLease]:
        """Hold a lease for a block, and renew it beside the block.

        Where somebody else has it, tries again after growing, random pauses, and raises `LeaseNotAvailable` after
        `wait_seconds`. A holder that dies keeps others waiting for `ttl` at the longest. One that has lost it hears of
        that by `lease.require()`, by `tx.leases.require(lease)`, to which a transaction is bound, and at the block's
        end, by `LeaseLost`. `holder` is what others see in the table; without it host, process and a unique id. Raises
        `ValueInvalid` for a time to live that is none, and in a transaction, where nobody else would see the lease.
        """
        ...

    def acquire(self, name: LeaseName, holder: str, ttl: timedelta) -> Lease | None:
        """Take a lease that is free or has ended, for so long, in one statement; None while somebody else holds it.

        Its fence is higher than that of any holder before. A holder who acquires again while the
        lease runs gets None too: `renew` is for that. Raises `ValueInvalid` for a time to live that
        is none.
        """
        ...

    def renew(self, name: LeaseName, holder: str, fence: int, ttl: timedelta) -> Lease | None:
        """Hold a lease for so long from now on; None for one who has lost it."""
        ...

    def release(self, name: LeaseName, holder: str, fence: int) -> bool:
        """Let the next one have a lease, and tell whether it was still held. Its fence stays, for it only grows."""
        ...


class LeaseTransactionRepository(LeaseRepository, Protocol):
    """The verbs of leases inside a transaction."""

    @overload
    def lock(
        self,
        name: LeaseName,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Lease:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    def lock(
        self,
        name: LeaseName,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Lease | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    def require(self, lease: HeldLease) -> None:
        """Bind the transaction to a lease: raise `LeaseLost` unless it is held, else keep it from others until the end.

        Whoever takes the lease after it has ended waits for this transaction, so what is written here is written
        before anything that the next holder does. It can still be renewed and given back. Call it first.
        """
        ...
