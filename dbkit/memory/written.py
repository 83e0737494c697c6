"""Functions that are written out for the columns of one table, as a dataclass writes its `__init__`.

They run for each row: a loop over the columns with a call for each takes three times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from enum import Enum
from sys import intern
from typing import Any, NamedTuple
from uuid import UUID

from dbkit.memory.datatype import DataType
from dbkit.memory.indexes import Key, itself_or_null
from dbkit.memory.logic import Row, itself
from dbkit.memory.refusal import ValueRefused

__all__ = [
    "Intake",
    "acceptor_of",
    "filling_of",
    "key_of_values",
    "lack_of",
    "length_of",
    "sameness_of",
    "written",
]

Convert = Callable[[Any], Any]

_NAMES = {"UTC": UTC, "UUID": UUID, "datetime": datetime, "intern": intern}
"""What `DataType.is_plain` may speak of, and what is done with texts that rows share."""


def written(source: str, names: Mapping[str, Any]) -> Any:
    """Return the function `f` that a text defines in terms of these names. Whatever else is in it is quoted."""
    namespace: dict[str, Any] = {}
    exec(source, {**_NAMES, **names}, namespace)  # noqa: S102 - nothing from outside but columns' names
    return namespace["f"]


def lack_of(names: Iterable[str]) -> Callable[[Row], bool]:
    """Return what tells whether a row has NULL in one of these columns."""
    tests = " or ".join(f"row[{name!r}] is None" for name in names) or "False"
    lacks: Callable[[Row], bool] = written(f"def f(row): return {tests}", {})
    return lacks


def sameness_of(names: Iterable[str]) -> Callable[[Row, Row], bool]:
    """Return what tells whether two versions of a row hold the very same objects in these columns."""
    tests = " and ".join(f"old[{name!r}] is new[{name!r}]" for name in names)
    keeps: Callable[[Row, Row], bool] = written(f"def f(old, new): return {tests}", {})
    return keeps


def length_of(names: Iterable[str]) -> Callable[[Row], int]:
    """Return what adds up the lengths of a row's values in these columns, that of NULL being 0."""
    lengths = " + ".join(f"len(row[{name!r}] or ())" for name in names) or "0"
    length: Callable[[Row], int] = written(f"def f(row): return {lengths}", {})
    return length


class Intake(NamedTuple):
    """How a column takes values: of which type, from the members of which enum, and whether rows share its texts."""

    datatype: DataType
    enum: type[Enum] | None = None
    is_shared: bool = False

    def source(self, suffix: str = "") -> tuple[str, dict[str, Any]]:
        """Return the Python text of what a row holds of a `value`, and what it calls, by names that end so."""
        accept, pack, enum = (f"{name}{suffix}" for name in ("accept", "pack", "enum"))
        source = f"{accept}(value)" if self.datatype.pack is None else f"{pack}({accept}(value))"
        if self.datatype.is_plain is not None:
            source = f"value if {self.datatype.is_plain} else {source}"
        if self._stores_its_values:
            source = f"value._value_ if type(value) is {enum} else {source}"
        names = {accept: self.datatype.accept, pack: self.datatype.pack, enum: self.enum}
        return (f"intern({source})" if self.is_shared else source), names

    @property
    def _stores_its_values(self) -> bool:
        """Whether a row holds of each member of the enum just its value."""
        if self.enum is None or self.datatype.pack is not None:
            return False
        try:
            return all(self.datatype.accept(member) is member.value for member in self.enum)
        except ValueRefused:
            return False


def acceptor_of(intake: Intake) -> Convert:
    """Return what makes of a value what a row holds of it, or raises `ValueRefused`."""
    source, names = intake.source()
    accept: Convert = written(f"def f(value): return {source}", names)
    return accept


def filling_of(
    intakes: Mapping[str, Intake], defaults: Mapping[str, Callable[[datetime], Any]]
) -> Callable[[Row, Mapping[str, Any], datetime], Row]:
    """Return what fills an empty row with what a new value gives for these columns, and at this time with defaults."""
    lines, calls = ["def f(row, given, now):"], dict[str, Any]()
    for number, (name, default) in enumerate(defaults.items()):
        calls[f"default_{number}"] = default
        lines += [f"  row[{name!r}] = {'now' if default is itself else f'default_{number}(now)'}"]
    for number, (name, intake) in enumerate(intakes.items()):
        source, names = intake.source(f"_{number}")
        calls |= names
        lines += [f"  if (value := given.get({name!r})) is not None: row[{name!r}] = {source}"]
    fill: Callable[[Row, Mapping[str, Any], datetime], Row] = written("\n".join([*lines, "  return row"]), calls)
    return fill


def key_of_values(
    columns: Mapping[str, tuple[DataType, Convert]], *, finds_null: bool
) -> Callable[[Mapping[str, Any]], Key | None]:
    """Return what makes a key of values by field, each column with its type and what makes part of a key of it.

    There is no key of a NULL, unless it `finds_null`. What the types refuse raises `ValueRefused`.
    """
    lines, calls = ["def f(values):"], dict[str, Any]()
    for number, (name, (type_, encode)) in enumerate(columns.items()):
        calls |= {f"accept_{number}": type_.accept, f"encode_{number}": encode}
        absent = f"part_{number} = encode_{number}(None)" if finds_null else "return None"
        lines += [f"  value = values.get({name!r})", f"  if value is None: {absent}"]
        part = _part_at_once(type_, encode)
        if part is not None and type_.is_plain is not None:
            lines += [f"  elif {type_.is_plain}: part_{number} = {part}"]
        lines += [f"  else: part_{number} = encode_{number}(accept_{number}(value))"]
    parts = "".join(f"part_{number}, " for number in range(len(columns)))
    key: Callable[[Mapping[str, Any]], Key | None] = written("\n".join([*lines, f"  return ({parts})"]), calls)
    return key


def _part_at_once(type_: DataType, encode: Convert) -> str | None:
    """Return the Python text of what `encode` makes of a `value` that is stored as it is; None, where it is asked."""
    if encode in (itself, itself_or_null):
        return "value"
    return f"value.{type_.key_attribute}" if encode is type_.key and type_.key_attribute is not None else None
