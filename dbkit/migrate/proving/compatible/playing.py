"""Play a statement on a database: prepared, run with values, and taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

import psycopg
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

from dbkit.migrate.proving.compatible.statements import SentStatement
from dbkit.migrate.session import Session, Target

__all__ = ["Answer", "Player"]

_GOOD = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)
_SECONDS_MAX = 10
_AS_REPLICA = "SET LOCAL session_replication_role"
_ABOUT_SCHEMA = ("42", "0A", "55")
"""Classes of SQLSTATE whose messages speak of the schema; those of others may hold values."""
_INVALID_TYPE = "42704"
# A driver reads all of them as text.
_TEXTS = frozenset({"text", "character varying", "character", "name"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a statement: the SQLSTATE it failed with and why, or the types of the columns it gave."""

    sqlstate: str = ""
    why: str = ""
    types: tuple[str, ...] = ()

    @property
    def works(self) -> bool:
        """Whether it ran to its end."""
        return not self.sqlstate

    def differs_from(self, other: Answer) -> int | None:
        """Return the place of the first column whose type is another one to a driver; None where all are the same."""
        if len(self.types) != len(other.types):
            return min(len(self.types), len(other.types))
        pairs = enumerate(zip(self.types, other.types, strict=True))
        return next((place for place, (one, two) in pairs if _kind(one) != _kind(two)), None)


class Player:
    """Plays statements on one database, each in a transaction that keeps nothing."""

    def __init__(self, target: Target) -> None:
        self._session = Session(target, "dbkit migrate prove")
        self.connection = self._session.connection
        self._session.set({"statement_timeout": f"{_SECONDS_MAX}s"})
        self._oids: dict[str, int] = {"": 0}
        self._names: dict[int, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def prepare(self, statement: SentStatement) -> Answer:
        """See whether the server takes a statement, without running it."""
        oids = self._oids_of(statement)
        if oids is None:
            return self._without_type(statement)
        if statement.copies:
            return Answer()
        return self._answer(self._pgconn.prepare(b"", statement.sql.encode(), oids))

    def play(self, statement: SentStatement, values: Sequence[str | None]) -> Answer:
        """Run a statement with values, given as text, and take back what it did.

        What adds rows finds its table empty: the row that it adds may be one that is there.
        """
        oids = self._oids_of(statement)
        if oids is None:
            return self._without_type(statement)
        self._begin(statement)
        try:
            if statement.copies:
                return self._copied(statement, values)
            given = [None if value is None else value.encode() for value in values]
            result = self._pgconn.exec_params(statement.sql.encode(), given, oids)
            return self._deferred() or self._answer(result) if result.status in _GOOD else self._answer(result)
        finally:
            self._pgconn.exec_(b"ROLLBACK")

    @property
    def _pgconn(self) -> Any:
        return self.connection.pgconn

    def _begin(self, statement: SentStatement) -> None:
        begin = b"BEGIN"
        if statement.inserts and statement.table:
            table = '"' + statement.table.replace('"', '""') + '"'
            # Neither triggers nor foreign keys have a say in making room; where it is refused, the statement is too.
            begin += f"; SAVEPOINT room; {_AS_REPLICA} = replica; DELETE FROM {table}; {_AS_REPLICA} = origin".encode()  # noqa: S608
        if self._pgconn.exec_(begin).status not in _GOOD:
            self._pgconn.exec_(b"ROLLBACK TO room")

    def _deferred(self) -> Answer | None:
        """Return why constraints that wait for the end refuse it; None where they do not."""
        result = self._pgconn.exec_(b"SET CONSTRAINTS ALL IMMEDIATE")
        return None if result.status in _GOOD else self._answer(result)

    def _copied(self, statement: SentStatement, values: Sequence[str | None]) -> Answer:
        """Send one row in the binary form of the types that the code sends."""
        pairs = zip(values, statement.parameters, strict=True)
        cells = [f"{self._literal(value)}::{parameter.type}" for value, parameter in pairs]
        try:
            with self.connection.cursor() as cursor:
                with cursor.copy(f"COPY (SELECT {', '.join(cells)}) TO STDOUT (FORMAT BINARY)".encode()) as made:
                    rows = b"".join(bytes(block) for block in made)
                with cursor.copy(statement.sql.encode()) as taken:
                    taken.write(rows)
        except psycopg.Error as error:
            return _failed(error.sqlstate or "", error.diag)
        return self._deferred() or Answer()

    def _literal(self, value: str | None) -> str:
        return "NULL" if value is None else "'" + value.replace("'", "''") + "'"

    def _answer(self, result: PGresult) -> Answer:
        if result.status in _GOOD:
            return Answer(types=tuple(self._name(result.ftype(place)) for place in range(result.nfields)))
        diagnostics = psycopg.errors.Diagnostic(result)
        return _failed(diagnostics.sqlstate or "", diagnostics)

    def _oids_of(self, statement: SentStatement) -> list[int] | None:
        """Return the numbers that the types of the parameters have here; None where one is missing."""
        for parameter in statement.parameters:
            if parameter.type not in self._oids:
                row = self.connection.execute("SELECT coalesce(to_regtype(%s)::oid, 0)", (parameter.type,)).fetchone()
                self._oids[parameter.type] = int(row[0]) if row else 0
        missing = any(parameter.type and not self._oids[parameter.type] for parameter in statement.parameters)
        return None if missing else [self._oids[parameter.type] for parameter in statement.parameters]

    def _without_type(self, statement: SentStatement) -> Answer:
        names = [each.type for each in statement.parameters if each.type and not self._oids[each.type]]
        return Answer(_INVALID_TYPE, f'type "{names[0]}" does not exist')

    def _name(self, oid: int) -> str:
        if oid not in self._names:
            row = self.connection.execute("SELECT %s::oid::regtype::text", (oid,)).fetchone()
            self._names[oid] = str(row[0]) if row else ""
        return self._names[oid]


def _failed(sqlstate: str, diagnostics: psycopg.errors.Diagnostic) -> Answer:
    """Return a failure in words that hold no values."""
    name = "refused"
    with suppress(KeyError):
        name = psycopg.errors.lookup(sqlstate).__name__
    about: Mapping[str, str | None] = {
        "constraint": diagnostics.constraint_name,
        "column": diagnostics.column_name,
        "type": diagnostics.datatype_name,
    }
    named = next((f" of {what} {which}" for what, which in about.items() if which), "")
    if sqlstate.startswith(_ABOUT_SCHEMA):
        named = f": {diagnostics.message_primary}"
    return Answer(sqlstate or "08006", f"{name}{named}")


def _kind(name: str) -> str:
    return "text" if name in _TEXTS else name
