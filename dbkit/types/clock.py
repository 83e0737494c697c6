"""The clock of values: the time of what a caller stores without saying when it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

__all__ = ["now", "told_by"]

_clock: ContextVar[Callable[[], datetime] | None] = ContextVar("dbkit_clock", default=None)


def now() -> datetime:
    """Return the machine's time in UTC, for a value's `default_factory`.

    A caller with a clock of its own gives the time instead, or says `told_by(clock)` for a block.
    """
    clock = _clock.get()
    return datetime.now(UTC) if clock is None else clock()


@contextmanager
def told_by(clock: Callable[[], datetime]) -> Iterator[None]:
    """Have another clock tell the time of the values that a block, and the tasks started in it, make."""
    token = _clock.set(clock)
    try:
        yield
    finally:
        _clock.reset(token)
