"""Callers beside a revision: each reads or writes one table over a connection of its own, by prepared statements."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any, LiteralString

import psycopg

__all__ = ["Call", "Caller", "callers_of", "calling"]

_PAUSE_SECONDS = 0.002
_KEYS_MAX = 200
_FIRST_CALLS = 10
_START_SECONDS_MAX = 10.0
_FACTS: LiteralString = """
SELECT a.attname::text, a.attgenerated = '' AND a.attidentity <> 'a', coalesce(a.attnum = ANY (i.indkey), false)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.oid = to_regclass(%s) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""


@dataclass(frozen=True, slots=True)
class Call:
    """One call: when it began, by the steady clock, and how long it took."""

    at_seconds: float
    seconds: float


@dataclass
class Caller:
    """Reads or writes a table again and again: its statements, and what came of them.

    `failures` are counted by their SQLSTATE, the words for it and the statement.
    """

    table: str
    writes: bool
    statements: tuple[str, ...]
    keys: list[tuple[str, ...]]
    calls: list[Call] = field(default_factory=list[Call])
    failures: Counter[tuple[str, str, str]] = field(default_factory=Counter[tuple[str, str, str]])
    warm: threading.Event = field(default_factory=threading.Event)

    @property
    def who(self) -> str:
        """What it is, in words."""
        return f"{'writers' if self.writes else 'readers'} of {self.table}"

    def call_until(self, end: threading.Event, conninfo: str) -> None:
        """Call until the end comes."""
        keys = cycle(self.keys)
        try:
            with _connected(conninfo) as connection:
                while not end.wait(_PAUSE_SECONDS):
                    self._call(connection, next(keys))
                    if len(self.calls) >= _FIRST_CALLS:
                        self.warm.set()
        except psycopg.Error as error:
            # One that ended while it called is noted already.
            if not self.failures:
                self._note(error, "")
        finally:
            self.warm.set()

    def _call(self, connection: psycopg.Connection[Any], key: tuple[str, ...]) -> None:
        statement = self.statements[len(self.calls) % len(self.statements)]
        began = time.monotonic()
        try:
            connection.execute(statement.encode(), key, prepare=True)
        except psycopg.Error as error:
            self._note(error, statement)
            if connection.closed:
                raise
        self.calls.append(Call(began, time.monotonic() - began))

    def _note(self, error: psycopg.Error, statement: str) -> None:
        self.failures[error.sqlstate or "08006", type(error).__name__, statement] += 1


def callers_of(
    connection: psycopg.Connection[Any], table: str, only: Collection[str] | None = None
) -> Iterator[Caller]:
    """Yield a reader and a writer of a table, as far as it lets them call; of all its columns, or `only` of these."""
    facts = connection.execute(_FACTS, (_quoted(table),)).fetchall()
    facts = [each for each in facts if only is None or each[0] in only]
    names = [_quoted(name) for name, _, _ in facts]
    given = [_quoted(name) for name, is_given, _ in facts if is_given]
    key = [_quoted(name) for name, _, is_key in facts if is_key]
    keys = _keys(connection, table, key)
    if not (names and keys):
        return
    where = " AND ".join(f"{name} = %s" for name in key) or "false"
    target, columns = _quoted(table), ", ".join(given)
    changed = next((name for name in given if name not in key), key[0] if key else names[0])
    read = f"SELECT {', '.join(names)} FROM {target} WHERE {where}"  # noqa: S608 (names from the catalogue, quoted)
    update = f"UPDATE {target} SET {changed} = {changed} WHERE {where}"  # noqa: S608
    insert = (
        f"INSERT INTO {target} ({columns}) OVERRIDING SYSTEM VALUE"  # noqa: S608
        f" SELECT {columns} FROM {target} WHERE {where} ON CONFLICT DO NOTHING"
    )
    yield Caller(table, writes=False, statements=_possible(connection, keys[0], read), keys=keys)
    yield Caller(table, writes=True, statements=_possible(connection, keys[0], update, insert), keys=keys)


@contextmanager
def calling(callers: Sequence[Caller], conninfo: str) -> Iterator[None]:
    """Let callers call as long as the block lasts, which begins when each of them has prepared its statements."""
    end = threading.Event()
    threads = [threading.Thread(target=each.call_until, args=(end, conninfo), daemon=True) for each in callers]
    for thread in threads:
        thread.start()
    try:
        for caller in callers:
            caller.warm.wait(_START_SECONDS_MAX)
        yield
    finally:
        end.set()
        for thread in threads:
            thread.join()


def _possible(connection: psycopg.Connection[Any], key: tuple[str, ...], *statements: str) -> tuple[str, ...]:
    """Return the statements that work before the revision: a table may be one that is only added to."""
    found: list[str] = []
    for statement in statements:
        with suppress(psycopg.Error):
            connection.execute(statement.encode(), key)
            found.append(statement)
    return tuple(found)


def _keys(connection: psycopg.Connection[Any], table: str, key: Sequence[str]) -> list[tuple[str, ...]]:
    if not key:
        return [()]
    parts = ", ".join(f"{name}::text" for name in key)
    query = f"SELECT {parts} FROM {_quoted(table)} LIMIT {_KEYS_MAX}"  # noqa: S608
    return [tuple(row) for row in connection.execute(query.encode()).fetchall()]


def _connected(conninfo: str) -> psycopg.Connection[Any]:
    return psycopg.connect(conninfo, autocommit=True, application_name="dbkit migrate prove: a caller")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
