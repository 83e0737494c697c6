"""Changes: what a create or an update may set a field to, and what it moves on by itself."""

from __future__ import annotations

from typing import Any

from dbkit.models.unique import UniqueKey
from dbkit.testing.checks import checks_of, legal, refused_fields
from dbkit.testing.plausible import choices, variety
from dbkit.testing.references import AnyEntity
from dbkit.testing.samples import Samples

__all__ = ["moved_on", "other_value", "without_nulls"]


def other_value(samples: Samples, entity: AnyEntity, value: Any, field: str) -> Any:
    """Return a legal value for a field of a stored value that refers to nothing, other than the one it has."""
    row, old = dict(value.__dict__), getattr(value, field)
    if field in entity.lifecycles:
        return old.next_states()[0]
    expressions = [check.expression for check in checks_of(entity) if field in check.fields]
    options = list(variety(entity.new, field, samples.number()))
    for expression in expressions:
        options += choices(entity.new, field, expression, row)
    new_fields = {name: row[name] for name in entity.new_fields}
    for option in options:
        changed = {**row, field: option}
        if option != old and legal(entity, changed) and not refused_fields(entity, {**new_fields, field: option}):
            return option
    raise LookupError(f"no other value is legal for {entity.name}.{field} alone")


def without_nulls(samples: Samples, entity: AnyEntity, key: UniqueKey) -> dict[str, Any]:
    """Return values for the nullable fields of a unique key, because NULLs may not clash."""
    nullable = [name for name in key.fields if name in entity.new_fields and entity.table.c[name].nullable]
    return {name: samples.fresh(entity, name) for name in nullable}


def moved_on(entity: AnyEntity, before: Any, after: Any) -> dict[str, Any]:
    """Return the fields that a change of a stored value moves on, as they should be after it."""
    moved: dict[str, Any] = {}
    if entity.has_version:
        moved["version"] = before.version + 1
    if entity.has_updated_at:
        assert after.updated_at > before.updated_at
        moved["updated_at"] = after.updated_at
    return moved
