# Generated from dbkit/mock/_async/lease.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of leases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.lease import LeaseCalls
from dbkit.models.lease import LEASES
from dbkit.types._sync.lease import LeaseTransactionRepository
from dbkit.types.calls.lease import LeaseChanges, LeaseOrder, LeaseUniqueKey
from dbkit.types.held_lease import HeldLease
from dbkit.types.identifiers import LeaseName
from dbkit.types.lease import Lease, LeaseFilter, NewLease
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["MockLeaseRepository", "MockLeases"]


class LeaseGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, name: LeaseName) -> Result[Lease]: ...


class LeaseFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, name: LeaseName) -> Result[Lease | None]: ...


class LeaseGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, names: tuple[LeaseName, ...]) -> Result[list[Lease]]: ...


class LeaseExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, name: LeaseName) -> Result[bool]: ...


class LeasePageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: LeaseFilter | None, *, order: LeaseOrder, limit: int, after: str | None
    ) -> Result[Page[Lease]]: ...


class LeaseIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: LeaseFilter | None, *, order: LeaseOrder) -> Items[Lease]: ...


class LeaseCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: LeaseFilter | None) -> Result[int]: ...


class LeaseCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewLease) -> Result[Lease]: ...


class LeaseCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewLease, ...], *, returning: bool) -> Result[int | list[Lease]]: ...


class LeaseUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(self, name: LeaseName, **changes: Unpack[LeaseChanges]) -> Result[Lease]: ...


class LeaseUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewLease, *, on: LeaseUniqueKey) -> Result[Upserted[Lease]]: ...


class LeaseDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, name: LeaseName) -> Result[None]: ...


class LeaseHoldStub(Protocol):
    """What may answer for `hold`."""

    def __call__(
        self, name: LeaseName, *, ttl: timedelta, wait_seconds: float, holder: str | None
    ) -> Result[HeldLease]: ...


class LeaseAcquireStub(Protocol):
    """What may answer for `acquire`."""

    def __call__(self, name: LeaseName, holder: str, ttl: timedelta) -> Result[Lease | None]: ...


class LeaseRenewStub(Protocol):
    """What may answer for `renew`."""

    def __call__(self, name: LeaseName, holder: str, fence: int, ttl: timedelta) -> Result[Lease | None]: ...


class LeaseReleaseStub(Protocol):
    """What may answer for `release`."""

    def __call__(self, name: LeaseName, holder: str, fence: int) -> Result[bool]: ...


class LeaseLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, name: LeaseName, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> Result[Lease | None]: ...


class LeaseRequireStub(Protocol):
    """What may answer for `require`."""

    def __call__(self, lease: HeldLease) -> Result[None]: ...


class MockLeaseRepository(MockRepository):
    """A repository of leases that does what its stubs say."""

    @property
    def calls(self) -> LeaseCalls:
        """The calls so far."""
        return LeaseCalls(self._book.log)

    def get(self, name: LeaseName) -> Lease:
        """Return the live value, or raise `NotFound`."""
        answer: Lease = self._answer("get", (name,))
        return answer

    def find(self, name: LeaseName) -> Lease | None:
        """Return the live value, or None."""
        answer: Lease | None = self._answer("find", (name,))
        return answer

    def get_many(self, names: Sequence[LeaseName]) -> list[Lease]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Lease] = self._answer("get_many", (names,))
        return answer

    def exists(self, name: LeaseName) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (name,))
        return answer

    def page(
        self,
        filter: LeaseFilter | None = None,
        *,
        order: LeaseOrder = "name",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Lease]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Lease] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: LeaseFilter | None = None, *, order: LeaseOrder = "name") -> Iterator[Lease]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: LeaseFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewLease) -> Lease:
        """Store a new row and return it as stored."""
        answer: Lease = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewLease], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewLease], *, returning: Literal[True]) -> list[Lease]: ...
    def create_many(self, new: Iterable[NewLease], *, returning: bool = False) -> int | list[Lease]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Lease] = self._answer("create_many", (new, returning))
        return answer

    def update(self, name: LeaseName, **changes: Unpack[LeaseChanges]) -> Lease:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Lease = self._answer("update", (name, changes))
        return answer

    def upsert(self, new: NewLease, *, on: LeaseUniqueKey) -> Upserted[Lease]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Lease] = self._answer("upsert", (new, on))
        return answer

    def delete(self, name: LeaseName) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        self._answer("delete", (name,))

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
        return self._enter("hold", (name, ttl, wait_seconds, holder))

    def acquire(self, name: LeaseName, holder: str, ttl: timedelta) -> Lease | None:
        """Take a lease that is free or has ended, for so long, in one statement; None while somebody else holds it.

        Its fence is higher than that of any holder before. A holder who acquires again while the
        lease runs gets None too: `renew` is for that. Raises `ValueInvalid` for a time to live that
        is none.
        """
        answer: Lease | None = self._answer("acquire", (name, holder, ttl))
        return answer

    def renew(self, name: LeaseName, holder: str, fence: int, ttl: timedelta) -> Lease | None:
        """Hold a lease for so long from now on; None for one who has lost it."""
        answer: Lease | None = self._answer("renew", (name, holder, fence, ttl))
        return answer

    def release(self, name: LeaseName, holder: str, fence: int) -> bool:
        """Let the next one have a lease, and tell whether it was still held. Its fence stays, for it only grows."""
        answer: bool = self._answer("release", (name, holder, fence))
        return answer

    @overload
    def lock(
        self,
        name: LeaseName,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Lease: ...
    @overload
    def lock(
        self,
        name: LeaseName,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Lease | None: ...
    def lock(
        self, name: LeaseName, *, strength: LockStrength = "update", nowait: bool = False, skip_locked: bool = False
    ) -> Lease | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Lease | None = self._answer("lock", (name, strength, nowait, skip_locked))
        return answer

    def require(self, lease: HeldLease) -> None:
        """Bind the transaction to a lease: raise `LeaseLost` unless it is held, else keep it from others until the end.

        Whoever takes the lease after it has ended waits for this transaction, so what is written here is written
        before anything that the next holder does. It can still be renewed and given back. Call it first.
        """
        self._answer("require", (lease,))


class MockLeases(MockBuilder[MockLeaseRepository]):
    """Builds a mock of the repository of leases: `with_...` says what an operation does."""

    _entity = LEASES
    _interface = LeaseTransactionRepository
    _made = MockLeaseRepository

    def with_get(self, outcome: Outcome[Lease, LeaseGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Lease | None, LeaseFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Lease], LeaseGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, LeaseExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Lease], LeasePageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Lease], LeaseIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, LeaseCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Lease, LeaseCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Lease], LeaseCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Lease, LeaseUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Lease], LeaseUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, LeaseDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_hold(self, outcome: Outcome[HeldLease, LeaseHoldStub]) -> Self:
        """Say what `hold` does."""
        return self._with("hold", outcome)

    def with_acquire(self, outcome: Outcome[Lease | None, LeaseAcquireStub]) -> Self:
        """Say what `acquire` does."""
        return self._with("acquire", outcome)

    def with_renew(self, outcome: Outcome[Lease | None, LeaseRenewStub]) -> Self:
        """Say what `renew` does."""
        return self._with("renew", outcome)

    def with_release(self, outcome: Outcome[bool, LeaseReleaseStub]) -> Self:
        """Say what `release` does."""
        return self._with("release", outcome)

    def with_lock(self, outcome: Outcome[Lease | None, LeaseLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)

    def with_require(self, outcome: Outcome[None, LeaseRequireStub]) -> Self:
        """Say what `require` does."""
        return self._with("require", outcome)
