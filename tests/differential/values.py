"""Values as JSON and back: what programs are stored as, and what their outcomes are compared as."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from dbkit.mock.rows.references import AnyEntity
from dbkit.models import ENTITIES
from dbkit.types import filter as conditions
from dbkit.types.filter import AnyOf, Contains, Filter, IgnoringCase, Prefix, Range
from dbkit.types.page import Page, Upserted
from dbkit.types.value import Value

__all__ = ["New", "Symbol", "decoded", "encoded", "entity_of"]

_BY_NAME = {entity.name: entity for entity in ENTITIES}
_OF_SEVERAL: Mapping[str, type] = {"any_of": AnyOf, "contains": Contains}
_OF_TEXT: Mapping[str, type] = {"prefix": Prefix, "ignoring_case": IgnoringCase}


def entity_of(name: str) -> AnyEntity:
    """Return the entity of this name."""
    return _BY_NAME[name]


@dataclass(frozen=True)
class New:
    """A new value to make when it is used; `unchecked` leaves its own validation out, so that the database answers."""

    entity: str
    fields: Mapping[str, Any]
    unchecked: bool = False

    def made(self) -> Value:
        """Return the value."""
        kind = entity_of(self.entity).new
        made: Value = kind.model_construct(**self.fields) if self.unchecked else kind(**self.fields)
        return made


@dataclass(frozen=True)
class Symbol:
    """What is known only when a step is played: the newest version of a row, the last cursor, a step's time."""

    kind: str
    argument: Any = None


def encoded(value: Any, time: Callable[[datetime], Any] | None = None) -> Any:
    """Return a value as JSON; `time` says what stands for a point in time."""
    if value is None or type(value) in (bool, int, str):
        return value
    if isinstance(value, str) and not isinstance(value, Enum):
        # A name that SQLAlchemy gives is text of its own kind.
        return str(value)
    if isinstance(value, list):
        return [encoded(each, time) for each in value]
    if isinstance(value, BaseModel):
        return _encoded_model(value, time)
    for kind, tag, plain in _TAGGED:
        if isinstance(value, kind):
            return {tag: plain(value, time)}
    raise TypeError(f"a {type(value).__name__} cannot be a part of a program")


def decoded(data: Any) -> Any:
    """Return the value of what `encoded` has made, pages and stored values left as they are."""
    if isinstance(data, list):
        return [decoded(each) for each in data]
    if not isinstance(data, dict):
        return data
    ((tag, content),) = data.items()
    return _READ[tag](content)


def _encoded_model(value: BaseModel, time: Callable[[datetime], Any] | None) -> Any:
    fields = {name: encoded(part, time) for name, part in value.__dict__.items()}
    if isinstance(value, Filter):
        name = next(entity.name for entity in ENTITIES if entity.filter is type(value))
        return {"filter": [name, {name: part for name, part in fields.items() if part is not None}]}
    if isinstance(value, AnyOf | Contains):
        tag = "any_of" if isinstance(value, AnyOf) else "contains"
        return {tag: [encoded(each, time) for each in value.values]}
    if isinstance(value, Prefix | IgnoringCase):
        return {"prefix" if isinstance(value, Prefix) else "ignoring_case": value.text}
    if isinstance(value, Range):
        return {"range": {name: part for name, part in fields.items() if part is not None}}
    return {type(value).__name__: fields}


def _encoded_enum(value: Enum, _time: object) -> list[Any]:
    return [type(value).__name__, value.value]


_TAGGED: tuple[tuple[type, str, Callable[[Any, Any], Any]], ...] = (
    (Enum, "enum", _encoded_enum),
    (int, "int", lambda value, _: int(value)),
    (UUID, "uuid", lambda value, _: str(value)),
    (datetime, "time", lambda value, time: value.isoformat() if time is None else time(value)),
    (date, "date", lambda value, _: value.isoformat()),
    (timedelta, "seconds", lambda value, _: value.total_seconds()),
    (Decimal, "decimal", lambda value, _: str(value)),
    (float, "float", lambda value, _: repr(value)),
    (bytes, "bytes", lambda value, _: value.hex()),
    (tuple, "tuple", lambda value, time: [encoded(each, time) for each in value]),
    (Mapping, "object", lambda value, time: {str(name): encoded(each, time) for name, each in value.items()}),
    (New, "new", lambda value, time: [value.entity, encoded(value.fields, time), value.unchecked]),
    (Symbol, "symbol", lambda value, time: [value.kind, encoded(value.argument, time)]),
    (Page, "page", lambda value, time: [encoded(list(value.items), time), value.next is not None]),
    (Upserted, "upserted", lambda value, time: [encoded(value.value, time), value.inserted]),
)


@cache
def _enum(name: str) -> type[Enum]:
    modules: list[ModuleType] = [conditions, *(import_module(entity.new.__module__) for entity in ENTITIES)]
    kind: type[Enum] = next(getattr(module, name) for module in modules if hasattr(module, name))
    return kind


def _filter(content: Any) -> Filter:
    name, fields = content
    made: Filter = entity_of(name).filter(**{field: decoded(part) for field, part in fields.items()})
    return made


_READ: Mapping[str, Callable[[Any], Any]] = {
    "enum": lambda content: _enum(content[0])(content[1]),
    "int": int,
    "uuid": UUID,
    "time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "seconds": lambda content: timedelta(seconds=content),
    "decimal": Decimal,
    "float": float,
    "bytes": bytes.fromhex,
    "tuple": lambda content: tuple(decoded(each) for each in content),
    "object": lambda content: {name: decoded(each) for name, each in content.items()},
    "new": lambda content: New(content[0], decoded(content[1]), content[2]),
    "symbol": lambda content: Symbol(content[0], decoded(content[1])),
    "filter": _filter,
    "range": lambda content: Range(**{name: decoded(part) for name, part in content.items()}),
    **{tag: lambda content, kind=kind: kind(*map(decoded, content)) for tag, kind in _OF_SEVERAL.items()},
    **{tag: lambda content, kind=kind: kind(content) for tag, kind in _OF_TEXT.items()},
}
