"""How long a connection waits for the server's answer, and what is done when there is none."""

from __future__ import annotations

import time

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.pq.abc import PGconn

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
    true while the end of a cancelled statement is waited for: nothing more may be sent. `ends_by` is set
    where all that can come next is a rollback: it shares its time with the cancel that came before it.
    """

    pgconn: PGconn
    limit_seconds: float | None = None
    is_stopping: bool = False
    ends_by: float | None = None

    def _bounds(self) -> tuple[float | None, float]:
        """Return when what begins now has to end, and how long its end is waited for after that."""
        until, ends_by = nearest_deadline(self.limit_seconds), self.ends_by
        if ends_by is not None:
            self.ends_by = None
            return _ending(ends_by, time.monotonic()), 0.0
        if until is not None and until <= (now := time.monotonic()):
            # What begins after the deadline ends something, as ROLLBACK does.
            return _ending(until + ANSWER_SECONDS, now), 0.0
        return until, ANSWER_SECONDS

    def hurry(self) -> None:
        """Let a rollback, which comes next, take no longer than the answer to a cancel."""
        if self.ends_by is None:
            self.ends_by = time.monotonic() + ANSWER_SECONDS

    def _interrupted(self, ends_by: float) -> None:
        """Take note that a statement was interrupted; where that ended a transaction, a rollback comes next."""
        if self.pgconn.transaction_status == TransactionStatus.INERROR:
            self.ends_by = ends_by


def _ending(ends_by: float, now: float) -> float:
    """Return until when a rollback is waited for."""
    left = ends_by - now
    # Whoever does something else in between has the time for all of it.
    return now + (ANSWER_SECONDS if left < 0 else max(left, CANCEL_AGAIN_SECONDS))
