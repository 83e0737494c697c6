"""Time for a busy server to confirm what it was asked to stop: for cases that are about a server that is well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dbkit.sqldb import bounds

__all__ = ["answer_awaited"]

_SECONDS = 20.0


@contextmanager
def answer_awaited() -> Iterator[None]:
    """Wait longer than usual, for a block, until the server says that it has cancelled a statement.

    Usually a connection is closed whose server does not say so soon, and whose caller has no more time.
    """
    usual, bounds.ANSWER_SECONDS = bounds.ANSWER_SECONDS, _SECONDS
    try:
        yield
    finally:
        bounds.ANSWER_SECONDS = usual
