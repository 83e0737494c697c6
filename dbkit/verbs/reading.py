"""Reading one's own writes: how far the log of changes had come, and what a reader has to see of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dbkit.types.errors import ValueInvalid

__all__ = ["Position", "ReadingOptions"]

_TEXT = re.compile(r"([0-9A-F]{1,8})-([0-9A-F]{1,8})/([0-9A-F]{1,8})")


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the write-ahead log: its timeline, and the bytes before it.

    Places of two timelines are not before or after one another: a failover begins a new timeline, and what
    the old one had beyond that point is lost.
    """

    timeline: int
    location: int

    @classmethod
    def read(cls, token: str) -> Position:
        """Return the place that a token names, or raise `ValueInvalid`."""
        found = _TEXT.fullmatch(token) if isinstance(token, str) else None
        if found is None:
            # Not repeated: it comes from outside, through headers for one.
            raise ValueInvalid(
                "this is no position", fields=("after",), advice="Pass what db.position() returned, as it was."
            )
        timeline, high, low = (int(part, 16) for part in found.groups())
        return cls(timeline, high << 32 | low)

    def __str__(self) -> str:
        return f"{self.timeline:X}-{self.location >> 32:X}/{self.location & 0xFFFFFFFF:X}"

    def is_reached_by(self, other: Position) -> bool:
        """Tell whether who has got to the other place has this one behind it."""
        return self.timeline == other.timeline and self.location <= other.location


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What a reader has to see (None: what is not older than `lag_seconds_max`), and how long it may wait for that."""

    after: Position | None = None
    wait_seconds: float = 0.05
    lag_seconds_max: float = 10.0

    def __post_init__(self) -> None:
        wrong = tuple(name for name in ("wait_seconds", "lag_seconds_max") if not getattr(self, name) >= 0)
        if wrong:
            raise ValueInvalid(f"{', '.join(wrong)} must not be below 0", fields=wrong, advice="Say 0, or more.")
