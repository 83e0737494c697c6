"""Reading the facts: every question once, all in one read-only transaction, so that a pooler may be in between."""

from __future__ import annotations

from typing import Any, LiteralString, TypeVar

import psycopg
from psycopg.rows import class_row, scalar_row

from dbkit.doctor import queries, schema_queries
from dbkit.doctor.facts import (
    Archiver,
    Build,
    Constraint,
    DatabaseAge,
    Duplicate,
    Extension,
    Facts,
    HostRule,
    Identity,
    Index,
    LockWait,
    Maybe,
    Prepared,
    Receiver,
    Replica,
    Role,
    RoleSetting,
    Seen,
    Sequence,
    Session,
    Slot,
    Standby,
    Table,
)
from dbkit.doctor.link import Link
from dbkit.doctor.schema_state import schema_state
from dbkit.doctor.settings import Setting, Settings
from dbkit.doctor.unanswered import unanswered
from dbkit.doctor.unseen import Unseen
from dbkit.migrate.line import Line

__all__ = ["Reader", "read_facts", "read_replica"]

RowT = TypeVar("RowT")

_SUPERUSER = "needs a superuser"
_ALL_STATISTICS = "needs pg_monitor"


class Reader:
    """Asks a server questions, each in a savepoint: one that is refused leaves the others alone."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection

    def rows(self, row: type[RowT], query: LiteralString, refused: str = _ALL_STATISTICS) -> Seen[RowT]:
        """Return the rows of a query; or `refused`, where the role may not ask."""
        try:
            with self.connection.transaction(), self.connection.cursor(row_factory=class_row(row)) as cursor:
                return tuple(cursor.execute(query).fetchall())
        except psycopg.Error as error:
            return unanswered(error, refused)

    def row(self, row: type[RowT], query: LiteralString, refused: str = _ALL_STATISTICS) -> Maybe[RowT]:
        """Return the one row of a query."""
        rows = self.rows(row, query, refused)
        return rows if isinstance(rows, Unseen) else rows[0]

    def names(self, query: LiteralString, refused: str) -> Seen[str]:
        """Return the one column of a query."""
        try:
            with self.connection.transaction(), self.connection.cursor(row_factory=scalar_row) as cursor:
                return tuple(cursor.execute(query).fetchall())
        except psycopg.Error as error:
            return unanswered(error, refused)

    def required(self, row: type[RowT], query: LiteralString) -> list[RowT]:
        """Return the rows of a query without which nothing can be said. Raises the driver's errors."""
        with self.connection.cursor(row_factory=class_row(row)) as cursor:
            return cursor.execute(query).fetchall()


def read_facts(connection: psycopg.Connection[Any], link: Link, line: Line) -> Facts:
    """Read everything, over one connection that is in a transaction. Raises the driver's errors."""
    reader = Reader(connection)
    (identity,) = reader.required(Identity, queries.IDENTITY)
    return Facts(
        link=link,
        identity=identity,
        settings=Settings(reader.required(Setting, queries.SETTINGS)),
        build=reader.row(Build, queries.BUILD),
        sessions=reader.rows(Session, queries.SESSIONS),
        lock_waits=reader.rows(LockWait, queries.LOCK_WAITS),
        prepared=reader.rows(Prepared, queries.PREPARED),
        roles=reader.rows(Role, queries.ROLES),
        role_settings=reader.rows(RoleSetting, queries.ROLE_SETTINGS),
        md5_roles=reader.names(queries.MD5_ROLES, _SUPERUSER),
        host_rules=reader.rows(HostRule, queries.HOST_RULES, _SUPERUSER),
        databases=reader.rows(DatabaseAge, queries.DATABASES),
        tables=reader.rows(Table, schema_queries.TABLES),
        invalid_indexes=reader.rows(Index, schema_queries.INVALID_INDEXES),
        duplicate_indexes=reader.rows(Duplicate, schema_queries.DUPLICATE_INDEXES),
        constraints=reader.rows(Constraint, schema_queries.CONSTRAINTS),
        sequences=reader.rows(Sequence, schema_queries.SEQUENCES),
        extensions=reader.rows(Extension, schema_queries.EXTENSIONS),
        slots=reader.rows(Slot, queries.SLOTS),
        standbys=_standbys(reader, identity),
        receiver=_receiver(reader, identity),
        archiver=reader.row(Archiver, queries.ARCHIVER),
        schema=schema_state(connection, line),
    )


def read_replica(connection: psycopg.Connection[Any], host: str) -> Replica:
    """Read what a replica is, over a connection to it. Raises the driver's errors."""
    reader = Reader(connection)
    (identity,) = reader.required(Identity, queries.IDENTITY)
    return Replica(host, identity.in_recovery, reader.row(Build, queries.BUILD), _receiver(reader, identity))


def _standbys(reader: Reader, identity: Identity) -> Seen[Standby]:
    # To others the server shows that there are some, and nothing about them.
    return reader.rows(Standby, queries.STANDBYS) if identity.sees_sessions else Unseen(_ALL_STATISTICS)


def _receiver(reader: Reader, identity: Identity) -> Maybe[Receiver]:
    return reader.row(Receiver, queries.RECEIVER) if identity.in_recovery else Unseen("this server is no standby")
