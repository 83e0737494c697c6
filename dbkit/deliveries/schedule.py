"""When a delivery that failed is sent again."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Final

__all__ = ["ATTEMPTS_MAX", "SCHEDULE_SECONDS", "pause_after"]

_MINUTE, _HOUR = 60.0, 3600.0

SCHEDULE_SECONDS: Final = (
    5.0,
    5 * _MINUTE,
    30 * _MINUTE,
    2 * _HOUR,
    5 * _HOUR,
    10 * _HOUR,
    14 * _HOUR,
    20 * _HOUR,
    24 * _HOUR,
)
"""The pauses behind the first attempts, as Standard Webhooks proposes them: three days in all."""

ATTEMPTS_MAX: Final = len(SCHEDULE_SECONDS) + 1

_JITTER: Final = 0.2
_RETRY_AFTER_SECONDS_MAX: Final = 24 * _HOUR


def pause_after(
    attempt: int, retry_after_seconds: float | None = None, chance: Callable[[], float] = random.random
) -> timedelta | None:
    """Return how long to wait behind an attempt (1, 2, ...), or None where it was the last one.

    Up to a fifth longer, by chance, so that what failed together does not come together again; and no shorter than the
    receiver has asked for, up to a day.
    """
    if attempt >= ATTEMPTS_MAX:
        return None
    pause = SCHEDULE_SECONDS[attempt - 1] * (1 + _JITTER * chance())
    asked = min(retry_after_seconds or 0.0, _RETRY_AFTER_SECONDS_MAX)
    return timedelta(seconds=max(pause, asked))
