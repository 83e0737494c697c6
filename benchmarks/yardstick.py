"""How fast the machine is from moment to moment: the same plain Python, timed again and again during a run."""

from __future__ import annotations

import time

__all__ = ["yardstick_seconds"]

_ROWS = 20_000
_TRIES = 3


def yardstick_seconds() -> float:
    """Return the least time that some dicts take to be built and looked into.

    A shared machine may take twice as long a minute later. Ratios of one run stand that; microseconds are to be read
    beside this figure, and judged by a run in which it hardly moves.
    """
    return min(_once() for _ in range(_TRIES))


def _once() -> float:
    begin = time.thread_time()
    rows = {(number, str(number)): [number] for number in range(_ROWS)}
    for key in list(rows):
        rows[key].append(len(rows))
    return time.thread_time() - begin
