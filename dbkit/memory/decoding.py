"""From a row to the value: without validation, because a stored row fits, and with nothing in it that is shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Any, TypeAlias, get_args, get_origin
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, TypeAdapter, ValidationError

from dbkit.memory.annotations import plain_annotation
from dbkit.memory.contention import Find
from dbkit.memory.datatype import DataType
from dbkit.memory.datatypes import ArrayType, BooleanType, ByteaType, JsonbType, TextType, TimestampType, UuidType
from dbkit.memory.indexes import Key
from dbkit.memory.logic import Row
from dbkit.memory.number_types import IntegerType, NumericType
from dbkit.memory.table import Table
from dbkit.memory.written import written
from dbkit.types.errors import SchemaMismatch

__all__ = ["Decode", "decoder_of", "finder_of"]

Decode: TypeAlias = Callable[[Row], Any]
"""Makes the value of a row."""

_Convert: TypeAlias = Callable[[Any], Any]

_SETTERS = {
    "set_fields": BaseModel.__dict__["__dict__"].__set__,
    "set_fields_set": BaseModel.__dict__["__pydantic_fields_set__"].__set__,
    "set_extra": BaseModel.__dict__["__pydantic_extra__"].__set__,
    "set_private": BaseModel.__dict__["__pydantic_private__"].__set__,
}


def decoder_of(table: Table) -> Decode:
    """Return what makes a value of a row; each value has its own dicts and lists."""
    source, names = _decoding(table)
    decode: Decode = written(f"def f(row):{source}", names)
    return decode


def finder_of(table: Table, key_source: str, read_key: Callable[[Key], Key]) -> Callable[[Find, Key], Any]:
    """Return what finds the live value with a caller's key, or None: all of it in one function, as every get needs it.

    `key_source` is the Python text that makes a caller's `key` one of the index, by `read_key` if need be.
    """
    is_gone = "row is None or row['deleted_at'] is not None" if table.entity.is_soft_deleted else "row is None"
    head = f"def f(find, key):\n  row = find(primary, {key_source})\n  if {is_gone}:\n    return None"
    source, names = _decoding(table)
    found: Callable[[Find, Key], Any] = written(
        head + source, {**names, "primary": table.primary, "read_key": read_key}
    )
    return found


def _decoding(table: Table) -> tuple[str, dict[str, Any]]:
    """Return the Python text that goes from a `row` to its value, and the names in it."""
    conversions = _conversions(table)
    calls = {f"convert_{number}": convert for number, convert in enumerate(conversions.values())}
    steps = [
        f"    if (held := fields[{name!r}]) is not None: fields[{name!r}] = {call}(held)"
        for call, name in zip(calls, conversions, strict=True)
    ]
    names = {
        "new": object.__new__,
        "class_": table.entity.value,
        # Shared by all values: pydantic copies it before it changes it, and there is no other name to add.
        "every_name": set(table.entity.fields),
        "refusals": (KeyError, ValidationError),
        "mismatch": partial(SchemaMismatch, "what is stored does not fit its value", entity=table.name),
    }
    return _DECODE.format(steps="\n".join(steps) or "    pass"), names | _SETTERS | calls


_DECODE = """
  fields = row.copy()
  try:
{steps}
  except refusals:
    fields = None
  if fields is None:
    raise mismatch()
  value = new(class_)
  set_fields(value, fields)
  set_fields_set(value, every_name)
  set_extra(value, None)
  set_private(value, None)
  return value
"""


def _conversions(table: Table) -> dict[str, _Convert]:
    """Return the fields whose stored form is not what the value holds, and what makes it that."""
    found: dict[str, _Convert] = {}
    for name, field in table.entity.value.model_fields.items():
        type_ = table.types[name]
        convert = _conversion(plain_annotation(field.annotation), type_)
        if convert is None:
            convert = TypeAdapter(field.rebuild_annotation()).validate_python
        if type_.unpack is not None:
            convert = type_.unpack if convert is _keep else _after(type_.unpack, convert)
        if convert is not _keep:
            found[name] = convert
    return found


def _after(first: _Convert, second: _Convert) -> _Convert:
    return lambda stored: second(first(stored))


def _keep(stored: Any) -> Any:
    return stored


def _conversion(annotation: Any, type_: DataType) -> _Convert | None:
    """Return the conversion to a plain annotation; None, where pydantic has to do it."""
    if isinstance(type_, JsonbType):
        return _keep if annotation is Any or _is_json(annotation) else None
    if isinstance(type_, ArrayType):
        return _of_array(annotation, type_)
    if annotation in _CLASSES[type(type_)]:
        return _keep
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _of_enum(annotation)
    return None


_CLASSES: Mapping[type[DataType], tuple[Any, ...]] = {
    BooleanType: (bool,),
    ByteaType: (bytes,),
    IntegerType: (int,),
    NumericType: (Decimal,),
    TextType: (str,),
    TimestampType: (datetime, AwareDatetime),
    UuidType: (UUID,),
}
"""The annotations of which a stored value is one already."""


def _is_json(annotation: Any) -> bool:
    """Tell whether an annotation is an object or array of anything that JSON holds."""
    if get_origin(annotation) not in (dict, list):
        return annotation in (dict, list)
    # JsonValue is a union that holds itself, by name.
    return all(part is str or part is Any or "JsonValue" in repr(part) for part in get_args(annotation))


def _of_array(annotation: Any, type_: ArrayType) -> _Convert | None:
    container = get_origin(annotation)
    arguments = [part for part in get_args(annotation) if part is not Ellipsis]
    if container not in (tuple, list) or len(arguments) != 1:
        return None
    convert = _conversion(plain_annotation(arguments[0]), type_.item)
    if convert is None:
        return None
    if convert is _keep:
        return _keep if container is tuple else list
    return lambda stored: container([None if item is None else convert(item) for item in stored])


def _of_enum(enum: type[Enum]) -> _Convert:
    return {member.value: member for member in enum}.__getitem__
