"""Identifiers that a seed gives: the same ones in each run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Final
from uuid import UUID

__all__ = ["IdentifierSource"]

_VERSION_7_AND_VARIANT: Final = 0x7000_8000_0000_0000_0000
_RANDOM: Final = (1 << 62) - 1
_PARTS: Final = 1 << 12
"""Parts of a millisecond that an identifier tells apart (RFC 9562, section 6.2, method 3)."""
_BEGAN: Final = datetime(2024, 1, 1, tzinfo=UTC)


class IdentifierSource:
    """Makes uuids of version 7 from a seed and a count, each larger than the one before.

    Their time is that of `clock` where it says one, else it begins with 2024: two runs have the same.
    """

    def __init__(self, seed: int | str, clock: Callable[[], datetime | None]) -> None:
        self.drawn = 0
        self._prefix = f"{type(seed).__name__}/{seed}/".encode()
        self._clock = clock

    def __call__(self) -> UUID:
        """Return the next identifier."""
        self.drawn += 1
        at = self._clock() or _BEGAN
        parts = int(at.timestamp() * 1000) * _PARTS + self.drawn
        random = int.from_bytes(blake2b(b"%b%d" % (self._prefix, self.drawn), digest_size=8).digest(), "big") & _RANDOM
        milliseconds, fraction = divmod(parts, _PARTS)
        return UUID(int=milliseconds << 80 | _VERSION_7_AND_VARIANT | fraction << 64 | random)
