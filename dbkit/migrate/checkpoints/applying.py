"""A checkpoint's script run in a database: in one transaction, with what says where the database is then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, LiteralString

import psycopg
from psycopg import sql

from dbkit.migrate.checkpoints.errors import CheckpointFailed
from dbkit.migrate.checkpoints.file import Checkpoint
from dbkit.migrate.query_text import shown_query
from dbkit.migrate.session import Session, Target, failure
from dbkit.migrate.stop import Stop
from dbkit.migrate.version_table import VersionTable

__all__ = ["run_checkpoint", "write_version_rows"]

_PROGRAM: Final = "dbkit migrate checkpoint"
_LENGTH_MAX = 160

# Functions of SQL may name what comes behind them.
_PREPARE: LiteralString = "SET LOCAL check_function_bodies = off; SET LOCAL client_min_messages = warning"
_THERE: LiteralString = "SELECT to_regclass(%s) IS NOT NULL"

Noting = Callable[[psycopg.Connection[Any]], None]
"""Writes something down in the transaction of the checkpoint."""


def run_checkpoint(target: Target, checkpoint: Checkpoint, noting: Noting, stop: Stop | None = None) -> None:
    """Make what a checkpoint holds in an empty schema, and note it; all of it or nothing.

    Raises `CheckpointFailed` where the server refuses a statement of it, what a connection raises, and
    `Stopped`.
    """
    stop, script = stop or Stop(), checkpoint.sql
    try:
        with Session(target, _PROGRAM) as session, stop.cancelling(session.connection):
            session.name(checkpoint.revision.id)
            with session.connection.transaction():
                session.connection.execute(_PREPARE)
                # Without parameters it goes to the server as it is, all statements in one message.
                session.connection.execute(script.encode())
                stop.check()
                noting(session.connection)
    except psycopg.Error as error:
        failed = error
    else:
        return
    stop.check()
    raise _failure(failed, checkpoint, script)


def write_version_rows(connection: psycopg.Connection[Any], table: VersionTable, schema: str, ids: list[str]) -> None:
    """Make the version table where it is not, as Alembic makes it, and have it say these revisions alone."""
    name = table.within(schema)
    parts = sql.Identifier(table.schema or schema, table.name)
    if connection.execute(_THERE, (name,)).fetchone() != (True,):
        create = "CREATE TABLE {} (version_num varchar(32) NOT NULL, CONSTRAINT {} PRIMARY KEY (version_num))"
        connection.execute(sql.SQL(create).format(parts, sql.Identifier(f"{table.name}_pkc")))
    connection.execute(sql.SQL("DELETE FROM {}").format(parts))
    connection.execute(sql.SQL("INSERT INTO {} SELECT unnest(%s::text[])").format(parts), (ids,))


def _failure(error: psycopg.Error, checkpoint: Checkpoint, script: str) -> Exception:
    if error.sqlstate is None or error.sqlstate.startswith(("08", "57")):
        return failure(error)
    about = f"{type(error).__name__}, {error.sqlstate}"
    position = error.diag.statement_position
    if position is None:
        return CheckpointFailed(f"{checkpoint.name}: the server refused a statement ({about})")
    line = script.count("\n", 0, int(position)) + 1
    shown = shown_query(script[int(position) - 1 :].partition(";")[0], _LENGTH_MAX)
    return CheckpointFailed(f"{checkpoint.name}, line {line}: the server refused it ({about}) at {shown}")
