"""Giving what a template's copy holds to the role of its preview."""

from __future__ import annotations

from typing import LiteralString, cast

from psycopg import sql

from dbkit.migrate.session import Connection

__all__ = ["own_everything"]

# Not REASSIGN OWNED: that also takes the old owner's other databases, and refuses the server's first role.
# Sequences of columns follow their tables; types of tables and arrays theirs; members of extensions stay.
_OTHERS: LiteralString = """
    WITH own AS (
      SELECT oid, nspowner FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    ), objects AS (
      SELECT 1 AS place, 'SCHEMA' AS kind, 'pg_namespace'::regclass::oid AS class, oid, nspowner AS owner FROM own
        WHERE nspowner <> 'pg_database_owner'::regrole
      UNION ALL
      SELECT 2, CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
        WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, 'pg_class'::regclass, oid, relowner
        FROM pg_class c WHERE relnamespace IN (SELECT oid FROM own) AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        AND NOT (relkind = 'S' AND EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass
          AND objid = c.oid AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i')))
      UNION ALL
      SELECT 3, 'ROUTINE', 'pg_proc'::regclass, oid, proowner
        FROM pg_proc WHERE pronamespace IN (SELECT oid FROM own)
      UNION ALL
      SELECT 4, 'TYPE', 'pg_type'::regclass, t.oid, typowner
        FROM pg_type t LEFT JOIN pg_class c ON c.oid = typrelid WHERE typnamespace IN (SELECT oid FROM own)
        AND (typtype IN ('d', 'e', 'r') OR typtype = 'b' AND typcategory <> 'A' OR typtype = 'c' AND relkind = 'c')
    )
    SELECT format('ALTER %%s %%s OWNER TO %%I', kind, identified.identity, %(role)s::text)
    FROM objects, pg_identify_object(class, objects.oid, 0) AS identified
    WHERE owner <> (SELECT oid FROM pg_roles WHERE rolname = %(role)s::text) AND NOT EXISTS (
      SELECT FROM pg_depend WHERE classid = class AND objid = objects.oid AND objsubid = 0 AND deptype = 'e')
    ORDER BY place
"""


def own_everything(connection: Connection, role: str) -> None:
    """Make a role the owner of all schemas, relations, routines and types of the connection's database.

    Raises psycopg's `InsufficientPrivilege` where the connection's own role may not give them away.
    """
    with connection.transaction():
        for (statement,) in connection.execute(_OTHERS, {"role": role}).fetchall():
            # Written by the server, which has quoted the names.
            connection.execute(sql.SQL(cast("LiteralString", statement)))
