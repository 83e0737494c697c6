"""The query for owners and grants of a schema's objects: a database's, where the rest is the schema's."""

from __future__ import annotations

from typing import Final

from dbkit.migrate.catalog_query import WITH

__all__ = ["RIGHTS"]

# An index and the sequence of an identity column belong to who owns their table, and have no grants.
_OBJECTS = """
, object AS (
    SELECT CASE WHEN c.relispartition THEN rtrim(c.prefix)
                ELSE CASE c.relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' WHEN 'S' THEN 'sequence '
                     ELSE 'table ' END || c.name END AS name,
           c.relowner AS owner, c.relacl AS acl, CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END AS kind,
           c.name AS relation
    FROM relation c LEFT JOIN sequence s ON s.seqrelid = c.oid
    WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') OR NOT s.is_identity
    UNION ALL
    SELECT c.prefix || 'column ' || c.name || '.' || quote_ident(a.attname), NULL, a.attacl, 'c', c.name
    FROM relation c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attacl IS NOT NULL AND NOT a.attisdropped
    UNION ALL
    SELECT CASE p.prokind WHEN 'p' THEN 'procedure ' WHEN 'a' THEN 'aggregate ' ELSE 'function ' END
               || quote_ident(p.proname) || '(' || pg_get_function_identity_arguments(p.oid) || ')',
           p.proowner, p.proacl, 'f', NULL
    FROM place JOIN pg_proc p ON p.pronamespace = place.oid
    WHERE (p.tableoid, p.oid) NOT IN (SELECT classid, objid FROM of_extensions)
    UNION ALL
    SELECT CASE t.typtype WHEN 'd' THEN 'domain ' ELSE 'type ' END || quote_ident(t.typname),
           t.typowner, t.typacl, 'T', NULL
    FROM place JOIN pg_type t ON t.typnamespace = place.oid
    WHERE (t.typtype IN ('e', 'd', 'r') OR EXISTS (
               SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
      AND (t.tableoid, t.oid) NOT IN (SELECT classid, objid FROM of_extensions)
    UNION ALL
    SELECT 'the schema', nspowner, nspacl, 'n', NULL FROM place
)"""

_OWNERS = """
SELECT 'owner of ' || name AS name, owner::regrole::text AS definition, relation FROM object
WHERE kind NOT IN ('c', 'n')"""

# Who granted it is left out, and what an owner has because it is the owner: that may be taken away, which is told.
_GRANTS = """
SELECT 'grants on ' || name, string_agg(role || ' ' || privileges, '; ' ORDER BY role COLLATE "C"), min(relation)
FROM (
    SELECT name, relation, role, string_agg(privilege, ', ' ORDER BY privilege COLLATE "C") AS privileges
    FROM (
        SELECT o.name, o.relation, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END AS role,
               a.privilege_type || CASE WHEN bool_or(a.is_grantable) THEN '*' ELSE '' END AS privilege
        FROM object o CROSS JOIN LATERAL aclexplode(coalesce(o.acl, acldefault(o.kind, o.owner))) a
        WHERE a.grantee IS DISTINCT FROM o.owner
        GROUP BY o.name, o.relation, a.grantee, a.privilege_type
        UNION ALL
        SELECT o.name, o.relation, 'not the owner', d.privilege_type
        FROM object o CROSS JOIN LATERAL aclexplode(acldefault(o.kind, o.owner)) d
        WHERE o.acl IS NOT NULL AND d.grantee = o.owner AND NOT EXISTS (
            SELECT FROM aclexplode(o.acl) a WHERE a.grantee = o.owner AND a.privilege_type = d.privilege_type)
    ) one GROUP BY name, relation, role
) role GROUP BY name
UNION ALL
SELECT format('grants on new %%s of %%s', CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences'
                  WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' ELSE d.defaclobjtype::text END,
              d.defaclrole::regrole),
       string_agg(a.grantee::regrole || ' ' || a.privilege_type, '; ' ORDER BY a.grantee::regrole::text COLLATE "C",
                  a.privilege_type COLLATE "C"), NULL
FROM place JOIN pg_default_acl d ON d.defaclnamespace = place.oid CROSS JOIN LATERAL aclexplode(d.defaclacl) a
GROUP BY d.defaclobjtype, d.defaclrole"""

RIGHTS: Final = f"{WITH} {_OBJECTS} SELECT *, NULL FROM ({_OWNERS} UNION ALL {_GRANTS}) found"  # noqa: S608
"""Rows as those of `OBJECTS`, named `owner of table teams` and `grants on table teams`."""
