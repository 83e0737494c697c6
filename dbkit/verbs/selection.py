"""Rows that an operation chooses by conditions of its own, beyond what a filter can say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy import Boolean, ColumnElement
from sqlalchemy.types import NullType

from dbkit.types.errors import ValueInvalid

__all__ = ["Changes", "Selection", "SelectionLock"]

SelectionLock: TypeAlias = Literal["wait", "skip locked", "key share"]
"""What to do about rows that another transaction holds: wait for it, or leave them out.

`key share` waits, and holds the rows against being removed or given another key alone; the others hold them alone.
"""

Changes: TypeAlias = Mapping[str, Any]
"""New values by column: plain values, or SQLAlchemy expressions over the row as it was."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows of one table: all that meet the conditions, in order, up to a limit.

    `conditions` are SQLAlchemy expressions over columns of the entity's table. They say all: a
    soft-deleted row is among the rows unless a condition leaves it out. `order_by` names columns,
    with `-` before a descending one. `lock` holds the rows until the transaction ends. A condition that
    is neither true nor false raises `ValueInvalid`.
    """

    conditions: tuple[ColumnElement[bool], ...]
    order_by: tuple[str, ...] = ()
    limit: int | None = None
    lock: SelectionLock | None = None

    def __post_init__(self) -> None:
        for condition in self.conditions:
            if not isinstance(condition.type, Boolean | NullType):
                raise ValueInvalid("a condition is neither true nor false", fields=("conditions",))
