"""Which tables a statement may have changed, so that no others have to be looked at again."""

from __future__ import annotations

from typing import Final

from dbkit.migrate.linting.actions import Action, AlterDomain, Drop, DropColumn, DropConstraint, Other, Rename, Truncate
from dbkit.migrate.linting.facts import Facts, Table
from dbkit.migrate.linting.parsing import nodes_of, parsed
from dbkit.migrate.linting.reading import actions_of

__all__ = ["tables_touched"]

_NAME_ALL: Final = ("Comment", "CreateSeq", "AlterSeq", "CreateStats", "Grant")


def tables_touched(sql: str, facts: Facts) -> frozenset[str] | None:
    """Return the names, old and new, of tables that a statement may have changed or locked; None for any."""
    actions = actions_of(sql)
    if not actions or any(_reaches_far(each) for each in actions):
        return None
    names = {node.relname for node in nodes_of(parsed(sql)) if type(node).__name__ == "RangeVar"}
    for each in actions:
        names |= _named(each, facts)
    tables = [table for name in names if (table := facts.tables.get(name) or facts.table_of_index(name))]
    if any(table.kind == "p" or table.parent for table in tables):
        return None
    return frozenset(names.union(*(_around(table) for table in tables)))


def _reaches_far(action: Action) -> bool:
    if isinstance(action, Other):
        return action.what not in _NAME_ALL
    if isinstance(action, Rename):
        # Tables say the names of others, and of types.
        return action.what not in ("column", "constraint", "index")
    return isinstance(action, Drop | DropColumn | DropConstraint | Truncate) and action.cascade


def _named(action: Action, facts: Facts) -> set[str]:
    if isinstance(action, AlterDomain):
        return set(facts.domains.get(action.name, ()))
    if isinstance(action, Drop):
        return {*action.names, action.of}
    return {action.to} if isinstance(action, Rename) else set()


def _around(table: Table) -> set[str]:
    """Return a table's name, and those that its foreign keys refer to, which may be locked with it."""
    return {table.name, *(each.target for each in table.constraints.values() if each.target)}
