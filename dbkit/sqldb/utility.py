"""Statements that no table has a part in: transactions, savepoints, cursors."""

from __future__ import annotations

from functools import cache

from dbkit.sqldb.encode import ParameterEncoder
from dbkit.sqldb.wire import Statement
from dbkit.verbs.transaction import TransactionOptions

__all__ = [
    "COMMIT",
    "CONSTRAINTS_IMMEDIATE",
    "ROLLBACK",
    "begin",
    "close_cursor",
    "declare_cursor",
    "fetch",
    "plain",
    "release",
    "rollback_to",
    "savepoint",
]


def plain(sql: str, *, is_ending: bool = False, writes: bool = False) -> Statement:
    """Return a statement without parameters."""
    return Statement(sql.encode(), ParameterEncoder(()), is_ending, writes)


COMMIT = plain("COMMIT")
ROLLBACK = plain("ROLLBACK", is_ending=True)
CONSTRAINTS_IMMEDIATE = plain("SET CONSTRAINTS ALL IMMEDIATE")


@cache
def begin(options: TransactionOptions) -> Statement:
    """Begin a transaction with all its characteristics in one round trip."""
    # READ WRITE is never said: a replica refuses the word even where nothing is written.
    read_only = " READ ONLY" if options.read_only else ""
    deferrable = " DEFERRABLE" if options.deferrable else ""
    return plain(f"BEGIN ISOLATION LEVEL {options.isolation.upper()}{read_only}{deferrable}")


@cache
def savepoint(depth: int) -> Statement:
    """Set a savepoint."""
    return plain(f"SAVEPOINT dbkit_{depth}")


@cache
def rollback_to(depth: int) -> Statement:
    """Undo everything since a savepoint, which stays."""
    return plain(f"ROLLBACK TO SAVEPOINT dbkit_{depth}", is_ending=True)


@cache
def release(depth: int) -> Statement:
    """Forget a savepoint and keep what was done since."""
    return plain(f"RELEASE SAVEPOINT dbkit_{depth}", is_ending=True)


def declare_cursor(query: Statement, cursor: str) -> Statement:
    """Open a cursor over a query, whose parameters it takes."""
    return Statement(f"DECLARE {cursor} NO SCROLL CURSOR FOR ".encode() + query.sql, query.parameters)


def fetch(cursor: str, rows: int) -> Statement:
    """Read the next rows of a cursor."""
    return plain(f"FETCH FORWARD {rows} FROM {cursor}")


def close_cursor(cursor: str) -> Statement:
    """Close a cursor."""
    return plain(f"CLOSE {cursor}", is_ending=True)
