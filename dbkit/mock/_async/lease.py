# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of leases."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.lease import LeaseCalls
from dbkit.models.lease import LEASES
from dbkit.types._async.lease import AsyncLeaseTransactionRepository
from dbkit.types.calls.lease import LeaseChanges, LeaseOrder, LeaseUniqueKey
from dbkit.types.held_lease import HeldLease
from dbkit.types.identifiers import LeaseName
from dbkit.types.lease import Lease, LeaseFilter, NewLease
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncMockLeaseRepository", "AsyncMockLeases"]


class AsyncLeaseGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, name: LeaseName) -> AsyncResult[Lease]: ...


class AsyncLeaseFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, name: LeaseName) -> AsyncResult[Lease | None]: ...


class AsyncLeaseGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, names: tuple[LeaseName, ...]) -> AsyncResult[list[Lease]]: ...


class AsyncLeaseExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, name: LeaseName) -> AsyncResult[bool]: ...


class AsyncLeasePageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: LeaseFilter | None, *, order: LeaseOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Lease]]: ...


class AsyncLeaseIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: LeaseFilter | None, *, order: LeaseOrder) -> AsyncItems[Lease]: ...


class AsyncLeaseCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: LeaseFilter | None) -> AsyncResult[int]: ...


class AsyncLeaseCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewLease) -> AsyncResult[Lease]: ...


class AsyncLeaseCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewLease, ...], *, returning: bool) -> AsyncResult[int | list[Lease]]: ...


class AsyncLeaseUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(self, name: LeaseName, **changes: Unpack[LeaseChanges]) -> AsyncResult[Lease]: ...


class AsyncLeaseUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewLease, *, on: LeaseUniqueKey) -> AsyncResult[Upserted[Lease]]: ...


class AsyncLeaseDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, name: LeaseName) -> AsyncResult[None]: ...


class AsyncLeaseHoldStub(Protocol):
    """What may answer for `hold`."""

    def __call__(
        self, name: LeaseName, *, ttl: timedelta, wait_seconds: float, holder: str | None
    ) -> AsyncResult[HeldLease]: ...


class AsyncLeaseAcquireStub(Protocol):
    """What may answer for `acquire`."""

    def __call__(self, name: LeaseName, holder: str, ttl: timedelta) -> AsyncResult[Lease | None]: ...


class AsyncLeaseRenewStub(Protocol):
    """What may answer for `renew`."""

    def __call__(self, name: LeaseName, holder: str, fence: int, ttl: timedelta) -> AsyncResult[Lease | None]: ...


class AsyncLeaseReleaseStub(Protocol):
    """What may answer for `release`."""

    def __call__(self, name: LeaseName, holder: str, fence: int) -> AsyncResult[bool]: ...


class AsyncLeaseLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, name: LeaseName, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> AsyncResult[Lease | None]: ...


class AsyncLeaseRequireStub(Protocol):
    """What may answer for `require`."""

    def __call__(self, lease: HeldLease) -> AsyncResult[None]: ...


class AsyncMockLeaseRepository(AsyncMockRepository):
    """A repository of leases that does what its stubs say."""

    @property
    def calls(self) -> LeaseCalls:
        """The calls so far."""
        return LeaseCalls(self._book.log)

    async def get(self, name: LeaseName) -> Lease:
        """Return the live value, or raise `NotFound`."""
        answer: Lease = await self._answer("get", (name,))
        return answer

    async def find(self, name: LeaseName) -> Lease | None:
        """Return the live value, or None."""
        answer: Lease | None = await self._answer("find", (name,))
        return answer

    async def get_many(self, names: Sequence[LeaseName]) -> list[Lease]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Lease] = await self._answer("get_many", (names,))
        return answer

    async def exists(self, name: LeaseName) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (name,))
        return answer

    async def page(
        self,
        filter: LeaseFilter | None = None,
        *,
        order: LeaseOrder = "name",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Lease]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Lease] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: LeaseFilter | None = None, *, order: LeaseOrder = "name") -> AsyncIterator[Lease]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: LeaseFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewLease) -> Lease:
        """Store a new row and return it as stored."""
        answer: Lease = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewLease], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewLease], *, returning: Literal[True]) -> list[Lease]: ...
    async def create_many(self, new: Iterable[NewLease], *, returning: bool = False) -> int | list[Lease]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Lease] = await self._answer("create_many", (new, returning))
        return answer

    async def update(self, name: LeaseName, **changes: Unpack[LeaseChanges]) -> Lease:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Lease = await self._answer("update", (name, changes))
        return answer

    async def upsert(self, new: NewLease, *, on: LeaseUniqueKey) -> Upserted[Lease]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Lease] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, name: LeaseName) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (name,))

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
        return self._enter("hold", (name, ttl, wait_seconds, holder))

    async def acquire(self, name: LeaseName, holder: str, ttl: timedelta) -> Lease | None:
        """Take a lease that is free or has ended, for so long, in one statement; None while somebody else holds it.

        Its fence is higher than that of any holder before. A holder who acquires again while the
        lease runs gets None too: `renew` is for that. Raises `ValueInvalid` for a time to live that
        is none.
        """
        answer: Lease | None = await self._answer("acquire", (name, holder, ttl))
        return answer

    async def renew(self, name: LeaseName, holder: str, fence: int, ttl: timedelta) -> Lease | None:
        """Hold a lease for so long from now on; None for one who has lost it."""
        answer: Lease | None = await self._answer("renew", (name, holder, fence, ttl))
        return answer

    async def release(self, name: LeaseName, holder: str, fence: int) -> bool:
        """Let the next one have a lease, and tell whether it was still held. Its fence stays, for it only grows."""
        answer: bool = await self._answer("release", (name, holder, fence))
        return answer

    @overload
    async def lock(
        self,
        name: LeaseName,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Lease: ...
    @overload
    async def lock(
        self,
        name: LeaseName,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Lease | None: ...
    async def lock(
        self, name: LeaseName, *, strength: LockStrength = "update", nowait: bool = False, skip_locked: bool = False
    ) -> Lease | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Lease | None = await self._answer("lock", (name, strength, nowait, skip_locked))
        return answer

    async def require(self, lease: HeldLease) -> None:
        """Bind the transaction to a lease: raise `LeaseLost` unless it is held, else keep it from others until the end.

        Whoever takes the lease after it has ended waits for this transaction, so what is written here is written
        before anything that the next holder does. It can still be renewed and given back. Call it first.
        """
        await self._answer("require", (lease,))


class AsyncMockLeases(AsyncMockBuilder[AsyncMockLeaseRepository]):
    """Builds a mock of the repository of leases: `with_...` says what an operation does."""

    _entity = LEASES
    _interface = AsyncLeaseTransactionRepository
    _made = AsyncMockLeaseRepository

    def with_get(self, outcome: Outcome[Lease, AsyncLeaseGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Lease | None, AsyncLeaseFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Lease], AsyncLeaseGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncLeaseExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Lease], AsyncLeasePageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Lease], AsyncLeaseIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncLeaseCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Lease, AsyncLeaseCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Lease], AsyncLeaseCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Lease, AsyncLeaseUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Lease], AsyncLeaseUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncLeaseDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_hold(self, outcome: Outcome[HeldLease, AsyncLeaseHoldStub]) -> Self:
        """Say what `hold` does."""
        return self._with("hold", outcome)

    def with_acquire(self, outcome: Outcome[Lease | None, AsyncLeaseAcquireStub]) -> Self:
        """Say what `acquire` does."""
        return self._with("acquire", outcome)

    def with_renew(self, outcome: Outcome[Lease | None, AsyncLeaseRenewStub]) -> Self:
        """Say what `renew` does."""
        return self._with("renew", outcome)

    def with_release(self, outcome: Outcome[bool, AsyncLeaseReleaseStub]) -> Self:
        """Say what `release` does."""
        return self._with("release", outcome)

    def with_lock(self, outcome: Outcome[Lease | None, AsyncLeaseLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)

    def with_require(self, outcome: Outcome[None, AsyncLeaseRequireStub]) -> Self:
        """Say what `require` does."""
        return self._with("require", outcome)
