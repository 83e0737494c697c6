"""A draft of the revision that creates the tables of new models; it needs no server."""

from __future__ import annotations

import re
from collections.abc import Collection

from sqlalchemy import Table

from dbkit.migrate.new import Draft
from dbkit.migrate.schema import table_statements
from dbkit.models.creation import tables_in_order

__all__ = ["draft_of_tables"]

_LINE_LENGTH_MAX = 90
_BREAKS = re.compile(r" (?=ADD CONSTRAINT |REFERENCES |WHERE |ON \w+ \()")


def draft_of_tables(tables: Collection[Table], why: str) -> Draft:
    """Draft the creation of tables from their models; the tables that they refer to are there already."""
    names = [table.name for table in tables_in_order(tables)]
    referred = {key.referred_table.name for table in tables for key in table.foreign_key_constraints}
    return Draft(
        upgrade=tuple(map(_broken, table_statements(tables))),
        downgrade=tuple(f"DROP TABLE {name}" for name in reversed(names)),
        rows=tuple(names),
        referred=tuple(sorted(referred - set(names))),
        why=why,
    )


def _broken(statement: str) -> str:
    """Return a statement of one long line as several, as a reader of the file wants it."""
    if "\n" in statement or len(statement) <= _LINE_LENGTH_MAX:
        return statement
    return _BREAKS.sub("\n    ", statement)
