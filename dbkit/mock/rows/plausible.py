"""Plausible values: what a field of a given type may hold, for samples and for breaking rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin
from uuid import UUID

from pydantic import AwareDatetime, JsonValue
from sqlalchemy import BindParameter
from sqlalchemy.sql.visitors import iterate

from dbkit.mock.rows.sources import Source
from dbkit.types.value import Value

__all__ = [
    "Maker",
    "choices",
    "enumerated",
    "fresh",
    "is_made",
    "kind_of",
    "literals_of",
    "maker_of",
    "member_of",
    "plain",
    "variety",
]

Maker: TypeAlias = Callable[[int, Source], Any]
"""Makes a value from a number."""

_PLAIN = Source()

_LENGTH_MAX = 100_000

_UNUSED = 0
"""The number that no source gives."""


def plain(annotation: Any) -> Any:
    """Return a type without what is wrapped around it: `Annotated`, `NewType`, `| None`."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif hasattr(annotation, "__supertype__"):
            annotation = annotation.__supertype__
        elif get_origin(annotation) in (Union, UnionType):
            annotation = next(part for part in get_args(annotation) if part is not NoneType)
        else:
            return annotation


def kind_of(value_class: type[Value], field: str) -> Any:
    """Return the plain type of a value's field: an enum, `UUID`, `str`, `tuple`, `dict`, ..."""
    annotation = plain(value_class.model_fields[field].annotation)
    # pydantic's name for it is a class of its own, without instances.
    return datetime if annotation is AwareDatetime else get_origin(annotation) or annotation


def member_of(value_class: type[Value], field: str) -> Any:
    """Return the plain type of an array's elements."""
    return plain(get_args(plain(value_class.model_fields[field].annotation))[0])


def enumerated(value_class: type[Value], field: str) -> tuple[Any, ...] | None:
    """Return the values of a field whose type has but a few of them: of an enum, or a bool; None for any other."""
    kind = kind_of(value_class, field)
    if kind is bool:
        return (False, True)
    return tuple(kind) if isinstance(kind, type) and issubclass(kind, Enum) else None


def is_made(value_class: type[Value], field: str) -> bool:
    """Tell whether the value makes the field's default anew each time: an identifier, or the time."""
    has_factory = value_class.model_fields[field].default_factory is not None
    return has_factory and kind_of(value_class, field) in (UUID, datetime)


def fresh(value_class: type[Value], field: str, number: int, source: Source = _PLAIN) -> Any:
    """Return a value of the field's type; another number gives another one, where the type has enough of them."""
    return maker_of(value_class, field)(number, source)


def maker_of(value_class: type[Value], field: str) -> Maker:
    """Return what makes values of the field's type from numbers."""
    kind = kind_of(value_class, field)
    if isinstance(kind, type) and issubclass(kind, Enum):
        first = next(iter(kind))
        return lambda _number, _source: first
    makers: dict[Any, Maker] = {
        UUID: lambda number, source: source.identifier(number),
        str: lambda number, source: source.text(field, number),
        bool: lambda _number, _source: False,
        int: lambda number, _source: number,
        Decimal: lambda number, _source: Decimal(number),
        bytes: lambda number, source: b"\x00bytes %b" % source.token(number).encode(),
        datetime: lambda number, source: source.instant(number),
        date: lambda number, source: source.began.date() + timedelta(days=number),
        dict: lambda _number, _source: {},
        tuple: lambda _number, _source: (),
        JsonValue: lambda number, source: f"text {source.token(number)}",
    }
    if kind not in makers:
        raise TypeError(f"there is no sample for {value_class.__name__}.{field}, a {kind}")
    return makers[kind]


def variety(value_class: type[Value], field: str, number: int) -> tuple[Any, ...]:
    """Return unlike values of the field's type, for rows that a filter and an order tell apart."""
    kind = kind_of(value_class, field)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(kind)
    if kind is tuple:
        member = member_of(value_class, field)
        members = tuple(member) if isinstance(member, type) and issubclass(member, Enum) else ("a", "b")
        return ((), members[:1], members[:2])
    several: dict[Any, tuple[Any, ...]] = {
        bool: (False, True),
        str: tuple(f"{letter}{number}" for letter in ("ab-", "AB-", "b-", "aé-", "")),
        dict: ({}, {"a": [1, None, {"b": "é"}]}),
        JsonValue: (True, False, number, 1.5, f"é {number}", [1, None], {"a": {"b": "é"}}),
    }
    return several.get(kind, (fresh(value_class, field, number), fresh(value_class, field, number + 1)))


@cache
def literals_of(expression: Any) -> tuple[Any, ...]:
    """Return the literal values in an expression, those of an IN list one by one."""
    found: list[Any] = []
    for element in iterate(expression):
        if isinstance(element, BindParameter):
            found += element.value if isinstance(element.value, list | tuple) else [element.value]
    return tuple(found)


def choices(value_class: type[Value], field: str, expression: Any, row: Mapping[str, Any]) -> list[Any]:
    """Return values that an expression may tell apart, by the field's type and by the expression's literals.

    The rest of the row is a source too, for rules that compare two columns. Never NULL.
    """
    kind = kind_of(value_class, field)
    literals = [literal for literal in literals_of(expression) if literal is not None]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _distinct([*kind, *_texts(literals)])
    if kind is dict:
        keys = _distinct(text for text in (*literals, *row.values()) if isinstance(text, str))
        return [{}, {"key": 1}, [], "text", 1, *({key: {}} for key in keys)]
    if kind is JsonValue:
        return _distinct([True, *_numbers(int, literals), 1.5, "text", [], {}])
    if kind is tuple:
        return _distinct([(), *((text,) for text in _texts(literals)), ("a", "b", "c"), ("a", "a")])
    if kind is str:
        own = [*_patterned(literals, row.get(field)), *_respelt(row.get(field)), *_sized(row.get(field), literals)]
        return _distinct([*own, *_texts(literals), *_alike(kind, row)])
    if kind is bytes:
        return _distinct(_padded(row.get(field), literals))
    return _distinct([*_numbers(kind, literals), *_alike(kind, row), fresh(value_class, field, _UNUSED)])


def _texts(literals: Iterable[Any]) -> list[str]:
    texts = [literal for literal in literals if isinstance(literal, str)]
    return [*texts, *(text.replace("%", "") for text in texts), *(f"{text}x" for text in texts), "x", ""]


def _patterned(literals: Iterable[Any], text: Any) -> list[str]:
    """Return a text as patterns of LIKE want it, still unlike other texts."""
    patterns = [literal for literal in literals if isinstance(literal, str) and "%" in literal]
    return [pattern.replace("%", str(text)) for pattern in patterns]


def _respelt(text: Any) -> list[str]:
    """Return a text as rules for names may want it, still unlike other texts."""
    lower = str(text).lower()
    return [lower, lower.replace("-", "_"), lower.replace("_", "-"), str(text).upper()]


def _sized(text: Any, literals: Iterable[Any]) -> list[str]:
    """Return a text in the lengths that a rule may tell apart; its end, which is unlike other texts, stays."""
    bounds = [literal for literal in literals if type(literal) is int]
    lengths = [length for bound in bounds for length in (bound, bound + 1, bound - 1) if 0 <= length <= _LENGTH_MAX]
    return [("x" * length + str(text))[-length:] if length else "" for length in lengths]


def _padded(data: Any, literals: Iterable[Any]) -> list[bytes]:
    """Return bytes of the lengths that a rule may tell apart, still unlike other bytes."""
    own = bytes(data or b"x") * 64
    other = bytes(byte ^ 0xFF for byte in own)
    bounds = [literal for literal in literals if isinstance(literal, int) and not isinstance(literal, bool)]
    lengths = [length for bound in (*bounds, 0, 64) for length in (bound, bound + 1, bound - 1) if length >= 0]
    return [text[:length] for text in (own, other) for length in lengths]


def _numbers(kind: Any, literals: Iterable[Any]) -> list[Any]:
    if kind is bool:
        return [False, True]
    if kind not in (int, Decimal):
        return []
    bounds = [number for number in literals if isinstance(number, int | Decimal) and not isinstance(number, bool)]
    return [kind(number) for bound in (*bounds, 0) for number in (bound, bound + 1, bound - 1)]


def _alike(kind: Any, row: Mapping[str, Any]) -> list[Any]:
    """Return the row's values of this type and, of points in time, their neighbours."""
    values = [value for value in row.values() if type(value) is kind]
    if kind is not datetime:
        return values
    second = timedelta(seconds=1)
    return [value + step for value in values for step in (0 * second, second, -second)]


def _distinct(values: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if not any(value == other and type(value) is type(other) for other in found):
            found.append(value)
    return found
