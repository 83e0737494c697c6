"""Leases: named locks with a holder, an end and a fencing number."""

from __future__ import annotations

from pydantic import Field

from dbkit.types.clock import now
from dbkit.types.filter import AnyOf, Filter, Range
from dbkit.types.identifiers import LeaseName
from dbkit.types.value import BigInteger, Instant, Text, Value

__all__ = ["Lease", "LeaseFilter", "NewLease"]


class NewLease(Value):
    """A lease to create. Its name carries what it guards, as in `token:<project>:<connection>`; it ends after it began.

    `fence` only grows: whoever guards writes by it refuses an older one.
    """

    name: LeaseName
    holder: Text
    fence: BigInteger = 1
    acquired_at: Instant = Field(default_factory=now)
    expires_at: Instant


class Lease(NewLease):
    """A stored lease."""


class LeaseFilter(Filter):
    """Which leases to list."""

    holder: Text | AnyOf[Text] | None = None
    expires_at: Range[Instant] | None = None
