"""Partitions of a table: their names, how long they are kept, and what their unique keys are called."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count, takewhile
from typing import Final, LiteralString

from sqlalchemy import Column, ColumnElement, Table
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.functions import Function

from dbkit.models.unique import UniqueKey

__all__ = [
    "Months",
    "default_partition",
    "is_partitioned",
    "key_of_partition",
    "months_of",
    "partition_column",
]

_MONTHS: Final = "months"
_NAME_BYTES = 63


@dataclass(frozen=True, slots=True)
class Months:
    """How many partitions of a month each a table has: `info=Months(...).info` of the model declares it.

    `ahead` are made before their time. Those whose rows are older than `kept` months are retired: they leave the
    table, and are dropped `grace_days` later. Without `kept` none is. `kept_days` is a query for the number of days
    that somebody was promised, NULL for none: so long all are kept.
    """

    ahead: int = 3
    kept: int | None = None
    grace_days: int = 7
    kept_days: LiteralString | None = None

    @property
    def info(self) -> dict[str, Months]:
        """What a table's `info` has of it."""
        return {_MONTHS: self}


def months_of(table: Table) -> Months:
    """Return what a table declares about its months, or what holds where it declares nothing."""
    declared: Months = table.info.get(_MONTHS, Months())
    return declared


def is_partitioned(table: Table) -> bool:
    """Tell whether rows live in partitions of the table: `postgresql_partition_by` says by what."""
    return bool(table.dialect_options["postgresql"]["partition_by"])


def partition_column(table: Table) -> Column[object]:
    """Return the column by whose ranges the rows of a table are parted."""
    kind, _, column = str(table.dialect_options["postgresql"]["partition_by"]).partition(" ")
    assert kind == "RANGE", kind
    return table.c[column.strip("()")]


def default_partition(table: Table) -> str:
    """Return the name of the partition for rows that no other one takes."""
    return f"{table.name}_default"


def key_of_partition(keys: tuple[UniqueKey, ...], partition: str, name: str) -> str | None:
    """Return which of a table's unique keys has this name on this partition; None, if none has.

    Checks and foreign keys keep their names on a partition. An index gets one that PostgreSQL chooses
    (ChooseIndexName), with a number behind it where that one is taken.
    """
    for key in keys:
        label = _label(key)
        if name in (_joined(partition, _columns(key), f"{label}{number}") for number in ("", *range(1, 10))):
            return key.name
    return None


def _label(key: UniqueKey) -> str:
    if key.is_primary:
        return "pkey"
    return "idx" if key.is_index else "key"


def _columns(key: UniqueKey) -> str:
    """Return what stands for the columns: nothing for a primary key."""
    if key.is_primary:
        return ""
    names: list[str] = []
    for element in key.elements:
        name = _column(element)
        numbered = (name if number == 0 else f"{name}{number}" for number in count())
        names.append(next(each for each in numbered if each not in names))
    return _cut("_".join(names), _NAME_BYTES)


def _column(element: ColumnElement[object]) -> str:
    while isinstance(element, UnaryExpression):
        element = element.element
    return str(element.name) if isinstance(element, Column | Function) else "expr"


def _joined(table: str, columns: str, label: str) -> str:
    """Return a name's parts together, the longer one cut until all fit (makeObjectName)."""
    spare = _NAME_BYTES - len(label) - 1 - bool(columns)
    lengths = [len(table.encode()), len(columns.encode())]
    while sum(lengths) > spare:
        lengths[0 if lengths[0] > lengths[1] else 1] -= 1
    parts = [_cut(table, lengths[0]), *([_cut(columns, lengths[1])] if columns else []), label]
    return "_".join(parts)


def _cut(text: str, size: int) -> str:
    """Return as many whole characters as fit."""
    ends = takewhile(lambda end: len(text[:end].encode()) <= size, range(1, len(text) + 1))
    return text[: max(ends, default=0)]
