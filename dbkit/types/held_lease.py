"""A lease as its holder has it: its fencing number, and whether it is still held."""

from __future__ import annotations

import time
from collections.abc import Callable

from dbkit.types.errors import LeaseLost
from dbkit.types.identifiers import LeaseName

__all__ = ["HeldLease"]

_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def steady_seconds() -> float:
    """Return the time of a clock that nobody sets; where there is such a one, it goes on while the machine sleeps."""
    return time.clock_gettime(_CLOCK)


class HeldLease:
    """A lease that somebody holds; `db.leases.hold(...)` gives one to its block.

    Whether it ended is measured from before the server was asked, so its holder gives it up no later than the server
    does. It says what its holder knows: `tx.leases.require(lease)` asks the server, and is what writes are bound by.
    """

    __slots__ = ("_clock", "_is_lost", "_until", "fence", "holder", "name")

    def __init__(
        self,
        name: LeaseName,
        holder: str,
        fence: int,
        *,
        until_seconds: float,
        clock: Callable[[], float] = steady_seconds,
    ) -> None:
        self.name = name
        self.holder = holder
        self.fence = fence
        self._until = until_seconds
        self._clock = clock
        self._is_lost = False

    def __repr__(self) -> str:
        return f"<lease {self.name} of {self.holder}, fence {self.fence}{'' if self.is_held else ', lost'}>"

    @property
    def is_held(self) -> bool:
        """Whether it is held, as far as its holder knows."""
        return self.seconds_left > 0

    @property
    def seconds_left(self) -> float:
        """How long it is held without being renewed; 0 for one that is lost."""
        return 0.0 if self._is_lost else max(0.0, self._until - self._clock())

    def require(self) -> None:
        """Raise `LeaseLost` where it is no longer held, as far as its holder knows. It costs no round trip."""
        if not self.is_held:
            raise self.lost()

    def extend(self, until_seconds: float) -> None:
        """Take notice that it was renewed up to a time of its clock."""
        self._until = max(self._until, until_seconds)

    def lose(self) -> None:
        """Take notice that somebody else has it, or that it ended."""
        self._is_lost = True

    def lost(self) -> LeaseLost:
        """Return the error of a holder who has lost it."""
        return LeaseLost(entity="leases", key={"name": self.name, "fence": self.fence})
