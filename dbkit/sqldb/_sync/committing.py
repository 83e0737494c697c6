# Generated from dbkit/sqldb/_async/committing.py by tools/unasync.py; edit that file instead.
"""COMMIT: what is asked before it and sent along with it, so that a lost answer can be found out."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

from psycopg.pq import TransactionStatus
from psycopg.pq.abc import PGresult

from dbkit.sqldb import utility
from dbkit.sqldb._sync.transaction_source import TransactionSource
from dbkit.sqldb._sync.wire import DbkitConnection, run, run_together
from dbkit.sqldb.blame import Blame
from dbkit.sqldb.commit import (
    IDENTIFY,
    NOTE_TOKEN,
    PRUNE,
    PRUNED_ONCE_IN,
    TRANSACTION_ID,
    LostCommit,
    is_lost,
    without_tokens,
)
from dbkit.sqldb.results import numbers
from dbkit.sqldb.server_life import UNKNOWN_LIFE, CommitNotices, life_in
from dbkit.types.errors import DbkitError, ServerReport, Timeout, TransactionAborted, TransactionError

__all__ = ["commit", "identify"]


def identify(connection: DbkitConnection) -> None:
    """Have a server say who it is, once for each of its connections, and listen to what it says of commits.

    Never raises what the server answers: a role that may not ask has a server of an unknown life.
    """
    if connection.life is not None:
        return
    if connection.notices is None:
        connection.notices = CommitNotices()
        connection.add_notice_handler(connection.notices)
    try:
        result = run(connection, IDENTIFY, ())
    except ServerReport as report:
        if not is_lost(report):
            connection.life = UNKNOWN_LIFE
    else:
        connection.life = life_in(result, connection.pgconn.backend_pid)


def commit(source: TransactionSource, blame: Blame) -> LostCommit | None:
    """Commit, and return what is known where the answer was lost; raise what the server refused."""
    failure: DbkitError
    is_sent = False
    try:
        _look_for_writes(source)
        is_sent = True
        return _committed(source, _send(source))
    except ServerReport as report:
        # What was lost before COMMIT was sent has stored nothing.
        if is_sent and is_lost(report):
            return _lost(source, report)
        failure = (source.token and without_tokens(report)) or blame.error(report, "commit")
    except (Timeout, TransactionError) as error:
        failure = error
    if source.status is not TransactionStatus.IDLE:
        source.undo(utility.ROLLBACK)
    raise failure


def _look_for_writes(source: TransactionSource) -> None:
    """Make sure that the transaction's id is known where there is anything to store.

    Verbs have it from the rows that they write. SQL of the caller's own, and COPY, do not tell, so the
    server is asked, while an answer that is lost still means that nothing has been stored.
    """
    if source.has_written and source.transaction_id is None:
        source.transaction_id = numbers(source.run(TRANSACTION_ID, ()))[0] or None
        source.has_written = source.transaction_id is not None


def _send(source: TransactionSource) -> PGresult:
    """Send COMMIT, with what notes the token before it in the same packet."""
    connection = source.held
    if connection.notices is not None:
        connection.notices.is_only_local = False
    if source.token is None or not source.has_written:
        return run(connection, utility.COMMIT, ())
    return (run_together(connection, (NOTE_TOKEN, (source.token,)), (utility.COMMIT, ())))[-1]


def _committed(
    source: TransactionSource, result: PGresult, chance: Callable[[], float] = random.random
) -> LostCommit | None:
    """Look at the answer to a COMMIT, and remove old tokens once in a while."""
    if result.command_status != b"COMMIT":
        aborted = TransactionAborted()
        aborted.__cause__ = source.error
        raise aborted
    connection = source.held
    if connection.notices is not None and connection.notices.is_only_local:
        return _lost(source, None)
    if source.token is not None and chance() * PRUNED_ONCE_IN < 1:
        # It is committed, whatever becomes of this.
        with suppress(ServerReport, DbkitError):
            run(connection, PRUNE, ())
    return None


def _lost(source: TransactionSource, report: ServerReport | None) -> LostCommit:
    id_ = source.transaction_id if source.has_written else None
    return LostCommit(report, id_, source.held.life, source.token if source.has_written else None)
