"""The order that the figures of a profile have to keep: who gives up first, and who last."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from dbkit.pool.figures import WRITABLE, PoolFigures
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["DEADLOCK_SECONDS", "DEAD_PEER_SECONDS", "checked_order"]

DEADLOCK_SECONDS = 1.0
"""How long a server lets sessions wait before it looks for a deadlock: PostgreSQL's own `deadlock_timeout`."""

DEAD_PEER_SECONDS = 60.0
"""How long a peer may be dead, at the most, before its connection is."""


class _Term(NamedTuple):
    """One side of a comparison: its name in words, its value (infinite where there is no limit), its unit."""

    name: str
    value: float
    unit: str = " s"

    def __str__(self) -> str:
        return f"{self.name} ({'no limit' if self.value == math.inf else f'{self.value:g}{self.unit}'})"


def checked_order(figures: PoolFigures, whose: str) -> None:
    """Raise `ConfigurationInvalid` where two figures are in the wrong order, naming both and what to change.

    Whoever waits inside gives up before who waits outside: a lock before its statement, that before
    the call, that before the request. Connecting is not in the order: pools connect in the
    background, and no caller waits for it longer than `timeout_seconds`.
    """
    for less, more in _below(figures):
        if not less.value < more.value:
            raise _disorder(whose, less, "is not less than", more)
    for less, more in _at_most(figures):
        if less.value > more.value:
            raise _disorder(whose, less, "is more than", more)
    if not figures.read_only and figures.target_session_attrs not in WRITABLE:
        raise ConfigurationInvalid(
            f"the profile of {whose}: it writes, and target_session_attrs"
            f" ({figures.target_session_attrs}) leads to servers that take no writes",
            fields=("target_session_attrs", "read_only"),
            advice=f"Set target_session_attrs to one of {', '.join(WRITABLE)}; or read_only, where nothing is written.",
        )


def _disorder(whose: str, less: _Term, how: str, more: _Term) -> ConfigurationInvalid:
    lower, higher = _figures(less), _figures(more)
    ways = [f"lower {' or '.join(lower)}"] if lower else []
    ways += [f"raise {' or '.join(higher)}"] if higher else []
    advice = ", or ".join(ways)
    return ConfigurationInvalid(
        f"the profile of {whose}: {less} {how} {more}",
        fields=(*lower, *higher),
        advice=f"{advice[0].upper()}{advice[1:]}.",
    )


def _figures(term: _Term) -> list[str]:
    """Return the figures that a term speaks of."""
    return [word for word in re.findall(r"\w+", term.name) if word in PoolFigures.model_fields]


def _below(figures: PoolFigures) -> Iterator[tuple[_Term, _Term]]:
    """Yield what has to be less than what."""
    lock = _Term("lock_timeout_seconds", _limit(figures.lock_timeout_seconds))
    statement = _Term("statement_timeout_seconds", _limit(figures.statement_timeout_seconds))
    deadline = _Term("deadline_seconds", _limit(figures.deadline_seconds))
    # Else the server gives up waiting before it has looked, and a deadlock is told as a wait.
    yield _Term("the server's deadlock_timeout", DEADLOCK_SECONDS), lock
    yield lock, statement
    if deadline.value < math.inf:
        yield statement, deadline


def _at_most(figures: PoolFigures) -> Iterator[tuple[_Term, _Term]]:
    """Yield what may be as much as what, and not more."""
    request = _limit(figures.request_deadline_seconds)
    dead_peer = _Term("what a dead peer may cost", DEAD_PEER_SECONDS)
    yield _Term("size_min", figures.size_min, ""), _Term("size_max", figures.size_max, "")
    yield (
        _Term("deadline_seconds", _limit(figures.deadline_seconds)),
        _Term("request_deadline_seconds", request),
    )
    yield (
        _Term("timeout_seconds", figures.timeout_seconds),
        _Term("a quarter of request_deadline_seconds", request / 4),
    )
    yield (
        _Term("think_seconds", figures.think_seconds),
        _Term("idle_in_transaction_seconds", _limit(figures.idle_in_transaction_seconds)),
    )
    yield _Term("idle_seconds", figures.idle_seconds), _Term("lifetime_seconds", figures.lifetime_seconds)
    yield _Term("tcp_user_timeout_seconds", figures.tcp_user_timeout_seconds), dead_peer
    yield (
        _Term("keepalives_idle_seconds + keepalives_interval_seconds * keepalives_count", figures.keepalive_seconds),
        dead_peer,
    )


def _limit(seconds: float) -> float:
    """Return a limit as a number to compare, 0 being none."""
    return seconds or math.inf
