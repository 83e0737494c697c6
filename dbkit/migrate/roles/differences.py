"""How a server differs from what roles are to be, and the statements that mend it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dbkit.migrate.roles.cast import Cast, Role
from dbkit.migrate.roles.grants import PUBLIC, Entities, Grant, Place, is_known, wanted_grants
from dbkit.migrate.roles.held import Held, HeldRole

__all__ = ["Difference", "differences_of_grants", "differences_of_roles", "quoted"]

_EVERYBODY = "everybody"
_IN_ORDER = ("SELECT", "INSERT", "UPDATE", "DELETE")
_PASSES_POLICIES = "BYPASSRLS"


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not as it is to be, in words, and the statement that mends it.

    `is_around` says that it is about the database or the schema, not about something in it; `locks` is the
    table that mending it locks against all others.
    """

    what: str
    statement: str
    is_around: bool = field(default=False, compare=False)
    locks: str | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.what}: {self.statement};"


def differences_of_roles(cast: Cast, held: Held) -> list[Difference]:
    """Return what differs of the roles themselves: all that is not of one schema's objects."""
    return [
        *_of_roles(cast, held),
        *_of_memberships(cast, held),
        *_of_settings(cast, held),
        *_of_unknown_services(cast, held),
    ]


def differences_of_grants(cast: Cast, held: Held, entities: Entities) -> list[Difference]:
    """Return what differs of a database: who owns its objects, and what is granted on them.

    Tables that are no entity's are left as they are, but for their owner.
    """
    wanted = wanted_grants(cast, held.relations, entities)
    managed = {grant for grant in held.grants if _is_managed(grant, held, entities)}
    lacking = [_lacks(grants, cast, held) for grants in _grouped(wanted - managed)]
    excess = [_has_too_much(grants, cast, held) for grants in _grouped(managed - wanted)]
    # Rights on the schema come first: without them nobody can be made the owner of something in it.
    around = [each for each in lacking if each.is_around]
    return [*around, *_of_owners(cast, held), *(each for each in lacking if not each.is_around), *excess]


def _is_managed(grant: Grant, held: Held, entities: Entities) -> bool:
    if grant.place not in (Place.TABLE, Place.COLUMN):
        return True
    # What is missing among the relations belongs to an extension.
    relation = held.relations.get(grant.name)
    return relation is not None and is_known(relation, entities)


def _of_roles(cast: Cast, held: Held) -> Iterator[Difference]:
    for role in cast.roles:
        found = held.roles.get(role.name)
        if found is None:
            words = " ".join(_attributes(role))
            yield Difference(f"there is no role {role.name}", f"CREATE ROLE {quoted(role.name)} {words}")
        else:
            yield from _of_attributes(role, found)


def _of_attributes(role: Role, found: HeldRole) -> Iterator[Difference]:
    alter = f"ALTER ROLE {quoted(role.name)}"
    if role.can_login is not found.can_login:
        does = "may log in" if found.can_login else "may not log in"
        yield Difference(f"{role.name} {does}", f"{alter} {_login(role)}")
    powers = [power for power in found.powers if power != _PASSES_POLICIES or not role.may_pass_policies]
    if powers:
        words = " ".join(f"NO{power}" for power in powers)
        yield Difference(f"{role.name} has {', '.join(powers)}", f"{alter} {words}")
    if role.passes_policies and _PASSES_POLICIES not in found.powers:
        yield Difference(f"{role.name} does not pass by policies", f"{alter} {_PASSES_POLICIES}")
    if role.connections_max not in (None, found.connections_max):
        number = "any number of" if found.connections_max is None else str(found.connections_max)
        wanted = f"and is to have {role.connections_max}"
        yield Difference(
            f"{role.name} may have {number} connections, {wanted}", f"{alter} CONNECTION LIMIT {role.connections_max}"
        )


def _attributes(role: Role) -> Iterator[str]:
    yield _login(role)
    if role.passes_policies:
        yield _PASSES_POLICIES
    if role.connections_max is not None:
        yield f"CONNECTION LIMIT {role.connections_max}"


def _login(role: Role) -> str:
    return "LOGIN" if role.can_login else "NOLOGIN"


def _of_memberships(cast: Cast, held: Held) -> Iterator[Difference]:
    for group, member in sorted(cast.memberships - held.memberships):
        yield Difference(f"{member} is no member of {group}", f"GRANT {quoted(group)} TO {quoted(member)}")
    for group, member in sorted(held.memberships - cast.memberships):
        yield Difference(f"{member} is a member of {group}", f"REVOKE {quoted(group)} FROM {quoted(member)}")


def _of_settings(cast: Cast, held: Held) -> Iterator[Difference]:
    for role in cast.roles:
        found = held.roles[role.name].settings if role.name in held.roles else {}
        for name, value in role.settings.items():
            if found.get(name) != value:
                is_now = f"is {found[name]}" if name in found else "is not set"
                yield Difference(
                    f"{name} of {role.name} {is_now}",
                    f"ALTER ROLE {quoted(role.name)} IN DATABASE {quoted(held.database)} SET {name} TO '{value}'",
                )


def _of_unknown_services(cast: Cast, held: Held) -> Iterator[Difference]:
    """Yield what members of the services' group lack that are not of the cast: made by hand, or by a cloud."""
    if not cast.every_tenant:
        for name in held.stopped_services:
            what = f"{name}, a member of {cast.service}, does not pass by policies"
            yield Difference(what, f"ALTER ROLE {quoted(name)} {_PASSES_POLICIES}")


def _of_owners(cast: Cast, held: Held) -> Iterator[Difference]:
    for each in held.foreign:
        yield Difference(f"{each.name} belongs to {each.owner}", f"ALTER {each.name} OWNER TO {quoted(cast.owner)}")


def _lacks(grants: list[Grant], cast: Cast, held: Held) -> Difference:
    first = grants[0]
    statement = f"GRANT {_privileges(grants)} ON {_object(first, held)} TO {_grantee(first.role)}"
    what = f"{_who(first)} lacks {_listed(grants)} on {_where(first, held)}"
    return Difference(what, _by(first, statement, cast, held), first.place in (Place.DATABASE, Place.SCHEMA))


def _has_too_much(grants: list[Grant], cast: Cast, held: Held) -> Difference:
    first = grants[0]
    statement = f"REVOKE {_privileges(grants)} ON {_object(first, held)} FROM {_grantee(first.role)}"
    what = f"{_who(first)} has {_listed(grants)} on {_where(first, held)}"
    return Difference(what, _by(first, statement, cast, held))


def _grouped(grants: Iterable[Grant]) -> list[list[Grant]]:
    """Put together what one statement grants: the privileges of a role on one object."""
    groups: dict[tuple[str, ...], list[Grant]] = defaultdict(list)
    for grant in sorted(grants):
        groups[grant.place, grant.name, grant.column, grant.role].append(grant)
    return list(groups.values())


def _listed(grants: list[Grant]) -> str:
    held = [grant.privilege for grant in grants]
    return ", ".join(sorted(held, key=lambda name: _IN_ORDER.index(name) if name in _IN_ORDER else -1))


def _privileges(grants: list[Grant]) -> str:
    column = grants[0].column
    return _listed(grants) if not column else ", ".join(f"{grant.privilege} ({quoted(column)})" for grant in grants)


def _object(grant: Grant, held: Held) -> str:
    if grant.place is Place.DATABASE:
        return f"DATABASE {quoted(held.database)}"
    if grant.place is Place.SCHEMA:
        return f"SCHEMA {quoted(held.schema)}"
    return "TABLES" if grant.place is Place.NEW_TABLES else f"{quoted(held.schema)}.{quoted(grant.name)}"


def _where(grant: Grant, held: Held) -> str:
    if grant.place is Place.DATABASE:
        return f"the database {held.database}"
    if grant.place is Place.SCHEMA:
        return f"the schema {held.schema}"
    if grant.place is Place.NEW_TABLES:
        return "new tables"
    return f"{grant.name}.{grant.column}" if grant.column else grant.name


def _by(grant: Grant, statement: str, cast: Cast, held: Held) -> str:
    if grant.place is not Place.NEW_TABLES:
        return statement
    return f"ALTER DEFAULT PRIVILEGES FOR ROLE {quoted(cast.owner)} IN SCHEMA {quoted(held.schema)} {statement}"


def _who(grant: Grant) -> str:
    return _EVERYBODY if grant.role == PUBLIC else grant.role


def _grantee(role: str) -> str:
    return "PUBLIC" if role == PUBLIC else quoted(role)


def quoted(name: str) -> str:
    """Return a name as SQL takes it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'
