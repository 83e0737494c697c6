# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of leases."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.lease import LeaseChanges, LeaseOrder, LeaseUniqueKey
from dbkit.types.held_lease import HeldLease
from dbkit.types.identifiers import LeaseName
from dbkit.types.lease import LeaseFilter, NewLease
from dbkit.types.lock import LockStrength

__all__ = [
    "LeaseAcquireCall",
    "LeaseCalls",
    "LeaseCountCall",
    "LeaseCreateCall",
    "LeaseCreateManyCall",
    "LeaseDeleteCall",
    "LeaseExistsCall",
    "LeaseFindCall",
    "LeaseGetCall",
    "LeaseGetManyCall",
    "LeaseHoldCall",
    "LeaseIterateCall",
    "LeaseLockCall",
    "LeasePageCall",
    "LeaseReleaseCall",
    "LeaseRenewCall",
    "LeaseRequireCall",
    "LeaseUpdateCall",
    "LeaseUpsertCall",
]


class LeaseGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "leases.get"

    name: LeaseName


class LeaseFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "leases.find"

    name: LeaseName


class LeaseGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "leases.get_many"

    names: tuple[LeaseName, ...]


class LeaseExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "leases.exists"

    name: LeaseName


class LeasePageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "leases.page"

    filter: LeaseFilter | None
    order: LeaseOrder
    limit: int
    after: str | None


class LeaseIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "leases.iterate"

    filter: LeaseFilter | None
    order: LeaseOrder


class LeaseCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "leases.count"

    filter: LeaseFilter | None


class LeaseCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "leases.create"

    new: NewLease


class LeaseCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "leases.create_many"

    new: tuple[NewLease, ...]
    returning: bool


class LeaseUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "leases.update"

    name: LeaseName
    changes: LeaseChanges


class LeaseUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "leases.upsert"

    new: NewLease
    on: LeaseUniqueKey


class LeaseDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "leases.delete"

    name: LeaseName


class LeaseHoldCall(Call):
    """A call of `hold`."""

    called: ClassVar[str] = "leases.hold"

    name: LeaseName
    ttl: timedelta
    wait_seconds: float
    holder: str | None


class LeaseAcquireCall(Call):
    """A call of `acquire`."""

    called: ClassVar[str] = "leases.acquire"

    name: LeaseName
    holder: str
    ttl: timedelta


class LeaseRenewCall(Call):
    """A call of `renew`."""

    called: ClassVar[str] = "leases.renew"

    name: LeaseName
    holder: str
    fence: int
    ttl: timedelta


class LeaseReleaseCall(Call):
    """A call of `release`."""

    called: ClassVar[str] = "leases.release"

    name: LeaseName
    holder: str
    fence: int


class LeaseLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "leases.lock"

    name: LeaseName
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class LeaseRequireCall(Call):
    """A call of `require`."""

    called: ClassVar[str] = "leases.require"

    lease: HeldLease


class LeaseCalls(Calls):
    """The calls of a mock of leases, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        LeaseGetCall,
        LeaseFindCall,
        LeaseGetManyCall,
        LeaseExistsCall,
        LeasePageCall,
        LeaseIterateCall,
        LeaseCountCall,
        LeaseCreateCall,
        LeaseCreateManyCall,
        LeaseUpdateCall,
        LeaseUpsertCall,
        LeaseDeleteCall,
        LeaseHoldCall,
        LeaseAcquireCall,
        LeaseRenewCall,
        LeaseReleaseCall,
        LeaseLockCall,
        LeaseRequireCall,
    )

    @property
    def get(self) -> tuple[LeaseGetCall, ...]:
        """The calls of `get`."""
        return self._of(LeaseGetCall)

    @property
    def find(self) -> tuple[LeaseFindCall, ...]:
        """The calls of `find`."""
        return self._of(LeaseFindCall)

    @property
    def get_many(self) -> tuple[LeaseGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(LeaseGetManyCall)

    @property
    def exists(self) -> tuple[LeaseExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(LeaseExistsCall)

    @property
    def page(self) -> tuple[LeasePageCall, ...]:
        """The calls of `page`."""
        return self._of(LeasePageCall)

    @property
    def iterate(self) -> tuple[LeaseIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(LeaseIterateCall)

    @property
    def count(self) -> tuple[LeaseCountCall, ...]:
        """The calls of `count`."""
        return self._of(LeaseCountCall)

    @property
    def create(self) -> tuple[LeaseCreateCall, ...]:
        """The calls of `create`."""
        return self._of(LeaseCreateCall)

    @property
    def create_many(self) -> tuple[LeaseCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(LeaseCreateManyCall)

    @property
    def update(self) -> tuple[LeaseUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(LeaseUpdateCall)

    @property
    def upsert(self) -> tuple[LeaseUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(LeaseUpsertCall)

    @property
    def delete(self) -> tuple[LeaseDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(LeaseDeleteCall)

    @property
    def hold(self) -> tuple[LeaseHoldCall, ...]:
        """The calls of `hold`."""
        return self._of(LeaseHoldCall)

    @property
    def acquire(self) -> tuple[LeaseAcquireCall, ...]:
        """The calls of `acquire`."""
        return self._of(LeaseAcquireCall)

    @property
    def renew(self) -> tuple[LeaseRenewCall, ...]:
        """The calls of `renew`."""
        return self._of(LeaseRenewCall)

    @property
    def release(self) -> tuple[LeaseReleaseCall, ...]:
        """The calls of `release`."""
        return self._of(LeaseReleaseCall)

    @property
    def lock(self) -> tuple[LeaseLockCall, ...]:
        """The calls of `lock`."""
        return self._of(LeaseLockCall)

    @property
    def require(self) -> tuple[LeaseRequireCall, ...]:
        """The calls of `require`."""
        return self._of(LeaseRequireCall)
