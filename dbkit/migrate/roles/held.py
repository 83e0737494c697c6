"""What a server has of roles and grants, read in the catalogue; any role may read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from dbkit.migrate.roles.cast import OWN_POLICIES, Cast, Membership
from dbkit.migrate.roles.grants import Grant, Place, Relation
from dbkit.migrate.roles.tenants import Policy, Types
from dbkit.migrate.session import Connection

__all__ = ["Foreign", "Guard", "Held", "HeldRole"]

_RELATIONS: LiteralString = """
    SELECT c.relname, parent.relname FROM pg_class c
    LEFT JOIN pg_inherits ON inhrelid = c.oid AND c.relispartition LEFT JOIN pg_class parent ON parent.oid = inhparent
    WHERE c.relnamespace = to_regnamespace(quote_ident(%(schema)s)) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = c.tableoid AND objid = c.oid AND deptype = 'e')
    ORDER BY 1
"""
_GRANTS: LiteralString = """
    WITH role AS (
        SELECT 0::oid AS oid, ''::name AS name
        UNION ALL SELECT oid, rolname FROM pg_roles WHERE rolname = ANY (%(roles)s)
    ), place AS (
        SELECT * FROM pg_namespace WHERE nspname = %(schema)s
    ), relation AS (
        SELECT c.* FROM pg_class c JOIN place ON relnamespace = place.oid WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
    ), entry AS (
        SELECT 'table' AS place, relname AS name, '' AS part, acl.* FROM relation, aclexplode(relacl) acl
        UNION ALL SELECT 'column', relname, attname, acl.*
        FROM relation JOIN pg_attribute ON attrelid = relation.oid AND NOT attisdropped, aclexplode(attacl) acl
        UNION ALL SELECT 'new tables', '', '', acl.*
        FROM pg_default_acl JOIN place ON defaclnamespace = place.oid JOIN role maker ON maker.oid = defaclrole,
             aclexplode(defaclacl) acl
        WHERE defaclobjtype = 'r' AND maker.name = %(owner)s
        UNION ALL SELECT 'schema', '', '', acl.*
        FROM place, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) acl
        UNION ALL SELECT 'database', '', '', acl.*
        FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) acl WHERE datname = current_database()
    )
    SELECT entry.place, entry.name, entry.part, role.name, entry.privilege_type
    FROM entry JOIN role ON role.oid = entry.grantee
    -- That everybody may connect and look at a schema is PostgreSQL's way, and harms nobody.
    WHERE NOT (role.name = '' AND (entry.place, entry.privilege_type) IN (('database', 'CONNECT'), ('schema', 'USAGE')))
      AND NOT (role.name = %(owner)s AND entry.place IN ('table', 'column', 'new tables'))
"""
_ROLES: LiteralString = """
    SELECT rolname, rolcanlogin, rolconnlimit,
      array_remove(ARRAY[CASE WHEN rolsuper THEN 'SUPERUSER' END, CASE WHEN rolcreaterole THEN 'CREATEROLE' END,
        CASE WHEN rolcreatedb THEN 'CREATEDB' END, CASE WHEN rolreplication THEN 'REPLICATION' END,
        CASE WHEN rolbypassrls THEN 'BYPASSRLS' END], NULL),
      coalesce((SELECT setconfig FROM pg_db_role_setting JOIN pg_database ON pg_database.oid = setdatabase
                WHERE setrole = pg_roles.oid AND datname = current_database()), '{}')
    FROM pg_roles WHERE rolname = ANY (%(roles)s)
"""
_MEMBERSHIPS: LiteralString = """
    SELECT groups.rolname, members.rolname,
      groups.rolsuper OR groups.rolname = ANY (%(roles)s) OR groups.rolname IN (
        'pg_read_all_data', 'pg_write_all_data', 'pg_database_owner', 'pg_execute_server_program',
        'pg_read_server_files', 'pg_write_server_files')
    FROM pg_auth_members JOIN pg_roles groups ON groups.oid = roleid JOIN pg_roles members ON members.oid = member
    WHERE members.rolname = ANY (%(roles)s)
"""
# Sequences of columns, and types of tables, go with their tables.
_FOREIGN: LiteralString = """
    WITH place AS (
        SELECT * FROM pg_namespace WHERE nspname = %(schema)s
    ), object AS (
        SELECT c.tableoid AS class, c.oid, relowner AS owner, format('%%s %%I.%%I', CASE relkind
            WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
            WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, nspname, relname) AS name
        FROM pg_class c JOIN place ON relnamespace = place.oid WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        UNION ALL SELECT p.tableoid, p.oid, proowner, format('ROUTINE %%I.%%I(%%s)', nspname, proname,
            pg_get_function_identity_arguments(p.oid))
        FROM pg_proc p JOIN place ON pronamespace = place.oid
        UNION ALL SELECT t.tableoid, t.oid, typowner, format('TYPE %%I.%%I', nspname, typname)
        FROM pg_type t JOIN place ON typnamespace = place.oid WHERE typtype IN ('e', 'd', 'r')
    )
    SELECT name, rolname FROM object JOIN pg_roles ON pg_roles.oid = owner
    WHERE rolname <> %(owner)s AND NOT EXISTS (
        SELECT FROM pg_depend WHERE classid = class AND objid = object.oid AND deptype IN ('a', 'i', 'e')
          AND (deptype = 'e' OR name LIKE 'SEQUENCE %%'))
    ORDER BY 1
"""
_POLICIES: LiteralString = """
    SELECT c.relname, c.relrowsecurity, p.polname, p.polpermissive, p.polcmd::text,
      ARRAY(SELECT coalesce(rolname, '') FROM unnest(polroles) each LEFT JOIN pg_roles ON pg_roles.oid = each
            ORDER BY rolname)::text[],
      pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)
    FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
    WHERE c.relnamespace = to_regnamespace(quote_ident(%(schema)s)) AND c.relkind IN ('r', 'p')
    ORDER BY c.relname, p.polname
"""
_TYPES: LiteralString = """
    SELECT relname, attname, format_type(atttypid, NULL) FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    WHERE relnamespace = to_regnamespace(quote_ident(%(schema)s)) AND relkind IN ('r', 'p') AND NOT relispartition
      AND attnum > 0 AND NOT attisdropped
"""
_STOPPED_SERVICES: LiteralString = """
    SELECT m.rolname FROM pg_roles g JOIN pg_roles m ON pg_has_role(m.oid, g.oid, 'MEMBER')
    WHERE g.rolname = %(service)s AND m.rolcanlogin AND NOT (m.rolsuper OR m.rolbypassrls)
      AND m.rolname <> ALL (%(roles)s)
    ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Guard:
    """Row-level security of a table: whether it is on, and the policies."""

    is_on: bool
    policies: tuple[Policy, ...]

    @property
    def is_others(self) -> bool:
        """Whether somebody else has policies here."""
        return any(policy.name not in OWN_POLICIES for policy in self.policies)


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of the server: `powers` are what no grant holds back, `connections_max` of None is no limit."""

    name: str
    can_login: bool
    connections_max: int | None
    powers: tuple[str, ...]
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Foreign:
    """An object that is another role's than the owner's, as ALTER names it: `TABLE public.teams`."""

    name: str
    owner: str


@dataclass(frozen=True, slots=True)
class Held:
    """What a database has: its tables, the roles' grants, the roles, their memberships, others' objects, policies.

    Of memberships there are those among the roles, and those that give more than grants do.
    `stopped_services` are members of the services' group beside the cast that policies hold back.
    """

    database: str
    schema: str
    relations: Mapping[str, Relation]
    grants: frozenset[Grant]
    roles: Mapping[str, HeldRole]
    memberships: frozenset[Membership]
    foreign: tuple[Foreign, ...]
    guards: Mapping[str, Guard]
    types: Types
    stopped_services: tuple[str, ...]

    @classmethod
    def read(cls, connection: Connection, database: str, schema: str, cast: Cast) -> Held:
        """Read it for the roles of a cast, in a few queries. psycopg's errors pass."""
        given: dict[str, Any] = {
            "schema": schema,
            "roles": list(cast.names),
            "owner": cast.owner,
            "service": cast.service,
        }

        def rows(query: LiteralString) -> Sequence[Sequence[Any]]:
            return connection.execute(query, given).fetchall()

        return cls(
            database,
            schema,
            {name: Relation(name, parent) for name, parent in rows(_RELATIONS)},
            frozenset(Grant(Place(place), *rest) for place, *rest in rows(_GRANTS)),
            {row[0]: _role(*row) for row in rows(_ROLES)},
            frozenset(
                (group, member)
                for group, member, is_strong in rows(_MEMBERSHIPS)
                if is_strong or (group, member) in cast.memberships
            ),
            tuple(Foreign(*row) for row in rows(_FOREIGN)),
            _guards(rows(_POLICIES)),
            {(table, column): name for table, column, name in rows(_TYPES)},
            tuple(name for (name,) in rows(_STOPPED_SERVICES)),
        )


def _role(name: str, can_login: bool, limit: int, powers: list[str], settings: list[str]) -> HeldRole:  # noqa: FBT001
    pairs = dict(setting.split("=", 1) for setting in settings)
    return HeldRole(name, can_login, None if limit < 0 else limit, tuple(powers), pairs)


def _guards(rows: Sequence[Sequence[Any]]) -> Mapping[str, Guard]:
    is_on: dict[str, bool] = {}
    policies: dict[str, list[Policy]] = {}
    for table, on, name, is_permissive, command, roles, using, check in rows:
        is_on[table] = on
        of_table = policies.setdefault(table, [])
        if name is not None:
            of_table.append(Policy(name, is_permissive, command, tuple(roles), _line(using), check and _line(check)))
    return {table: Guard(on, tuple(policies[table])) for table, on in is_on.items()}


def _line(expression: str | None) -> str:
    """Return an expression on one line, as policies are written here."""
    return " ".join((expression or "").split())
