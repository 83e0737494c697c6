# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of claimed_domains."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.claimed_domain import ClaimedDomainChanges, ClaimedDomainOrder, ClaimedDomainUniqueKey
from dbkit.types.claimed_domain import ClaimedDomain, ClaimedDomainFilter, NewClaimedDomain
from dbkit.types.identifiers import ClaimedDomainId, OrganizationId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncClaimedDomainRepository", "AsyncClaimedDomainTransactionRepository"]


class AsyncClaimedDomainRepository(Protocol):
    """The verbs of claimed_domains, each call a transaction of its own."""

    async def get(self, organization_id: OrganizationId, claimed_domain_id: ClaimedDomainId) -> ClaimedDomain:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, organization_id: OrganizationId, claimed_domain_id: ClaimedDomainId) -> ClaimedDomain | None:
        """Return the live value, or None."""
        ...

    async def get_many(
        self, organization_id: OrganizationId, claimed_domain_ids: Sequence[ClaimedDomainId]
    ) -> list[ClaimedDomain]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, organization_id: OrganizationId, claimed_domain_id: ClaimedDomainId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self,
        filter: ClaimedDomainFilter,
        *,
        order: ClaimedDomainOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ClaimedDomain]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: ClaimedDomainFilter, *, order: ClaimedDomainOrder = "id") -> AsyncIterator[ClaimedDomain]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: ClaimedDomainFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewClaimedDomain) -> ClaimedDomain:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewClaimedDomain], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewClaimedDomain], *, returning: Literal[True]) -> list[ClaimedDomain]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(
        self,
        organization_id: OrganizationId,
        claimed_domain_id: ClaimedDomainId,
        **changes: Unpack[ClaimedDomainChanges],
    ) -> ClaimedDomain:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    async def upsert(self, new: NewClaimedDomain, *, on: ClaimedDomainUniqueKey) -> Upserted[ClaimedDomain]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(self, organization_id: OrganizationId, claimed_domain_id: ClaimedDomainId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    async def find_by_domain(self, domain: str) -> ClaimedDomain | None:
        """Return the claim of a domain, of whichever organization, or None. Upper case is folded."""
        ...


class AsyncClaimedDomainTransactionRepository(AsyncClaimedDomainRepository, Protocol):
    """The verbs of claimed_domains inside a transaction."""

    @overload
    async def lock(
        self,
        organization_id: OrganizationId,
        claimed_domain_id: ClaimedDomainId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ClaimedDomain:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        organization_id: OrganizationId,
        claimed_domain_id: ClaimedDomainId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ClaimedDomain | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
