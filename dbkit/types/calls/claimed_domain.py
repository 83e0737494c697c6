# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of claimed_domains take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.identifiers import BuilderId
from dbkit.types.value import Instant

__all__ = ["ClaimedDomainChanges", "ClaimedDomainOrder", "ClaimedDomainUniqueKey"]


class ClaimedDomainChanges(TypedDict, total=False):
    """What an update can change."""

    claimed_by_builder_id: BuilderId | None
    verified_at: Instant | None


ClaimedDomainOrder: TypeAlias = Literal["id", "-id", "domain", "-domain"]
"""The orders that an index serves."""

ClaimedDomainUniqueKey: TypeAlias = Literal["pk_claimed_domains", "uq_claimed_domains_domain"]
"""The unique keys that an upsert can name."""
