"""Emptying a database between two tests: only the tables that were written to, found by the server's own counters.

The server counts the rows that each table was changed by, its catalogs included. So a change of the
schema shows as well, and a database that has another schema now is not cleaned but replaced.
"""

from __future__ import annotations

import select
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, LiteralString

import psycopg
from psycopg import sql

__all__ = ["FLUSH", "Cleaner"]

FLUSH: LiteralString = "pg_stat_force_next_flush()"
"""What a session calls so that the server counts at once what it did: otherwise that takes a second."""

_CATALOG: LiteralString = "pg_catalog"
# What ANALYZE writes, which the server does by itself.
_IGNORED = ("pg_statistic", "pg_statistic_ext_data")
_TABLES: LiteralString = """
    SELECT c.oid::int8, n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND NOT c.relisshared AND n.nspname NOT IN ('information_schema', 'pg_toast')
    ORDER BY c.oid
"""
# The others are computed.
_COLUMNS: LiteralString = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = %s AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
_REFERRING: LiteralString = "SELECT 1 FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY (%s) LIMIT 1"
_SEQUENCES: LiteralString = """
    SELECT seqrelid::int8, seqstart, pg_sequence_last_value(seqrelid) FROM pg_sequence ORDER BY seqrelid
"""
# What is beside the strangers depends on them, so that it is read after them: one that ends meanwhile has been counted.
_LOOK: LiteralString = """
    SELECT strangers.found, tables.changed, sequences.moved, (
        SELECT string_agg(setting.setrole || setting.setconfig::text, ' ' ORDER BY setting.setrole)
        FROM pg_db_role_setting AS setting JOIN pg_database AS own ON own.oid = setting.setdatabase
        WHERE own.datname = current_database() AND strangers.found IS NOT NULL
    )
    FROM (SELECT array(
        SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend'
          AND pid <> pg_backend_pid() AND pid <> ALL (%s::int[])
    ) AS found OFFSET 0) AS strangers
    CROSS JOIN LATERAL (SELECT array(
        SELECT pg_stat_get_tuples_inserted(t) + pg_stat_get_tuples_updated(t) + pg_stat_get_tuples_deleted(t)
        FROM unnest(%s::oid[]) WITH ORDINALITY AS tables (t, place) WHERE strangers.found IS NOT NULL ORDER BY place
    ) AS changed) AS tables
    CROSS JOIN LATERAL (SELECT array(
        SELECT pg_sequence_last_value(s) FROM unnest(%s::oid[]) WITH ORDINALITY AS sequences (s, place) ORDER BY place
    ) AS moved) AS sequences
"""
_SETTINGS: LiteralString = "SET lock_timeout = '5s'; SET statement_timeout = '60s'"
# Triggers are off in this session, so foreign keys do not ask for an order.
_NO_TRIGGERS: LiteralString = "SET session_replication_role = replica"


@dataclass(frozen=True)
class _Table:
    """`refill` inserts the rows that it came with; None where that were none."""

    oid: int
    name: sql.Identifier
    is_catalog: bool
    refill: sql.Composed | None = None


class Cleaner:
    """Empties one database, over a connection to it, to what it was when the cleaner was made.

    All that a test did must have been counted before: its sessions have ended, or called `FLUSH`.
    """

    def __init__(self, conninfo: str) -> None:
        self._connection = psycopg.connect(
            conninfo, autocommit=True, application_name="dbkit testing", prepare_threshold=0
        )
        self.pid = self._connection.info.backend_pid
        self._connection.execute(_SETTINGS, prepare=False)
        self._is_superuser = self._connection.info.parameter_status("is_superuser") == "on"
        if self._is_superuser:
            self._connection.execute(_NO_TRIGGERS)
        self._tables = self._read_tables()
        self._sequences = {oid: (start, last) for oid, start, last in self._connection.execute(_SEQUENCES)}
        self._connection.execute(sql.SQL("SELECT {}").format(sql.SQL(FLUSH)))
        self._oids = (list(self._tables), list(self._sequences))
        self.look(())
        self._clean = self._seen.tables
        self._own_settings = self._seen.own_settings

    def ping(self) -> None:
        """Ask the server for a sign of life where there is one of its end; raise `psycopg.OperationalError` then."""
        poll = select.poll()
        poll.register(self._connection.pgconn.socket, select.POLLIN)
        if poll.poll(0):
            self._connection.execute("SELECT 1")

    def look(self, known: Iterable[int]) -> bool:
        """Read what was written to, and tell whether the database has sessions that are not known, by process id."""
        found = self._connection.execute(_LOOK, (list(known), *self._oids)).fetchone()
        assert found is not None
        strangers, tables, sequences, own_settings = found
        self._seen = _Changes(
            dict(zip(self._tables, tables, strict=True)),
            dict(zip(self._sequences, sequences, strict=True)),
            own_settings,
        )
        return bool(strangers)

    def clean(self) -> bool:
        """Give all tables that were written to, as the last look has found, the rows that they came with, mostly none.

        False where that is not enough and the database has to be replaced: its schema has changed, or a setting
        of its own, or the role, which is no superuser, cannot put the foreign keys of such rows aside.
        """
        seen = self._seen
        if seen.own_settings != self._own_settings:
            return False
        dirty = [self._tables[oid] for oid, count in seen.tables.items() if count != self._clean[oid]]
        if any(table.is_catalog or (table.refill and not self._is_superuser) for table in dirty):
            return False
        if dirty and not self._is_superuser and self._has_filled_children():
            return False
        moved = [oid for oid, last in seen.sequences.items() if last != self._sequences[oid][1]]
        if dirty or moved:
            self._empty(dirty, moved)
        return True

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _empty(self, tables: list[_Table], sequences: list[int]) -> None:
        cursor = self._connection.execute(sql.SQL("; ").join(self._emptying(tables, sequences)), prepare=False)
        if not self._is_superuser:
            self.look(())
            self._clean = self._seen.tables
            return
        counts = dict(self._seen.tables)
        # Behind the first statement's: what emptying has changed is counted as well.
        for table in (*tables, *(table for table in tables if table.refill)):
            cursor.nextset()
            counts[table.oid] += cursor.rowcount
        self._clean = counts

    def _emptying(self, tables: list[_Table], sequences: list[int]) -> Iterator[sql.Composable]:
        """Yield statements for one round trip, which is one transaction."""
        yield sql.SQL("SELECT {}").format(sql.SQL(FLUSH))
        if self._is_superuser:
            yield from (sql.SQL("DELETE FROM ONLY {}").format(table.name) for table in tables)
            yield from (table.refill for table in tables if table.refill)
        elif tables:
            yield sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(table.name for table in tables))
        for oid in sequences:
            start, last = self._sequences[oid]
            values = (oid, start if last is None else last, last is not None)
            yield sql.SQL("SELECT setval({}::regclass, {}, {})").format(*map(sql.Literal, values))

    def _read_tables(self) -> Mapping[int, _Table]:
        found = [
            _Table(oid, sql.Identifier(schema, name), is_catalog=schema == _CATALOG)
            for oid, schema, name in self._connection.execute(_TABLES).fetchall()
            if schema != _CATALOG or name not in _IGNORED
        ]
        own = [table for table in found if not table.is_catalog]
        # Asked for all at once.
        questions = sql.SQL(", ").join(sql.SQL("EXISTS (SELECT FROM ONLY {})").format(table.name) for table in own)
        answers = self._connection.execute(sql.SQL("SELECT {}").format(questions), prepare=False).fetchone()
        filled = [self._saved(table) for table, has_rows in zip(own, answers or (), strict=True) if has_rows]
        return {table.oid: table for table in (*found, *filled)}

    def _saved(self, table: _Table) -> _Table:
        """Copy the rows that a table came with, and return the table that gets them back."""
        names = self._connection.execute(_COLUMNS, (table.oid,)).fetchall()
        columns = sql.SQL(", ").join(sql.Identifier(name) for (name,) in names)
        saved = sql.Identifier("pg_temp", f"saved_{table.oid}")
        save = sql.SQL("CREATE TEMPORARY TABLE {} AS SELECT {} FROM ONLY {}")
        self._connection.execute(save.format(saved, columns, table.name), prepare=False)
        refill = sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}")
        return replace(table, refill=refill.format(table.name, columns, columns, saved))

    def _has_filled_children(self) -> bool:
        """Tell whether a table that came with rows has a foreign key, by which TRUNCATE would reach it."""
        filled = [table.oid for table in self._tables.values() if table.refill]
        return self._connection.execute(_REFERRING, (filled,)).fetchone() is not None


@dataclass(frozen=True)
class _Changes:
    """How often rows of each table have been changed, where each sequence stands, and what ALTER DATABASE has set."""

    tables: Mapping[int, Any]
    sequences: Mapping[int, Any]
    own_settings: str | None
