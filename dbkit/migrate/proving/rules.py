"""What a schema demands of rows: those of before a revision that demands more are made to fit what it will demand.

Which values those are is written nowhere but in the checks that it adds: so the checks stand while the rows are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from psycopg import sql

__all__ = ["Rule", "as_before", "rules_held", "rules_of"]

# A column that must not be empty is a check too. What is not validated is demanded of no row that is there.
_RULES: LiteralString = """
SELECT t.relname::text, pg_get_expr(k.conbin, k.conrelid)
FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
WHERE k.contype = 'c' AND k.connamespace = current_schema()::regnamespace AND k.convalidated AND NOT t.relispartition
UNION
SELECT t.relname::text, format('%I IS NOT NULL', a.attname)
FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid
WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p') AND NOT t.relispartition
  AND a.attnum > 0 AND a.attnotnull AND NOT a.attisdropped
ORDER BY 1, 2
"""
_NAME: LiteralString = "dbkit_proof_rule_"
_NOT_VALIDATED: LiteralString = f"""
SELECT t.relname::text, k.conname::text, pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
WHERE k.contype = 'c' AND k.connamespace = current_schema()::regnamespace AND NOT k.convalidated AND k.coninhcount = 0
  AND NOT starts_with(k.conname::text, '{_NAME}')
"""  # noqa: S608 (put together from a constant)


@dataclass(frozen=True, slots=True)
class Rule:
    """An expression that is false of no row of a table."""

    table: str
    expression: str


def rules_of(connection: psycopg.Connection[Any]) -> tuple[Rule, ...]:
    """Return the rules of a schema's tables: their checks, and which columns must not be empty."""
    return tuple(Rule(table, expression) for table, expression in connection.execute(_RULES).fetchall())


@contextmanager
def rules_held(connection: psycopg.Connection[Any], rules: Iterable[Rule]) -> Iterator[None]:
    """Hold rows that are written in the block to rules as well; those that are there may be as they are.

    A rule about what the schema does not have is left out: then no row of it can break the rule.
    """
    held = [found for number, rule in enumerate(rules) if (found := _hold(connection, rule, number))]
    try:
        yield
    finally:
        for table, name in held:
            drop = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.Identifier(table), sql.Identifier(name))
            connection.execute(drop)


@contextmanager
def as_before(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Write rows in the block that are older than the triggers, and than the checks that are not validated.

    Those are in a schema for the rows that were there before them, which need not fit. References are not looked at.
    """
    lifted = connection.execute(_NOT_VALIDATED).fetchall()
    for table, name, _ in lifted:
        connection.execute(f"ALTER TABLE {_quoted(table)} DROP CONSTRAINT {_quoted(name)}".encode())
    connection.execute("SET session_replication_role = replica")
    try:
        yield
    finally:
        connection.execute("SET session_replication_role = origin")
        for table, name, definition in lifted:
            connection.execute(f"ALTER TABLE {_quoted(table)} ADD CONSTRAINT {_quoted(name)} {definition}".encode())


def _hold(connection: psycopg.Connection[Any], rule: Rule, number: int) -> tuple[str, str] | None:
    name = f"{_NAME}{number}"
    # The expression is the server's own, of a catalogue that it has written.
    add = f'ALTER TABLE {_quoted(rule.table)} ADD CONSTRAINT "{name}" CHECK ({rule.expression}) NOT VALID'
    try:
        connection.execute(add.encode())
    except psycopg.Error:
        return None
    return rule.table, name


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
