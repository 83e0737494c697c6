"""Claimed domains beyond the verbs."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.claimed_domain import ClaimedDomain

__all__ = ["AsyncClaimedDomainOperations"]


class AsyncClaimedDomainOperations(AsyncOwnOperations):
    """The operations of claimed domains."""

    async def find_by_domain(self, domain: str) -> ClaimedDomain | None:
        """Return the claim of a domain, of whichever organization, or None. Upper case is folded."""
        found: ClaimedDomain | None = await self._find_unique("uq_claimed_domains_domain", domain=domain.lower())
        return found
