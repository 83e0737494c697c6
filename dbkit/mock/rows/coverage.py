"""Coverage: few rows that together show all that an entity's columns may hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dbkit.mock.rows.checks import is_indexed, stored
from dbkit.mock.rows.goals import Goal, Goals
from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.row import Row
from dbkit.mock.rows.samples import Samples
from dbkit.models.unique import UniqueKey
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["covering"]


def covering(samples: Samples, entity: AnyEntity, usual: Mapping[str, Any] | None = None) -> Iterator[Row]:
    """Yield rows that together reach all goals of an entity.

    Each takes as many goals as fit into it, so they are hardly more than the field with most goals needs. They are in
    a tenant of their own where the samples have rows of the entity already, and those that a unique key would refuse
    beside the others in a further one. Once more, they lack the bounds that only one row of all tenants can have.
    Fields that a row cannot do without are those of `usual` where no goal is about them.
    """
    usual = {} if usual is None else usual
    goals = Goals(samples, entity, usual, has_global_bounds=entity.name not in samples.covered)
    # Rows that are here may be in the way of what these ones are given.
    if entity.name in samples.covered or samples.rows_of(entity):
        samples = samples.elsewhere()
    samples.covered.add(entity.name)
    missing = goals.all()
    found: list[Row] = []
    while missing or not found:
        row = _row(samples, entity, (_packed(goals, missing), usual), found)
        found.append(row)
        left = [goal for goal in missing if not goals.is_met(goal, row.fields)]
        if missing and len(left) == len(missing):
            raise ConfigurationInvalid(
                f"no row could be planned with {', '.join(missing[0])} as the rules allow it", entity=entity.name
            )
        missing = left
        yield row


def _packed(goals: Goals, missing: Sequence[Goal]) -> dict[str, Any]:
    """Return fields that reach the first of the goals, and as many of the others as go with it."""
    given: dict[str, Any] = {}
    for goal in missing:
        fields = {**given, **goal}
        if len(fields) == len(given) + len(goal) and goals.is_reachable(fields):
            given = fields
    return given


def _row(
    samples: Samples, entity: AnyEntity, fields: tuple[Mapping[str, Any], Mapping[str, Any]], found: Sequence[Row]
) -> Row:
    given, usual = fields
    row = samples.plan(entity, given, prefer=usual).row
    if not any(_clash(row, other) for other in (*found, *samples.rows_of(entity))):
        return row
    further = samples.elsewhere()
    plan = further.plan(entity, given, prefer=usual)
    for other in plan.before:
        # A parent may come with a row of this kind, which takes the first number; nobody asked for just that.
        for name, others in further.shape(entity).counted.items():
            if other.entity is entity and _clash(plan.row, other):
                other.fields[name] = further.count(entity, name, [other.fields[each] for each in others])
    return plan.row


def _clash(row: Row, other: Row) -> bool:
    """Tell whether a unique key refuses two rows of an entity."""
    keys = row.entity.unique_keys.values()
    numbered = set(row.entity.numbered)
    return row is not other and any(_is_same(key, row, other) for key in keys if not numbered & set(key.fields))


def _is_same(key: UniqueKey, row: Row, other: Row) -> bool:
    """Tell whether two rows may be the same to a unique key; texts of another case count as the same."""
    entity = row.entity
    rows = [stored(entity, each.fields) for each in (row, other)]
    parts = [[_folded(each[name]) for name in key.fields] for each in rows]
    has_null = None in parts[0] and not key.nulls_not_distinct
    return parts[0] == parts[1] and not has_null and all(is_indexed(entity, key, each) for each in rows)


def _folded(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value
