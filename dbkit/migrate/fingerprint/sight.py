"""Whether a role sees the whole of a schema: what it does not see would pass for being as it should."""

from __future__ import annotations

from typing import LiteralString

from dbkit.migrate.session import Connection
from dbkit.migrate.version_table import VersionTable
from dbkit.types.errors import PermissionDenied

__all__ = ["require_sight"]

# The session has left only the schema that was found; the setting that it began with says which come before.
_CLOSED_BEFORE: LiteralString = """
    SELECT n.nspname
    FROM pg_settings s CROSS JOIN unnest(string_to_array(s.reset_val, ',')) WITH ORDINALITY AS named (name, place)
    JOIN pg_namespace n ON n.nspname = CASE trim(name) WHEN '"$user"' THEN session_user ELSE btrim(trim(name), '"') END
    WHERE s.name = 'search_path' AND NOT has_schema_privilege(n.oid, 'USAGE')
    ORDER BY named.place LIMIT 1
"""
_IS_VERSION_HELD_BACK: LiteralString = "SELECT row_security_active(to_regclass(%s))"
_ADVICE = "Connect as a role that may use it; the one that migrates does."


def require_sight(connection: Connection, table: VersionTable) -> None:
    """Raise `PermissionDenied` where there is something of the schema, or in its version table, that the role misses.

    Definitions are open to every role, where nobody has closed PostgreSQL's own tables; then reading
    them is refused.
    """
    closed = connection.execute(_CLOSED_BEFORE).fetchone()
    if closed is not None:
        raise PermissionDenied(
            f"the role may not use the schema {closed[0]}, which its search_path names: it would be another schema"
            " that is looked at",
            advice=_ADVICE,
        )
    if connection.execute(_IS_VERSION_HELD_BACK, (table.within(),)).fetchone() == (True,):
        raise PermissionDenied(
            f"row-level security keeps rows of {table.name} from the role: it cannot be seen at which revision the"
            " database is",
            advice="Connect as the role that owns the table; nobody should put policies on it.",
        )
