"""Formulas of queues: how many connections a load keeps busy, and how many calls wait for one.

They hold for calls that come independently of one another (Poisson) and hold connections for times of
any length on average (Little), or for exponentially distributed ones (Erlang C).
"""

from __future__ import annotations

import math

__all__ = ["mean_wait_seconds", "share_waiting", "size_for", "wait_seconds"]

_SIZE_MAX = 10_000


def share_waiting(size: int, offered: float) -> float:
    """Return the share of calls that wait for one of so many connections: Erlang's formula C.

    `offered` is how many connections the load would keep busy if there were enough: rate times hold
    (Little). With as much as there is, or more, all calls wait.
    """
    if offered >= size:
        return 1.0
    # Formula B by its recursion: the usual one, with factorials, overflows for large pools.
    lost = 1.0
    for count in range(1, size + 1):
        lost = offered * lost / (count + offered * lost)
    return lost / (1 - offered / size * (1 - lost))


def mean_wait_seconds(size: int, rate_per_second: float, hold_seconds: float) -> float:
    """Return how long a call waits on average, those that do not wait counted; infinite where all are busy for good."""
    offered = rate_per_second * hold_seconds
    if offered >= size:
        return math.inf
    return share_waiting(size, offered) * hold_seconds / (size - offered)


def wait_seconds(percent: float, size: int, rate_per_second: float, hold_seconds: float) -> float:
    """Return the wait that so many percent of the calls do not exceed."""
    offered = rate_per_second * hold_seconds
    if offered >= size:
        return math.inf
    beyond = 1 - percent / 100
    waiting = share_waiting(size, offered)
    return 0.0 if waiting <= beyond else math.log(waiting / beyond) * hold_seconds / (size - offered)


def size_for(rate_per_second: float, hold_seconds: float, waiting_max: float) -> int:
    """Return the fewest connections of which no more than a share `waiting_max` of the calls waits for one."""
    offered = rate_per_second * hold_seconds
    first = max(1, math.floor(offered))
    return next((size for size in range(first, _SIZE_MAX) if share_waiting(size, offered) <= waiting_max), _SIZE_MAX)
