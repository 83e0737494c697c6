"""What a revision without a transaction has done: a row before and after each of its statements.

They are written over the runner's own session, whose rows stay when the revision's session is lost.
That is how a run that goes on knows what was done, and what was under way.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from psycopg import sql

from dbkit.migrate.bookkeeping import STEPS
from dbkit.migrate.line import Revision
from dbkit.migrate.query_text import shown_query
from dbkit.migrate.session import Connection

__all__ = ["HalfDone", "StepRecord", "forget", "half_done"]

# Nothing is lost with these rows but words, so the server's disk need not be waited for.
_IN_HASTE: LiteralString = "SET synchronous_commit = off"
_MAY_READ: LiteralString = f"""
    SELECT CASE WHEN to_regclass('{STEPS}') IS NOT NULL THEN has_table_privilege('{STEPS}', 'SELECT') END
"""
_HALF_DONE: LiteralString = f"""
    SELECT count(*) FILTER (WHERE state = 'done'), coalesce(max(number), 0),
      (array_agg(detail ->> 'statement' ORDER BY number DESC) FILTER (WHERE state <> 'done'))[1],
      max(started_at) FILTER (WHERE state <> 'done')
    FROM {STEPS} WHERE (revision, direction) = (%s, %s)
"""  # noqa: S608 (put together from a constant)
_BEGIN: LiteralString = f"""
    INSERT INTO {STEPS} (revision, direction, number, statement_hash, state, started_at, detail)
    VALUES (%s, %s, %s, %s, 'begun', clock_timestamp(), %s)
"""  # noqa: S608 (put together from a constant)
_END: LiteralString = f"""
    UPDATE {STEPS} SET state = %s, finished_at = clock_timestamp(), detail = detail || %s::jsonb
    WHERE (revision, direction, number) = (%s, %s, %s)
"""  # noqa: S608 (put together from a constant)
_COMMITTED: LiteralString = f"""
    UPDATE {STEPS} SET state = 'done' WHERE (revision, direction, state) = (%s, %s, 'in transaction')
"""  # noqa: S608 (put together from a constant)

_LOOKS = re.compile(r"\s*(SELECT|SHOW|SET|RESET|EXPLAIN)\b", re.IGNORECASE)
_STATEMENT_LENGTH_MAX = 200


@dataclass(frozen=True, slots=True)
class HalfDone:
    """A revision that stopped somewhere: how many statements were done, and which was under way since when."""

    done: int
    last: int
    statement: str | None
    since: datetime | None

    def __str__(self) -> str:
        done = f"{self.done} statement{'' if self.done == 1 else 's'} had been done"
        if self.statement is None or self.since is None:
            return done
        return f"{done}, and this was under way at {self.since:%Y-%m-%d %H:%M:%S} UTC: {self.statement}"


class StepRecord:
    """Writes down the statements of one revision; those that only look are left out.

    A statement that is repeated, as a batch is, has one row. One inside of a transaction counts as done
    when the next one begins outside of it.
    """

    def __init__(self, connection: Connection, revision: Revision, direction: str, last: int) -> None:
        self._connection = connection
        self._of = (revision.id, direction)
        self._number = last
        self._hash = ""
        self._times = 0
        self._is_open = False
        self._has_uncommitted = False
        connection.execute(_IN_HASTE)

    def begins(self, statement: str, *, in_transaction: bool) -> None:
        """Write down that a statement is begun."""
        if _LOOKS.match(statement):
            return
        if self._has_uncommitted and not in_transaction:
            self._connection.execute(_COMMITTED, self._of)
            self._has_uncommitted = False
        statement_hash = hashlib.sha256(statement.encode()).hexdigest()[:16]
        if statement_hash == self._hash:
            self._times += 1
            self._is_open = True
            return
        self._number, self._hash, self._times, self._is_open = self._number + 1, statement_hash, 1, True
        detail = json.dumps({"statement": shown_query(statement, _STATEMENT_LENGTH_MAX)})
        self._connection.execute(_BEGIN, (*self._of, self._number, statement_hash, detail))

    def ends(self, *, in_transaction: bool) -> None:
        """Write down that it is done."""
        if self._is_open:
            self._has_uncommitted = self._has_uncommitted or in_transaction
            self._end("in transaction" if in_transaction else "done", {"times": self._times})

    def fails(self, why: str) -> None:
        """Write down that it has failed, and why."""
        if self._is_open:
            self._end("failed", {"error": why})
        self._hash = ""

    def _end(self, state: str, detail: dict[str, object]) -> None:
        self._is_open = False
        # Of batches each second, fourth, eighth, ... is enough.
        if self._times.bit_count() == 1 or state == "failed":
            self._connection.execute(_END, (state, json.dumps(detail), *self._of, self._number))


def half_done(connection: Connection, revision: Revision, direction: str = "up") -> HalfDone | None:
    """Return how far a revision without a transaction has come; None where it was not begun, or nobody wrote it."""
    if connection.execute(_MAY_READ).fetchone() != (True,):
        return None
    found = connection.execute(_HALF_DONE, (revision.id, direction)).fetchone()
    return HalfDone(*found) if found is not None and found[1] else None


def forget(connection: Connection, schema: str, revision: Revision) -> None:
    """Remove the rows of a revision that is done, in the transaction of its version row."""
    table = sql.Identifier(schema, STEPS)
    connection.execute(sql.SQL("DELETE FROM {} WHERE revision = %s").format(table), (revision.id,))
