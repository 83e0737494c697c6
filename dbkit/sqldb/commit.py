"""What is sent around a COMMIT, so that its outcome can be found out where its answer is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Text, Uuid

from dbkit.sqldb.encode import Parameter, ParameterEncoder, wire_type
from dbkit.sqldb.server_life import ServerLife
from dbkit.sqldb.utility import plain
from dbkit.sqldb.wire import Statement
from dbkit.types.errors import CommitUnknown, DbkitError, SchemaMismatch, ServerReport, Unavailable

__all__ = [
    "BARRIER",
    "END_WAITING",
    "FENCE",
    "IDENTIFY",
    "NOTE_TOKEN",
    "PRUNE",
    "PRUNED_ONCE_IN",
    "STATUS",
    "TOKEN",
    "TRANSACTION_ID",
    "LostCommit",
    "is_lost",
    "is_passing",
    "without_tokens",
]

ErrorT = TypeVar("ErrorT", bound=DbkitError)

_LOST = ("08", "57P")
"""SQLSTATEs, or their beginnings, of a connection that ended before the server had answered."""


def _of_text(sql: str) -> Statement:
    return Statement(
        sql.encode(), ParameterEncoder((Parameter("transaction_id", wire_type(Text(), "transaction_id")),))
    )


def _of_token(sql: str) -> Statement:
    return Statement(sql.encode(), ParameterEncoder((Parameter("token", wire_type(Uuid(), "token")),)))


TRANSACTION_ID = plain("SELECT pg_current_xact_id_if_assigned()")
"""Asked before COMMIT where no statement has told: it is NULL where nothing was written."""

# The select list is evaluated for rows that pass only: a standby has no timeline of its own to tell. Where rows are
# written on other servers, these say the ids of transactions of their own, so that no id counts.
IDENTIFY = plain(
    "SELECT CASE WHEN EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN ''"
    " ELSE system_identifier::text END,"
    " left(pg_walfile_name(pg_current_wal_insert_lsn()), 8),"
    " (SELECT coalesce(extract(epoch FROM stats_reset)::text, '') FROM pg_stat_bgwriter), pg_backend_pid()::text"
    " FROM pg_control_system() WHERE NOT pg_is_in_recovery()"
)
STATUS = _of_text("SELECT pg_xact_status($1::xid8)")

# One that waits for its client, even in the midst of a request, has not begun to commit, and never will. One that
# waits for a standby has committed.
END_WAITING = _of_text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE backend_xid = $1::xid8::xid AND wait_event = 'ClientRead'"
)

# It is logged behind the COMMIT that it stands for, so what it waits for (standbys, too) that one has as well.
BARRIER = plain("SELECT pg_logical_emit_message(true, 'dbkit', '')")

NOTE_TOKEN = _of_token("INSERT INTO commit_tokens (token) VALUES ($1)")

# It waits for a transaction that has noted the token and is still open, and takes the place of one that has not
# come so far: that one can commit no more.
FENCE = _of_token("INSERT INTO commit_tokens (token, void) VALUES ($1, true) ON CONFLICT (token) DO NOTHING")
TOKEN = _of_token("SELECT void FROM commit_tokens WHERE token = $1")

PRUNED_ONCE_IN = 500
"""Tokens that are noted for each time that old ones are removed: so many at once, twice as many at most."""

PRUNE = plain(
    "DELETE FROM commit_tokens WHERE token IN (SELECT token FROM commit_tokens"
    " WHERE created_at < now() - interval '1 day' ORDER BY created_at LIMIT 1000 FOR UPDATE SKIP LOCKED)",
)


_NO_TABLE = "42P01"
_PASSING = ("08", "25006", "53", "55", "57")
"""SQLSTATEs, or their beginnings, of what may be over soon; a server that takes no writes may not be the one to ask."""


def is_passing(report: ServerReport) -> bool:
    """Tell whether another attempt may go better."""
    return report.sqlstate is None or report.sqlstate.startswith(_PASSING)


def without_tokens(report: ServerReport) -> SchemaMismatch | None:
    """Return the error of a COMMIT that was to leave a token where there is no table for it, else None."""
    if report.sqlstate != _NO_TABLE:
        return None
    mismatch = SchemaMismatch(
        "there is no table commit_tokens, which commit_token=True writes to, so nothing was stored",
        sqlstate=report.sqlstate,
        advice="Apply the revision that creates it (`dbkit migrate apply URL`), or leave commit_token out.",
    )
    mismatch.__cause__ = report
    return mismatch


def is_lost(report: ServerReport) -> bool:
    """Tell whether the connection ended before the server had answered."""
    return report.sqlstate is None or report.sqlstate.startswith(_LOST)


@dataclass(frozen=True, slots=True)
class LostCommit:
    """A COMMIT without an answer, and what is known of its transaction.

    `transaction_id` is None where nothing was written, `life` where the server's is not known.
    """

    report: ServerReport | None
    transaction_id: int | None
    life: ServerLife | None
    token: UUID | None

    def unknown(self) -> CommitUnknown:
        """Return the error for a COMMIT of which nobody can say what became of it."""
        unknown = CommitUnknown(
            sqlstate=self._sqlstate,
            advice=self._advice,
            transaction_id=self.transaction_id,
            timeline=None if self.life is None or not self.life.is_known else self.life.timeline,
            token=self.token,
        )
        return self._caused(unknown)

    def rolled_back(self) -> DbkitError:
        """Return the error for a COMMIT that has certainly stored nothing."""
        return self._caused(
            Unavailable(
                "the connection was lost during COMMIT, and the server has rolled the transaction back",
                sqlstate=self._sqlstate,
                advice="Run the whole transaction again; db.run(work) does so by itself.",
            )
        )

    def without_writes(self) -> DbkitError:
        """Return the error for the COMMIT of a transaction that had nothing to store.

        It is an error, because the answer might have been that what was read cannot be serialized.
        """
        return self._caused(
            Unavailable(
                "the connection was lost at the end of a transaction that wrote nothing",
                sqlstate=self._sqlstate,
                advice="Run the whole transaction again; db.run(work) does so by itself.",
            )
        )

    @property
    def _advice(self) -> str | None:
        """Return what to ask later; None where nothing but the rows can tell."""
        if self.token is not None:
            return (
                f"Once the server answers, read the row {self.token} of commit_tokens: where it is there and not void,"
                " the transaction was committed; where there is none, insert it as void, and it never will be."
            )
        if self.transaction_id is None or self.life is None or not self.life.is_known:
            return None
        return (
            f"Ask that server pg_xact_status('{self.transaction_id}') while it has neither crashed nor left timeline"
            f" {self.life.timeline}; else look for the rows by their keys before writing again."
        )

    @property
    def _sqlstate(self) -> str | None:
        return None if self.report is None else self.report.sqlstate

    def _caused(self, error: ErrorT) -> ErrorT:
        error.__cause__ = self.report
        return error
