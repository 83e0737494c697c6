"""Whether the values, the filter and the model of an entity say the same, field by field."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, NewType, Union, get_args, get_origin

from pydantic import AwareDatetime, JsonValue
from pydantic.fields import FieldInfo
from sqlalchemy import ARRAY, JSON, Column, DateTime, DefaultClause, TextClause
from sqlalchemy.types import TypeEngine

from dbkit.models.entity import Entity
from dbkit.types.filter import AnyOf, Contains, EveryTenant, IgnoringCase, NullTest, Prefix, Range

__all__ = ["disagreements"]

_BY_STORING = ("created_at", "updated_at", "deleted_at", "version")
"""Columns that storing a row fills, by their names: a new value has none of them."""

_ABSENT: Any = object()


def disagreements(entity: Entity[Any, Any, Any]) -> list[str]:
    """Return what values, filter and model say differently, one line each; none, if they agree.

    The stored value has the table's columns, each with a type that fits and NULL where the column
    has it. A field of the new value may be left out exactly where the column is nullable, has a
    server default, or is an identifier that the client makes; what it then gets is what the server
    would give. What the server computes or numbers is no field of it. A filter asks for columns, by
    conditions that their types allow.
    """
    found = [*_of_names(entity), *_of_key(entity)]
    for name, column in entity.table.columns.items():
        if name in entity.new_fields and (made := _maker(column)):
            found.append(f"{name}: the server {made} it, so the new value must not have it")
        if name in entity.fields:
            found += _of_stored(column, entity.value.model_fields[name])
        if name in entity.new_fields:
            found += _of_new(column, entity.new.model_fields[name])
    for name, field in entity.filter.model_fields.items():
        if name in entity.table.c:
            found += _of_filter(entity.table.c[name], field)
    return [f"{entity.name}.{line}" for line in found]


def _of_names(entity: Entity[Any, Any, Any]) -> Iterator[str]:
    columns, fields, new_fields = set(entity.table.columns.keys()), set(entity.fields), set(entity.new_fields)
    for name in sorted(columns - fields):
        yield f"{name}: the stored value lacks this column"
    for name in sorted((fields | new_fields) - columns):
        yield f"{name}: the table has no such column"
    for name in sorted(columns - new_fields):
        if not _is_filled_by_storing(entity.table.c[name]):
            yield f"{name}: neither the new value nor the server gives it"
    for name in sorted(new_fields.intersection(_BY_STORING)):
        yield f"{name}: storing gives it, not the new value"
    for name in sorted(fields - new_fields):
        if not entity.value.model_fields[name].is_required():
            yield f"{name}: every stored row has it, so the stored value must not leave it out"
    if not issubclass(entity.value, entity.new):
        yield f"{entity.value.__name__}: the stored value does not extend {entity.new.__name__}"
    deleted = {"deleted"} if entity.is_soft_deleted else set[str]()
    for name in sorted(set(entity.filter.model_fields) - columns ^ deleted):
        yield f"{name}: " + ("the filter lacks it" if name in deleted else "the filter asks for no column")


def _is_filled_by_storing(column: Column[Any]) -> bool:
    return bool(column.nullable) or column.server_default is not None or column.computed is not None


def _maker(column: Column[Any]) -> str:
    """Return how the server makes a column's values that no statement writes; nothing, if it does not."""
    return "computes" if column.computed is not None else "numbers" if column.identity is not None else ""


def _of_key(entity: Entity[Any, Any, Any]) -> Iterator[str]:
    if entity.tenant in entity.key and entity.key[0] != entity.tenant:
        yield f"{entity.tenant}: the primary key does not lead with the tenant"


def _of_stored(column: Column[Any], field: FieldInfo) -> Iterator[str]:
    kinds, optional = _kinds(field.annotation)
    if optional != bool(column.nullable):
        yield f"{column.name}: NULL is {'not ' if not column.nullable else ''}allowed by the column, unlike the value"
    for kind in kinds:
        if not _fits(kind, column):
            yield f"{column.name}: {_name(kind)} does not fit {_shown(column)}"


def _of_new(column: Column[Any], field: FieldInfo) -> Iterator[str]:
    may_be_left_out = not field.is_required()
    server = _constant(column)
    if _maker(column):
        return
    if _is_made(field) and column.server_default is None:
        if not column.primary_key:
            yield f"{column.name}: made by the client, but no part of the key"
    elif may_be_left_out != (column.nullable or column.server_default is not None):
        yield f"{column.name}: the new value {'may' if may_be_left_out else 'must not'} leave it out, unlike the column"
    elif may_be_left_out and server is not _ABSENT and (default := _default(field)) != server:
        yield f"{column.name}: left out, it is {default!r} in the new value and {server!r} on the server"


def _is_made(field: FieldInfo) -> bool:
    """Tell whether a field's default is made anew each time, as an identifier is."""
    return field.default_factory is not None and _default(field) != _default(field)


def _default(field: FieldInfo) -> Any:
    default = field.get_default(call_default_factory=True, validated_data={})
    return list(default) if isinstance(default, tuple) else default


def _constant(column: Column[Any]) -> Any:
    """Return the value that the server gives a column that an insert leaves out, or `_ABSENT` for no constant."""
    if not isinstance(column.server_default, DefaultClause):
        return None if column.nullable else _ABSENT
    if not isinstance(column.server_default.arg, str | TextClause):
        return _ABSENT
    text = str(column.server_default.arg)
    quoted = re.fullmatch(r"'((?:[^']|'')*)'", text)
    if quoted is None:
        return json.loads(text) if re.fullmatch(r"-?\d+|true|false", text) else _ABSENT
    return _reader(column)(quoted.group(1).replace("''", "'"))


def _reader(column: Column[Any]) -> Callable[[str], Any]:
    if isinstance(column.type, ARRAY):
        return lambda text: [part for part in text.strip("{}").split(",") if part]
    return json.loads if isinstance(column.type, JSON) else str


def _of_filter(column: Column[Any], field: FieldInfo) -> Iterator[str]:
    for kind in _kinds(field.annotation)[0]:
        if kind is not EveryTenant and not _can_ask(kind, column):
            yield f"{column.name}: the filter's {_name(kind)} does not fit {_shown(column)}"


def _can_ask(kind: Any, column: Column[Any]) -> bool:
    condition, parameters = _origin(kind)
    asked = [part for parameter in parameters for part in _kinds(parameter)[0]]
    if condition in (Prefix, IgnoringCase):
        return column.type.python_type is str
    if condition is NullTest:
        return bool(column.nullable)
    if condition is Contains:
        return isinstance(column.type, ARRAY) and all(_fits(part, column, element=True) for part in asked)
    if condition is AnyOf and isinstance(column.type, ARRAY):
        return False
    if condition in (AnyOf, Range):
        return all(_fits(part, column) for part in asked)
    return _fits(kind, column)


def _kinds(annotation: Any) -> tuple[list[Any], bool]:
    """Return the types that an annotation allows, without None, and whether it allows None."""
    if isinstance(annotation, NewType):
        return _kinds(annotation.__supertype__)
    if get_origin(annotation) is Annotated:
        return _kinds(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        parts = [_kinds(part) for part in get_args(annotation)]
        return [kind for kinds, _ in parts for kind in kinds], any(optional for _, optional in parts)
    return ([], True) if annotation is NoneType else ([annotation], False)


def _origin(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return a type without its parameters, and these; pydantic keeps its own record of them."""
    pydantic = getattr(kind, "__pydantic_generic_metadata__", None)
    if pydantic and pydantic["origin"]:
        return pydantic["origin"], pydantic["args"]
    return get_origin(kind) or kind, get_args(kind)


def _fits(kind: Any, column: Column[Any], *, element: bool = False) -> bool:
    """Tell whether a column, or an element of its array, holds the values of a Python type."""
    plain, parameters = _origin(kind)
    wanted = column.type
    if isinstance(wanted, ARRAY):
        if not element:
            parts = [part for each in parameters if each is not Ellipsis for part in _kinds(each)[0]]
            return plain is tuple and all(_fits(part, column, element=True) for part in parts)
        wanted = wanted.item_type
    if isinstance(wanted, DateTime) and wanted.timezone:
        return plain is AwareDatetime
    if isinstance(wanted, JSON):
        return kind is JsonValue or plain in (dict, list)
    return isinstance(plain, type) and issubclass(plain, wanted.python_type) and not _is_bool_as_integer(plain, wanted)


def _is_bool_as_integer(kind: type, wanted: TypeEngine[Any]) -> bool:
    return kind is bool and wanted.python_type is not bool


def _shown(column: Column[Any]) -> str:
    return f"{column.type!r}, {'NULL' if column.nullable else 'NOT NULL'}"


def _name(kind: Any) -> str:
    return getattr(kind, "__name__", str(kind))
