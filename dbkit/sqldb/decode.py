"""Rows to values.

A result comes in binary, so no session setting (TimeZone, DateStyle, bytea_output) has a say in it.
The driver's compiled loaders turn the columns into Python objects, and the value is built from
them without validation: the row was validated when it was written, and the schema keeps its rules.
What the driver's loaders do not know is converted here: enum members, and JSON in Rust.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, cast, get_args, get_origin
from uuid import UUID

import psycopg
from psycopg import abc
from psycopg.adapt import AdaptersMap, Buffer, Loader, Transformer
from psycopg.pq import Format
from psycopg.pq.abc import PGresult
from pydantic import AwareDatetime, BaseModel, JsonValue, TypeAdapter
from pydantic_core import from_json

from dbkit.types.errors import DbkitError, SchemaMismatch, ValueInvalid

__all__ = ["ValueDecoder"]

V = TypeVar("V", bound=BaseModel)
Convert = Callable[[Any], Any]


class ValueDecoder(Generic[V]):
    """Builds values of one class from the rows of a result whose columns have given names.

    Safe to share between threads. Raises `SchemaMismatch` for a column whose type or enum value
    this version of the code does not know, and `ValueInvalid` for a stored value that Python cannot
    hold (a timestamp of infinity, or beyond the years 1 to 9999).
    """

    __slots__ = ("_build", "_converters", "_idle", "_names")

    def __init__(self, value_class: type[V], names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._converters = _converters(value_class, self._names)
        self._build = _builder(value_class, self._names, self._converters)
        # Loaders ready for the next result, by the column types they were set up for. Taking them out
        # while they work is what makes them safe: a loader holds the result that it reads.
        self._idle: dict[tuple[int, ...], list[abc.Transformer]] = {}

    def one(self, result: PGresult) -> V | None:
        """Return the first row's value, or None when there is no row. Clears the result."""
        return self._load(result, 1)[0] if result.ntuples else None

    def many(self, result: PGresult) -> list[V]:
        """Return the values of all rows, in their order. Clears the result."""
        return self._load(result, result.ntuples)

    def _load(self, result: PGresult, rows: int) -> list[V]:
        # All columns, also those behind the value's own: loaders for fewer would read beyond their end.
        types = tuple(map(result.ftype, range(result.nfields)))
        try:
            loaders = self._idle[types].pop()
            loaders.set_pgresult(result, set_loaders=False)
        except (KeyError, IndexError):
            loaders = self._loaders(result, types)
        values: list[V] | None = None
        with suppress(Exception):
            # What failed is found below, where the error is chained to nothing.
            values = loaders.load_rows(0, rows, self._build)
        if values is None:
            raise self._fault(result, types)
        # The loaders keep the result, and with it all rows, until they read the next one.
        result.clear()
        self._idle.setdefault(types, []).append(loaders)
        return values

    def _loaders(self, result: PGresult, types: tuple[int, ...]) -> abc.Transformer:
        for name, oid in zip(self._names, types, strict=False):
            if _ADAPTERS.get_loader(oid, Format.BINARY) is None:
                raise SchemaMismatch(f"column {name} has a type that dbkit does not read", fields=(name,))
        loaders: abc.Transformer = Transformer(_ADAPTERS)
        loaders.set_pgresult(result)
        return loaders

    def _fault(self, result: PGresult, types: tuple[int, ...]) -> DbkitError:
        """Find the first column that does not load, or whose object does not convert."""
        loaders = self._loaders(result, types)
        for column, name in enumerate(self._names):
            load = loaders.get_loader(types[column], Format.BINARY).load
            stored = [data for row in range(result.ntuples) if (data := result.get_value(row, column)) is not None]
            if not all(_works(load, data) for data in stored):
                return ValueInvalid("the stored value is beyond what Python can hold", fields=(name,))
            convert = self._converters.get(name)
            if convert is not None and not all(_works(convert, load(data)) for data in stored):
                return SchemaMismatch("a stored value is unknown to this version of the code", fields=(name,))
        return DbkitError("the rows could not be read")


class _JsonbLoader(Loader):
    format = Format.BINARY

    def load(self, data: Buffer) -> object:
        # The first byte is the version of the format.
        return from_json(bytes(data[1:]))


_ADAPTERS = AdaptersMap(psycopg.adapters)
_ADAPTERS.register_loader("jsonb", _JsonbLoader)


def _builder(
    value_class: type[V], names: tuple[str, ...], converters: Mapping[str, Convert]
) -> Callable[[Sequence[Any]], V]:
    """Return the function that makes a value of a row's loaded columns."""
    if value_class.__private_attributes__:
        message = f"{value_class.__name__} has private attributes, which a row cannot fill"
        raise TypeError(message)
    conversions = tuple(converters.items())
    new = value_class.__new__
    # A frozen value never changes the set, so that all of them share one.
    fields_set = set(names)

    def build(row: Sequence[Any]) -> V:
        # A row may have columns behind the value's own (an upsert's does).
        fields = dict(zip(names, row, strict=False))
        for name, convert in conversions:
            stored = fields[name]
            if stored is not None:
                fields[name] = convert(stored)
        value = new(value_class)
        _set_dict(value, fields)
        _set_fields_set(value, fields_set)
        _set_extra(value, None)
        _set_private(value, None)
        return value

    return build


# The slots' own setters: a frozen model refuses setattr, and object.__setattr__ looks the slot up each time.
_set_dict = BaseModel.__dict__["__dict__"].__set__
_set_fields_set = BaseModel.__dict__["__pydantic_fields_set__"].__set__
_set_extra = BaseModel.__dict__["__pydantic_extra__"].__set__
_set_private = BaseModel.__dict__["__pydantic_private__"].__set__


def _converters(value_class: type[BaseModel], names: tuple[str, ...]) -> Mapping[str, Convert]:
    found = {name: _converter(value_class.model_fields[name].annotation) for name in names}
    return {name: convert for name, convert in found.items() if convert is not None}


def _converter(annotation: Any) -> Convert | None:
    """Return what makes the annotated type of a loaded object, or None where the object is it already."""
    annotation = _without_none(annotation)
    annotation = getattr(annotation, "__supertype__", annotation)
    if get_origin(annotation) is Annotated and get_args(annotation)[0] in _LOADED_AS_DECLARED:
        # What is stored has passed the rule that the annotation adds.
        return None
    if annotation in _LOADED_AS_DECLARED:
        return None
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        members: dict[object, Enum] = {member.value: member for member in annotation}
        return members.__getitem__
    if get_origin(annotation) is tuple and get_args(annotation)[1:] == (...,):
        return _tuple_converter(get_args(annotation)[0])
    return TypeAdapter[Any](cast("type[Any]", annotation)).validate_python


def _tuple_converter(item: Any) -> Convert:
    convert = _converter(item)
    return tuple if convert is None else lambda items: tuple(map(convert, items))


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        others = [argument for argument in get_args(annotation) if argument is not type(None)]
        if len(others) == 1:
            return others[0]
    return annotation


def _works(convert: Convert, stored: object) -> bool:
    try:
        convert(stored)
    except Exception:  # noqa: BLE001 - whatever it is, this is the value at fault
        return False
    return True


_LOADED_AS_DECLARED: tuple[object, ...] = (
    str,
    int,
    bool,
    bytes,
    Decimal,
    UUID,
    datetime,
    AwareDatetime,
    JsonValue,
    dict[str, JsonValue],
    list[JsonValue],
    list[str],
)
"""Annotations whose objects the loaders make by themselves."""
