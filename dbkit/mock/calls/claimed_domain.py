# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of claimed_domains."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.claimed_domain import ClaimedDomainChanges, ClaimedDomainOrder, ClaimedDomainUniqueKey
from dbkit.types.claimed_domain import ClaimedDomainFilter, NewClaimedDomain
from dbkit.types.identifiers import ClaimedDomainId, OrganizationId
from dbkit.types.lock import LockStrength

__all__ = [
    "ClaimedDomainCalls",
    "ClaimedDomainCountCall",
    "ClaimedDomainCreateCall",
    "ClaimedDomainCreateManyCall",
    "ClaimedDomainDeleteCall",
    "ClaimedDomainExistsCall",
    "ClaimedDomainFindByDomainCall",
    "ClaimedDomainFindCall",
    "ClaimedDomainGetCall",
    "ClaimedDomainGetManyCall",
    "ClaimedDomainIterateCall",
    "ClaimedDomainLockCall",
    "ClaimedDomainPageCall",
    "ClaimedDomainUpdateCall",
    "ClaimedDomainUpsertCall",
]


class ClaimedDomainGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "claimed_domains.get"

    organization_id: OrganizationId
    claimed_domain_id: ClaimedDomainId


class ClaimedDomainFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "claimed_domains.find"

    organization_id: OrganizationId
    claimed_domain_id: ClaimedDomainId


class ClaimedDomainGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "claimed_domains.get_many"

    organization_id: OrganizationId
    claimed_domain_ids: tuple[ClaimedDomainId, ...]


class ClaimedDomainExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "claimed_domains.exists"

    organization_id: OrganizationId
    claimed_domain_id: ClaimedDomainId


class ClaimedDomainPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "claimed_domains.page"

    filter: ClaimedDomainFilter
    order: ClaimedDomainOrder
    limit: int
    after: str | None


class ClaimedDomainIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "claimed_domains.iterate"

    filter: ClaimedDomainFilter
    order: ClaimedDomainOrder


class ClaimedDomainCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "claimed_domains.count"

    filter: ClaimedDomainFilter


class ClaimedDomainCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "claimed_domains.create"

    new: NewClaimedDomain


class ClaimedDomainCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "claimed_domains.create_many"

    new: tuple[NewClaimedDomain, ...]
    returning: bool


class ClaimedDomainUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "claimed_domains.update"

    organization_id: OrganizationId
    claimed_domain_id: ClaimedDomainId
    changes: ClaimedDomainChanges


class ClaimedDomainUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "claimed_domains.upsert"

    new: NewClaimedDomain
    on: ClaimedDomainUniqueKey


class ClaimedDomainDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "claimed_domains.delete"

    organization_id: OrganizationId
    claimed_domain_id: ClaimedDomainId


class ClaimedDomainFindByDomainCall(Call):
    """A call of `find_by_domain`."""

    called: ClassVar[str] = "claimed_domains.find_by_domain"

    domain: str


class ClaimedDomainLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "claimed_domains.lock"

    organization_id: OrganizationId
    claimed_domain_id: ClaimedDomainId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class ClaimedDomainCalls(Calls):
    """The calls of a mock of claimed_domains, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        ClaimedDomainGetCall,
        ClaimedDomainFindCall,
        ClaimedDomainGetManyCall,
        ClaimedDomainExistsCall,
        ClaimedDomainPageCall,
        ClaimedDomainIterateCall,
        ClaimedDomainCountCall,
        ClaimedDomainCreateCall,
        ClaimedDomainCreateManyCall,
        ClaimedDomainUpdateCall,
        ClaimedDomainUpsertCall,
        ClaimedDomainDeleteCall,
        ClaimedDomainFindByDomainCall,
        ClaimedDomainLockCall,
    )

    @property
    def get(self) -> tuple[ClaimedDomainGetCall, ...]:
        """The calls of `get`."""
        return self._of(ClaimedDomainGetCall)

    @property
    def find(self) -> tuple[ClaimedDomainFindCall, ...]:
        """The calls of `find`."""
        return self._of(ClaimedDomainFindCall)

    @property
    def get_many(self) -> tuple[ClaimedDomainGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(ClaimedDomainGetManyCall)

    @property
    def exists(self) -> tuple[ClaimedDomainExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(ClaimedDomainExistsCall)

    @property
    def page(self) -> tuple[ClaimedDomainPageCall, ...]:
        """The calls of `page`."""
        return self._of(ClaimedDomainPageCall)

    @property
    def iterate(self) -> tuple[ClaimedDomainIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(ClaimedDomainIterateCall)

    @property
    def count(self) -> tuple[ClaimedDomainCountCall, ...]:
        """The calls of `count`."""
        return self._of(ClaimedDomainCountCall)

    @property
    def create(self) -> tuple[ClaimedDomainCreateCall, ...]:
        """The calls of `create`."""
        return self._of(ClaimedDomainCreateCall)

    @property
    def create_many(self) -> tuple[ClaimedDomainCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(ClaimedDomainCreateManyCall)

    @property
    def update(self) -> tuple[ClaimedDomainUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(ClaimedDomainUpdateCall)

    @property
    def upsert(self) -> tuple[ClaimedDomainUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(ClaimedDomainUpsertCall)

    @property
    def delete(self) -> tuple[ClaimedDomainDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(ClaimedDomainDeleteCall)

    @property
    def find_by_domain(self) -> tuple[ClaimedDomainFindByDomainCall, ...]:
        """The calls of `find_by_domain`."""
        return self._of(ClaimedDomainFindByDomainCall)

    @property
    def lock(self) -> tuple[ClaimedDomainLockCall, ...]:
        """The calls of `lock`."""
        return self._of(ClaimedDomainLockCall)
