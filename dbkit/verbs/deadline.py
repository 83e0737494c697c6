"""The time by which a caller wants its answer.

    with dbkit.deadline(0.5):
        connection = db.connections.get(project_id, connection_id)

It is a time of the machine's steady clock, kept in the context: tasks inherit it, a new thread
starts without one (`dbkit.carry` takes it along).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from dbkit.types.errors import Timeout, ValueInvalid

__all__ = [
    "deadline",
    "deadline_passed",
    "has_deadline",
    "leaves_time",
    "nearest_deadline",
    "remaining_seconds",
    "require_time_left",
    "without_deadline",
]

_until: ContextVar[float | None] = ContextVar("dbkit_deadline", default=None)

has_deadline: Callable[[], object] = _until.get
"""Tell whether there is a deadline in this context: true, if so. The bare look, for what takes no longer than that."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Bound the calls of a block: all of them together have this many seconds.

    Bound are waiting for a connection, the statements, and their cancelling; a call that is not done
    in time raises `Timeout`, a write of which nobody can say any more what became of it
    `CommitUnknown`, and the next call raises `Timeout` before anything is sent. In nested blocks the
    nearer deadline holds. Rolling back is not bound by it. Works in both colours, with a plain
    `with`. Raises `ValueInvalid` unless the seconds are more than 0 and finite.
    """
    if not isinstance(seconds, (int, float)) or not (0 < seconds < math.inf):
        raise ValueInvalid(
            f"a deadline of {seconds!r} seconds is none",
            fields=("seconds",),
            advice="Give the seconds that the caller will wait, more than 0; without a deadline, leave the block out.",
        )
    until, outer = time.monotonic() + seconds, _until.get()
    token = _until.set(until if outer is None else min(outer, until))
    try:
        yield
    finally:
        _until.reset(token)


@contextmanager
def without_deadline() -> Iterator[None]:
    """Take the deadline off a block that does not work for its caller alone, as where it opens connections."""
    token = _until.set(None)
    try:
        yield
    finally:
        _until.reset(token)


def remaining_seconds() -> float | None:
    """Return the time that is left, 0.0 where there is none any more, and None without a deadline."""
    until = _until.get()
    return None if until is None else max(0.0, until - time.monotonic())


def nearest_deadline(limit_seconds: float | None) -> float | None:
    """Return the time of the steady clock by which a statement that begins now has to end, or None.

    That is the caller's deadline, or the end of the statement's own limit where it comes first.
    """
    until = _until.get()
    if limit_seconds is None:
        return until
    own = time.monotonic() + limit_seconds
    return own if until is None or own < until else until


def leaves_time(seconds: float) -> bool:
    """Tell whether there is time left after a pause of some seconds."""
    left = remaining_seconds()
    return left is None or left > seconds


def require_time_left() -> None:
    """Raise `Timeout` where the deadline has passed."""
    until = _until.get()
    if until is not None and time.monotonic() >= until:
        raise deadline_passed()


def deadline_passed(sqlstate: str | None = None) -> Timeout:
    """Return the error of a call that was not done by the deadline; `sqlstate` where a statement was cancelled."""
    return Timeout(
        "the caller's deadline passed",
        sqlstate=sqlstate,
        advice="Allow more time (dbkit.deadline), or look for what took it: the pool's waits, locks, or the statement.",
    )
