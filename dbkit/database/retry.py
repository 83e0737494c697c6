"""Which errors are safe to retry, and how long to wait before."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from dbkit.types.errors import DbkitError, PoolExhausted

__all__ = ["RetryPolicy"]


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Full jitter: before try n + 1 wait a random time up to `min(cap, base * 2**n)`.

    Spreading the waits over the whole interval does away with the herd that fixed back-off keeps
    together (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
    """

    attempts_max: int = 5
    base_seconds: float = 0.01
    cap_seconds: float = 1.0
    random: Callable[[], float] = random.random

    def allows(self, error: DbkitError, attempt: int) -> bool:
        """Tell whether the work may run again after this error of its `attempt`-th try (from 0).

        The error must mean that nothing was stored. An exhausted pool is left to the caller: more
        tries would only lengthen the queue.
        """
        return error.retryable and not isinstance(error, PoolExhausted) and attempt + 1 < self.attempts_max

    def wait_seconds(self, attempt: int) -> float:
        """Return how long to wait after the `attempt`-th try (from 0)."""
        return self.random() * min(self.cap_seconds, self.base_seconds * 2.0**attempt)
