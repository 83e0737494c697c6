# Generated from dbkit/sqldb/_async/resolving.py by tools/unasync.py; edit that file instead.
"""What became of a COMMIT whose answer was lost: asked over another connection, for as long as it takes."""

from __future__ import annotations

import time

from dbkit._acompat import sleep
from dbkit.sqldb._sync.committing import identify
from dbkit.sqldb._sync.connections import Connections
from dbkit.sqldb._sync.wire import DbkitConnection, run
from dbkit.sqldb.commit import BARRIER, END_WAITING, FENCE, STATUS, TOKEN, LostCommit, is_passing
from dbkit.sqldb.results import flag
from dbkit.sqldb.server_life import IN_THE_FUTURE, Outcome, outcome_of
from dbkit.types.errors import DbkitError, ResourceError, ServerReport
from dbkit.verbs.deadline import deadline, remaining_seconds

__all__ = ["resolve"]

RESOLVE_SECONDS = 10.0
"""How long the server is asked, unless the caller's deadline is nearer: a restart and most failovers are shorter."""

ASK_SECONDS = 2.0
"""How long one attempt may take: what waits for the transaction's end, or for a standby, is tried anew then."""

_PAUSE_SECONDS = 0.02
_PAUSE_SECONDS_MAX = 0.25
_IN_THE_FUTURE = "22023"


def resolve(connections: Connections, lost: LostCommit) -> None:
    """Return where a transaction was committed; raise `Unavailable` where it was not, `CommitUnknown` otherwise."""
    if lost.transaction_id is None:
        raise lost.without_writes()
    until = time.monotonic() + RESOLVE_SECONDS
    pause = _PAUSE_SECONDS
    while (left := _left(until)) > 0:
        outcome = _outcome(connections, lost, min(left, ASK_SECONDS))
        if outcome is Outcome.COMMITTED:
            return
        if outcome is Outcome.ROLLED_BACK:
            raise lost.rolled_back()
        if outcome is Outcome.UNKNOWN:
            break
        sleep(min(pause, _left(until)))
        pause = min(2 * pause, _PAUSE_SECONDS_MAX)
    raise lost.unknown()


def _left(until: float) -> float:
    """Return how much time there is, by the caller's deadline too."""
    left, remaining = until - time.monotonic(), remaining_seconds()
    return max(0.0, left if remaining is None else min(left, remaining))


def _outcome(connections: Connections, lost: LostCommit, seconds: float) -> Outcome:
    try:
        with deadline(seconds):
            with connections.connection() as connection:
                return _asked(connection, lost)
    except ServerReport as report:
        return Outcome.OPEN if is_passing(report) else Outcome.UNKNOWN
    except ResourceError:
        # Nobody answers yet, or not in time.
        return Outcome.OPEN
    except DbkitError:
        return Outcome.UNKNOWN


def _asked(connection: DbkitConnection, lost: LostCommit) -> Outcome:
    """Ask a server; one that is not the transaction's, or a later one of its cluster, leaves it open."""
    identify(connection)
    if connection.life is None:
        return Outcome.OPEN
    outcome = _by_id(connection, lost) if lost.token is None else _by_token(connection, lost)
    if outcome is Outcome.COMMITTED and not _is_kept(connection):
        return Outcome.OPEN
    return outcome


def _by_id(connection: DbkitConnection, lost: LostCommit) -> Outcome:
    now = connection.life
    if now is None or lost.life is None or not (lost.life.is_known and now.is_known):
        return Outcome.UNKNOWN
    outcome = outcome_of(lost.life, now, _status(connection, lost))
    if outcome is Outcome.OPEN:
        _end(connection, lost)
    return outcome


def _by_token(connection: DbkitConnection, lost: LostCommit) -> Outcome:
    now, then = connection.life, lost.life
    if now is None or (then is not None and then.is_known and now.is_known and not now.may_follow(then)):
        return Outcome.OPEN
    # Else it may hold the locks of a transaction that can commit no more.
    _end(connection, lost)
    run(connection, FENCE, (lost.token,))
    found = run(connection, TOKEN, (lost.token,))
    if not found.ntuples:
        return Outcome.UNKNOWN
    return Outcome.ROLLED_BACK if flag(found, 0) else Outcome.COMMITTED


def _status(connection: DbkitConnection, lost: LostCommit) -> str | None:
    try:
        result = run(connection, STATUS, (str(lost.transaction_id),))
    except ServerReport as report:
        if report.sqlstate != _IN_THE_FUTURE:
            raise
        return IN_THE_FUTURE
    status = result.get_value(0, 0)
    return None if status is None else status.decode()


def _end(connection: DbkitConnection, lost: LostCommit) -> None:
    """End the backend that still waits for the COMMIT, or for the end of its client, which it has not noticed."""
    if lost.life is not None and lost.life.is_known and connection.life == lost.life:
        try:
            run(connection, END_WAITING, (str(lost.transaction_id),))
        except ServerReport as report:
            if is_passing(report):
                raise


def _is_kept(connection: DbkitConnection) -> bool:
    """Commit something behind a commit that was found, so that it has all that a commit waits for."""
    notices = connection.notices
    if notices is not None:
        notices.is_only_local = False
    run(connection, BARRIER, ())
    return notices is None or not notices.is_only_local
