"""How a database's policies differ from those that hold people to the tenants of their session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dbkit.migrate.roles.cast import OWN_POLICIES, Cast
from dbkit.migrate.roles.differences import Difference, quoted
from dbkit.migrate.roles.grants import Entities, people_read
from dbkit.migrate.roles.held import Guard, Held
from dbkit.migrate.roles.tenants import Policy, Sight, Tenancy

__all__ = ["differences_of_policies", "is_guarded", "sights"]

_COMMANDS: Mapping[str, str] = {"*": "ALL", "r": "SELECT"}


def sights(cast: Cast, entities: Entities) -> Mapping[str, Sight]:
    """Return what people are to see of the tables that they may read; empty where they see every tenant."""
    if cast.every_tenant:
        return {}
    readable = people_read(cast, entities)
    return {table: sight for table, sight in Tenancy(entities.values()).sights.items() if table in readable}


def differences_of_policies(cast: Cast, held: Held, entities: Entities) -> list[Difference]:
    """Return what differs of policies. A table with policies of somebody else's keeps those, and gets none."""
    seen = sights(cast, entities)
    return [
        difference
        for table, guard in held.guards.items()
        for difference in (
            _making(table, seen[table], cast, held)
            if table in seen and not guard.is_others
            else _unmaking(table, guard, held)
        )
    ]


def is_guarded(table: str, sight: Sight, cast: Cast, held: Held) -> bool:
    """Tell whether a table has its policies, and they are in force."""
    return not list(_making(table, sight, cast, held))


def _making(table: str, sight: Sight, cast: Cast, held: Held) -> Iterator[Difference]:
    guard, on = held.guards[table], _on(table, held)
    there = {policy.name: policy for policy in guard.policies}
    schema = f"{quoted(held.schema)}."
    for policy in sight.policies(cast.people, held.types):
        using = policy.using if policy.is_permissive else sight.condition(held.types, schema)
        create = _create(policy, on, using)
        found = there.get(policy.name)
        if found is None:
            yield Difference(f"{table} has no policy {policy.name}", create, locks=on)
        elif found != policy:
            drop = f"DROP POLICY {quoted(policy.name)} ON {on}"
            yield Difference(f"the policy {policy.name} of {table} is another one", f"{drop}; {create}", locks=on)
    # Last: without policies it would hide all rows.
    if not guard.is_on:
        enable = f"ALTER TABLE {on} ENABLE ROW LEVEL SECURITY"
        yield Difference(f"row-level security of {table} is off", enable, locks=on)


def _unmaking(table: str, guard: Guard, held: Held) -> Iterator[Difference]:
    on = _on(table, held)
    own = [policy.name for policy in guard.policies if policy.name in OWN_POLICIES]
    # First: without policies it would hide all rows.
    if own and guard.is_on and not guard.is_others:
        disable = f"ALTER TABLE {on} DISABLE ROW LEVEL SECURITY"
        yield Difference(f"row-level security of {table} is on", disable, locks=on)
    for name in own:
        yield Difference(f"{table} has the policy {name}", f"DROP POLICY {quoted(name)} ON {on}", locks=on)


def _create(policy: Policy, on: str, using: str) -> str:
    kind = "" if policy.is_permissive else " AS RESTRICTIVE"
    roles = ", ".join(quoted(role) if role else "PUBLIC" for role in policy.roles)
    check = f" WITH CHECK ({policy.check})" if policy.check else ""
    command = f" FOR {_COMMANDS[policy.command]} TO {roles}"
    return f"CREATE POLICY {quoted(policy.name)} ON {on}{kind}{command} USING ({using}){check}"


def _on(table: str, held: Held) -> str:
    return f"{quoted(held.schema)}.{quoted(table)}"
