"""Changes: what a create or an update may set a field to, and what it moves on by itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from dbkit.mock.rows.checks import checks_of, computed, is_indexed, refused_fields, refusing, settled, stored
from dbkit.mock.rows.plausible import choices, literals_of, variety
from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.samples import Samples
from dbkit.models.entity import columns_in
from dbkit.models.unique import UniqueKey

__all__ = [
    "changes_to",
    "document_with",
    "has_cases",
    "in_another_case",
    "moved_on",
    "other_value",
    "placed",
    "without_nulls",
]


def other_value(samples: Samples, entity: AnyEntity, value: Any, field: str) -> dict[str, Any]:
    """Return changes of a stored value by which a field that refers to nothing gets another value, all of it legal.

    Other fields change only where a check constraint asks for it.
    """
    for option in _options(samples, entity, value.__dict__, field):
        changes = changes_to(entity, value, field, option)
        if option != getattr(value, field) and _is_legal(entity, {**value.__dict__, **changes}):
            return changes
    raise LookupError(f"no other value of {entity.name}.{field} is legal")


def changes_to(entity: AnyEntity, value: Any, field: str, wanted: Any) -> dict[str, Any]:
    """Return changes of a stored value that give a field this value, and others what check constraints then ask for."""
    fixed = [name for name in entity.fields if name == field or name not in entity.changeable]
    return {field: wanted, **settled(entity, {**value.__dict__, field: wanted}, fixed)}


def document_with(entity: AnyEntity, fields: Mapping[str, Any], field: str, content: Any) -> tuple[dict[str, Any], str]:
    """Return a document that holds this content, as check constraints allow it for a row, and its name in there."""
    literals = [literal for check in checks_of(entity) for literal in literals_of(check.expression)]
    for name in ("content", *(literal for literal in literals if isinstance(literal, str))):
        document = {**(fields.get(field) or {}), name: content}
        if _is_legal(entity, stored(entity, {**fields, field: document})):
            return document, name
    raise LookupError(f"no document in {entity.name}.{field} can hold anything")


def placed(
    entity: AnyEntity, key: UniqueKey, row: Mapping[str, Any], names: Collection[str], *, inside: bool
) -> dict[str, Any] | None:
    """Return legal changes to a row by which it is in a unique index, or is not; of one of these fields, or None."""
    for field in columns_in(key.predicate):
        for option in choices(entity.new, field, key.predicate, row) if field in names else ():
            changes = {field: option, **settled(entity, {**row, field: option}, (field,))}
            changed = {**row, **changes}
            if is_indexed(entity, key, changed) is inside and not refusing(entity, changed):
                return changes
    return None


def in_another_case(entity: AnyEntity, fields: Mapping[str, Any], field: str) -> str:
    """Return a row's text with other cases of its ASCII letters, as check constraints allow it."""
    text = str(fields[field])
    for other in (text.swapcase(), text.upper(), text.lower()):
        if other != text and not refusing(entity, stored(entity, {**fields, field: other})):
            return other
    raise LookupError(f"{entity.name}.{field} has one case only")


def has_cases(entity: AnyEntity, fields: Mapping[str, Any], field: str) -> bool:
    """Tell whether check constraints allow a row's text in more than one case."""
    try:
        return bool(in_another_case(entity, fields, field))
    except LookupError:
        return False


def _options(samples: Samples, entity: AnyEntity, row: Mapping[str, Any], field: str) -> list[Any]:
    if field in entity.lifecycles:
        return list(row[field].next_states())
    options = list(variety(entity.new, field, samples.number()))
    for check in checks_of(entity):
        if field in check.fields:
            options += choices(entity.new, field, check.expression, row)
    return options


def _is_legal(entity: AnyEntity, row: Mapping[str, Any]) -> bool:
    return not refusing(entity, row) and not refused_fields(entity, {name: row[name] for name in entity.new_fields})


def without_nulls(samples: Samples, entity: AnyEntity, key: UniqueKey) -> dict[str, Any]:
    """Return values for the nullable fields of a unique key that refer to nothing, because NULLs may not clash."""
    pointers = {reference.pointer for reference in samples.references(entity)}
    wanted = [name for name in key.fields if name in entity.new_fields and name not in pointers]
    nullable = [name for name in wanted if entity.table.c[name].nullable]
    return {name: samples.fresh(entity, name) for name in nullable}


def moved_on(entity: AnyEntity, before: Any, after: Any, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the fields that a change of a stored value moves on, as they should be after it."""
    moved = computed(entity, {**before.__dict__, **(changes or {})})
    if entity.has_version:
        moved["version"] = before.version + 1
    if entity.has_updated_at:
        assert after.updated_at > before.updated_at
        moved["updated_at"] = after.updated_at
    return moved
