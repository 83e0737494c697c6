"""The rows that revisions have put into a database that nobody uses, as statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import psycopg

from dbkit.migrate.catalog import Catalog
from dbkit.migrate.checkpoints.errors import CheckpointDiffers
from dbkit.migrate.checkpoints.script import PLACE
from dbkit.migrate.rows import Rows, TableRows

__all__ = ["rows_text"]

_SEQUENCE = "sequence "
_ROWS_OF_A_STATEMENT = 500


def rows_text(
    connection: psycopg.Connection[Any], catalog: Catalog, rows: Rows, unstable: Mapping[str, frozenset[str]]
) -> str:
    """Return what puts these rows into the tables, and the sequences to where they are.

    Columns that are made anew each time are left to their defaults: an identifier, a time. Raises
    `CheckpointDiffers` where one of them has none: then only the revision knows what belongs there.
    """
    statements: list[str] = []
    for name, table in rows.tables.items():
        if table.rows:
            statements += _inserts(name, table, unstable.get(name, frozenset()))
    for sequence in _sequences(connection, catalog, rows):
        statements += _positions(connection, sequence)
    return "".join(f"{each};\n\n" for each in statements)


def _inserts(name: str, table: TableRows, unstable: frozenset[str]) -> Iterator[str]:
    unknown = [each.name for each in table.columns if each.name in unstable and not each.has_default]
    if unknown:
        raise CheckpointDiffers(
            f"revisions make rows of {name} with other values of {', '.join(unknown)} each time, which have no default"
        )
    written = {
        number: each.name
        for number, each in enumerate(table.columns)
        if not (each.is_generated or each.name in unstable)
    }
    if not written:
        yield from (f"INSERT INTO {name} DEFAULT VALUES" for _ in table.rows)
        return
    values = sorted(f"({', '.join(_literal(row[number]) for number in written)})" for row in table.rows)
    for start in range(0, len(values), _ROWS_OF_A_STATEMENT):
        some = ",\n    ".join(values[start : start + _ROWS_OF_A_STATEMENT])
        # Names as the catalogue quotes them, and values quoted here.
        yield f"INSERT INTO {name} ({', '.join(written.values())}) OVERRIDING SYSTEM VALUE VALUES\n    {some}"


def _literal(value: str | None) -> str:
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"


def _sequences(connection: psycopg.Connection[Any], catalog: Catalog, rows: Rows) -> Iterator[str]:
    yield from (name.removeprefix(_SEQUENCE) for name in catalog.objects if name.startswith(_SEQUENCE))
    for name, table in rows.tables.items():
        for column in table.columns if table.rows else ():
            if column.is_identity:
                query = "SELECT pg_get_serial_sequence(%s, %s)"
                found = connection.execute(query, (name, _unquoted(column.name))).fetchone()
                yield str(found[0] if found else "").removeprefix(f"{PLACE}.")


def _positions(connection: psycopg.Connection[Any], sequence: str) -> Iterator[str]:
    found = connection.execute(f"SELECT last_value, is_called FROM {sequence}".encode()).fetchone()  # noqa: S608
    if found is not None and found[1]:
        yield f"SELECT pg_catalog.setval({_literal(sequence)}, {found[0]})"


def _unquoted(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name
