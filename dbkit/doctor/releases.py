"""The releases of PostgreSQL that are known: which majors are supported, and the newest minor of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

__all__ = ["RELEASES", "Release"]


@dataclass(frozen=True, slots=True)
class Release:
    """A major version: the newest minor that is known, from where, and the day of its last release."""

    minor: int
    known_from: str
    ends: datetime


# A newer minor may be out: what is known here is a least, never a most. postgresql.org/support/versioning has the
# policy, and the days on which majors end.
_MAY_2026 = "the release of 14 May 2026, which closed eleven security holes"

RELEASES: Mapping[int, Release] = MappingProxyType(
    {
        15: Release(20, "Debian's security archive, November 2026", datetime(2027, 11, 11, tzinfo=UTC)),
        16: Release(14, _MAY_2026, datetime(2028, 11, 9, tzinfo=UTC)),
        17: Release(10, _MAY_2026, datetime(2029, 11, 8, tzinfo=UTC)),
        18: Release(4, _MAY_2026, datetime(2030, 11, 14, tzinfo=UTC)),
    }
)
