"""Watchers of a revision while it runs: what it locks and writes anew, and one that ends its connection."""

from __future__ import annotations

import re
from contextlib import suppress
from threading import Thread
from typing import Any, Self

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, event

from dbkit.migrate.header import Lock
from dbkit.migrate.place import VERSION_TABLE
from tests.migrations.stepping import opened

_STRENGTH = {"".join(lock.value.title().split()) + "Lock": place for place, lock in enumerate(Lock)}
_LOCKS = list(Lock)
_TABLES = """
SELECT c.oid, coalesce((SELECT relname FROM pg_class WHERE oid = pg_partition_root(c.oid)), c.relname), c.relfilenode
FROM pg_class c
WHERE c.relnamespace = current_schema()::regnamespace
  AND c.relkind IN ('r', 'p', 'm') AND c.relname <> 'alembic_version'
"""
_HELD = "SELECT relation, mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted"
_TABLE_OF_INDEX = "SELECT indrelid FROM pg_index WHERE indexrelid = to_regclass(%s)"
_CREATE_CONCURRENTLY = re.compile(
    r"\s*CREATE\s+(UNIQUE\s+)?INDEX\s+CONCURRENTLY\s+(?P<index>\w+)\s+ON\s+(?P<table>\w+)", re.IGNORECASE
)
_DROP_CONCURRENTLY = re.compile(r"\s*DROP\s+INDEX\s+CONCURRENTLY\s+(IF\s+EXISTS\s+)?(?P<index>\w+)", re.IGNORECASE)
_LOOK = re.compile(r"\s*(SELECT|SHOW|SET|EXPLAIN)\b", re.IGNORECASE)


class Measure:
    """Watch which tables of before a revision locks more strongly than row writes do, and which it writes anew.

    A partition counts as the table that it is part of. A revision in a transaction is measured
    before its commit. One without gets a transaction around each statement that may have one, and is
    measured before each of their commits; what runs CONCURRENTLY takes SHARE UPDATE EXCLUSIVE.
    """

    def __init__(self, connection: Connection) -> None:
        self._driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
        self._names: dict[int, str] = {}
        self._files: dict[int, int] = {}
        for oid, name, file in self._driver.execute(_TABLES):
            self._names[oid], self._files[oid] = name, file
        self._strongest: dict[str, int] = {}
        self._around = False
        event.listen(connection, "before_cursor_execute", self._before)
        event.listen(connection, "after_cursor_execute", self._after)
        event.listen(connection.engine, "handle_error", self._failed)
        # What was looked up above is no part of the revision.
        if not self._driver.autocommit:
            self._driver.commit()

    @property
    def locks(self) -> dict[str, Lock]:
        """The strongest lock of each table."""
        return {name: _LOCKS[strength] for name, strength in sorted(self._strongest.items())}

    def rewritten(self, connection: psycopg.Connection[Any]) -> set[str]:
        """Return the tables of before that have another file now."""
        return {
            self._names[oid]
            for oid, _, file in connection.execute(_TABLES)
            if oid in self._files and self._files[oid] != file
        }

    def _before(self, _: Connection, __: Any, statement: str, *___: Any) -> None:
        if created := _CREATE_CONCURRENTLY.match(statement):
            self._note_by_name(created["table"])
        elif dropped := _DROP_CONCURRENTLY.match(statement):
            found = self._driver.execute(_TABLE_OF_INDEX, (dropped["index"],)).fetchone()
            self._note(found[0] if found else 0, _STRENGTH["ShareUpdateExclusiveLock"])
        elif self._driver.autocommit and self._driver.info.transaction_status == TransactionStatus.IDLE:
            self._driver.execute("BEGIN")
            self._around = True

    def _after(self, *_: Any) -> None:
        for oid, mode in self._driver.execute(_HELD).fetchall():
            if mode in _STRENGTH:
                self._note(oid, _STRENGTH[mode])
        if self._around:
            self._driver.execute("COMMIT")
            self._around = False

    def _failed(self, _: Any) -> None:
        if self._around:
            self._driver.execute("ROLLBACK")
            self._around = False

    def _note_by_name(self, table: str) -> None:
        found = self._driver.execute("SELECT to_regclass(%s)::oid", (table,)).fetchone()
        self._note(found[0] if found else 0, _STRENGTH["ShareUpdateExclusiveLock"])

    def _note(self, oid: int, strength: int) -> None:
        name = self._names.get(oid)
        if name is not None:
            self._strongest[name] = max(strength, self._strongest.get(name, 0))


class Stops:
    """Ends a revision's connection, in each run behind another statement, until a run gets through.

    A statement that looks only is passed over. One that builds an index CONCURRENTLY is ended twice:
    in its last wait, where it leaves an index that is not valid, and behind its end. A transaction is
    rolled back wherever it ends, so it is ended at few: its first, second, fourth, ... and its last.
    Statements that differ in their parameters count as one.
    """

    def __init__(self, url: str) -> None:
        self.stopped_at: str | None = None
        """The statement at which the present run was stopped; None if it got through."""
        self.stopped: list[str] = []
        """All statements at which a run was stopped, in order."""
        self._seen: set[str] = set()
        self._url = url
        self._other = opened(url)
        self._killer: Thread | None = None

    def __call__(self, connection: Connection) -> None:
        """Watch a new run."""
        self.stopped_at = None
        self._count = 0
        self._driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
        event.listen(connection, "before_cursor_execute", self._before)
        event.listen(connection, "after_cursor_execute", self._after)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.join()
        self._other.close()

    def join(self) -> None:
        """Wait for what helps to stop a run."""
        if self._killer is not None:
            self._killer.join()
            self._killer = None

    def _before(self, _: Connection, __: Any, statement: str, *___: Any) -> None:
        if self.stopped_at is None and _CREATE_CONCURRENTLY.match(statement) and self._is_new(f"inside {statement}"):
            self._note(f"inside {statement}")
            self._killer = _KillerInLastWait(self._url, self._driver.info.backend_pid)
            self._killer.start()

    def _after(self, _: Connection, __: Any, statement: str, parameters: Any, ___: Any, executemany: bool) -> None:
        # Rows that Python computed may be others in each run: envelopes are.
        name = statement if executemany else f"{statement} {parameters}"
        if self.stopped_at is None and not _LOOK.match(statement) and self._is_its_turn(name):
            self._note(statement)
            self._other.execute("SELECT pg_terminate_backend(%s)", (self._driver.info.backend_pid,))
            # Wait for the end.
            with suppress(psycopg.OperationalError):
                self._driver.execute("SELECT 1")

    def _is_its_turn(self, statement: str) -> bool:
        self._count += 1
        passed_over = not self._driver.autocommit and self._count.bit_count() > 1 and VERSION_TABLE not in statement
        return not passed_over and self._is_new(statement)

    def _is_new(self, statement: str) -> bool:
        new = statement not in self._seen
        self._seen.add(statement)
        return new

    def _note(self, statement: str) -> None:
        self.stopped_at = " ".join(statement.split())
        self.stopped.append(self.stopped_at)


class _KillerInLastWait(Thread):
    """Holds back the last wait of a CREATE INDEX CONCURRENTLY with an old snapshot, and ends it there."""

    _WAIT = """
        DO $$ BEGIN
            WHILE NOT EXISTS (SELECT FROM pg_locks WHERE pid = {pid} AND locktype = 'virtualxid' AND NOT granted) LOOP
                IF NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = {pid}) THEN RETURN; END IF;
                PERFORM pg_stat_clear_snapshot();
                PERFORM pg_sleep(0.001);
            END LOOP;
        END $$"""

    def __init__(self, url: str, pid: int) -> None:
        super().__init__(daemon=True)
        self._old, self._other, self._pid = opened(url), opened(url), pid
        self._old.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        self._old.execute("SELECT FROM pg_class LIMIT 1").fetchall()

    def run(self) -> None:
        with self._old, self._other:
            self._other.execute(self._WAIT.format(pid=int(self._pid)).encode())
            self._other.execute("SELECT pg_terminate_backend(%s)", (self._pid,))
