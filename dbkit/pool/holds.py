"""How long connections are held: distributions to draw from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

__all__ = ["P95_MAX", "Holds"]

_Z95 = 1.6448536269514722
"""What 95 % of a normal distribution do not exceed, in standard deviations."""

P95_MAX = math.exp(_Z95**2 / 2)
"""How many times its mean the 95th percentile of a lognormal distribution can be: 3.9."""


@dataclass(frozen=True, slots=True)
class Holds:
    """Times by their mean: exponentially distributed, or, where the 95th percentile is known, lognormally.

    A percentile that is the mean stands for times that are all the same. It is at most `P95_MAX`
    times the mean, which is all that the distribution can do.
    """

    mean_seconds: float
    p95_seconds: float | None = None

    def draw(self, random: Random) -> float:
        """Return one of them."""
        if self.p95_seconds is None:
            return random.expovariate(1 / self.mean_seconds)
        spread = self._spread
        return self.mean_seconds * math.exp(spread * random.gauss(0, 1) - spread**2 / 2)

    @property
    def _spread(self) -> float:
        """The standard deviation of the logarithm, the smaller of the two that have this percentile."""
        assert self.p95_seconds is not None
        above = math.log(max(self.p95_seconds / self.mean_seconds, 1))
        return _Z95 - math.sqrt(max(_Z95**2 - 2 * above, 0))
