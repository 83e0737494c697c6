"""What databases that were migrated in two ways have in common."""

from __future__ import annotations

from typing import Any

import psycopg

from dbkit.migrate.bookkeeping import TABLES
from dbkit.migrate.catalog import Catalog, differences

_TABLES = """
    SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
      AND relname <> ALL (%s) ORDER BY 1
"""
# What is drawn anew in any run is left out.
_ROWS = "SELECT to_jsonb(t) - '{{id,since,customer_id}}'::text[] FROM {table} t ORDER BY 1"

Connection = psycopg.Connection[Any]


def rows(connection: Connection) -> dict[str, list[Any]]:
    """Return what is in all tables, the version table too."""
    names = [row[0] for row in connection.execute(_TABLES, (list(TABLES),)).fetchall()]
    return {name: connection.execute(_ROWS.format(table=name).encode()).fetchall() for name in names}


def difference(one: Connection, other: Connection) -> list[str]:
    """Return in what two databases differ: in the catalogue, the version table, or in rows."""
    found = differences(Catalog.read(one), Catalog.read(other))
    ours, theirs = rows(one), rows(other)
    differing = [name for name in ours | theirs if ours.get(name) != theirs.get(name)]
    return found + [f"{name}: {ours.get(name)} -> {theirs.get(name)}" for name in differing]
