"""How long a connection waits for the server's answer, and what is done when there is none."""

from __future__ import annotations

import time

import psycopg

from dbkit.verbs.deadline import nearest_deadline

__all__ = ["ANSWER_SECONDS", "CANCEL_AGAIN_SECONDS", "Bounded", "CommitLost", "NoAnswerInTime"]

ANSWER_SECONDS = 0.2
"""How long the server may take to answer a cancel, and an end of something that comes after the deadline."""

CANCEL_AGAIN_SECONDS = 0.05
"""When a statement is cancelled once more: the server ignores a cancel that overtakes its statement."""


class NoAnswerInTime(psycopg.OperationalError):
    """The server answered neither by the deadline nor to the cancel that followed; the connection is closed."""


class CommitLost(psycopg.OperationalError):
    """A COMMIT of a session was not answered, by the deadline or before the connection broke."""


class Bounded:
    """What a connection knows of its bounds: a base of both connection classes.

    `limit_seconds` bounds each statement, whether or not its caller has a deadline. `is_stopping` is
    true while the end of a cancelled statement is waited for: nothing more may be sent.
    """

    limit_seconds: float | None = None
    is_stopping: bool = False

    def _bounds(self) -> tuple[float | None, float]:
        """Return when what begins now has to end, and how long its end is waited for after that."""
        until = nearest_deadline(self.limit_seconds)
        if until is not None and until <= (now := time.monotonic()):
            # What begins after the deadline ends something, as ROLLBACK does: it has a moment, and no other one.
            return now + ANSWER_SECONDS, 0.0
        return until, ANSWER_SECONDS
