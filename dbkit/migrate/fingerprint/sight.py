"""Whether a role sees the whole of a schema: what it does not see would pass for being as it should."""

from __future__ import annotations

import re
from typing import Final, LiteralString

from dbkit.migrate.catalog_query import OBJECTS
from dbkit.migrate.catalog_rights import RIGHTS
from dbkit.migrate.session import Connection
from dbkit.migrate.version_table import VersionTable
from dbkit.types.errors import PermissionDenied

__all__ = ["require_sight"]

# The session has left only the schema that was found; the setting that it began with says which come before.
_CLOSED_BEFORE: LiteralString = """
    SELECT n.nspname
    FROM pg_settings s CROSS JOIN unnest(string_to_array(s.reset_val, ',')) WITH ORDINALITY AS named (name, place)
    JOIN pg_namespace n ON n.nspname = CASE trim(named.name) WHEN '"$user"' THEN session_user
                                           ELSE btrim(trim(named.name), '"') END
    WHERE s.name = 'search_path' AND NOT has_schema_privilege(n.oid, 'USAGE')
    ORDER BY named.place LIMIT 1
"""
_CLOSED: LiteralString = """
    SELECT oid::regclass::text FROM pg_class
    WHERE (oid = to_regclass(%s) OR relnamespace = 'pg_catalog'::regnamespace AND relname = ANY (%s))
      AND NOT has_table_privilege(oid, 'SELECT')
    ORDER BY 1
"""
_IS_HELD_BACK: LiteralString = "SELECT row_security_active(to_regclass(%s))"
_READ: Final = sorted(set(re.findall(r"\bpg_\w+", OBJECTS + RIGHTS)))
"""The names of PostgreSQL's own tables that a catalogue is read from, among those of functions."""

_ADVICE: Final = "Connect as a role that may; the one that migrates does."


def require_sight(connection: Connection, table: VersionTable) -> None:
    """Raise `PermissionDenied` where there is something of the schema, or in its version table, that the role misses.

    Definitions are open to every role, where nobody has closed PostgreSQL's own tables.
    """
    schema = connection.execute(_CLOSED_BEFORE).fetchone()
    if schema is not None:
        raise PermissionDenied(
            f"the role may not use the schema {schema[0]}, which its search_path names: it would be another schema"
            " that is looked at",
            advice=_ADVICE,
        )
    closed = [row[0] for row in connection.execute(_CLOSED, (table.within(), _READ)).fetchall()]
    if closed:
        raise PermissionDenied(
            f"the role may not read {', '.join(closed)}: it sees a part of the schema at most", advice=_ADVICE
        )
    if connection.execute(_IS_HELD_BACK, (table.within(),)).fetchone() == (True,):
        raise PermissionDenied(
            f"row-level security keeps rows of {table.name} from the role: it does not see at which revision the"
            " database is",
            advice="Connect as the role that owns the table; nobody should put policies on it.",
        )
