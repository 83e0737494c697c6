# Generated from dbkit/operations/_async/claimed_domain.py by tools/unasync.py; edit that file instead.
"""Claimed domains beyond the verbs."""

from __future__ import annotations

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.claimed_domain import ClaimedDomain

__all__ = ["ClaimedDomainOperations"]


class ClaimedDomainOperations(OwnOperations):
    """The operations of claimed domains."""

    def find_by_domain(self, domain: str) -> ClaimedDomain | None:
        """Return the claim of a domain, of whichever organization, or None. Upper case is folded."""
        found: ClaimedDomain | None = self._find_unique("uq_claimed_domains_domain", domain=domain.lower())
        return found
