"""Where a page starts: the rows after a position in an order, NULLs and ties included.

PostgreSQL sorts NULL last ascending and first descending. A row comparison is all it takes where
no column is nullable and all run the same way; it loses rows with NULL in any other case.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Table, and_, false, or_, tuple_

from dbkit.models.order import OrderColumn
from dbkit.sqldb.compiled import Parameters
from dbkit.sqldb.conditions import by_code_point

__all__ = ["after", "order_by", "values_after"]

_Part = tuple[OrderColumn, ColumnElement[Any], BindParameter[Any] | None]


def after(
    table: Table, order: Sequence[OrderColumn], nulls: Sequence[bool], parameters: Parameters
) -> ColumnElement[bool]:
    """Return the clause for the rows after a position; `nulls` says where the position has NULL."""
    parts: list[_Part] = [
        (column, by_code_point(table.c[column.name]), None if is_null else parameters.one(table.c[column.name]))
        for column, is_null in zip(order, nulls, strict=True)
    ]
    if not parts:
        return false()
    run = _run(parts)
    if len(run) == len(parts):
        return _row_comparison(run, strictly=True)
    # The bound alone decides little, but an index can start from it, and from an OR it cannot.
    return and_(_row_comparison(run, strictly=False), _after(parts)) if run else _after(parts)


def values_after(position: Sequence[Any]) -> tuple[Any, ...]:
    """Return the values of the clause's parameters."""
    return tuple(part for part in position if part is not None)


def order_by(table: Table, order: Sequence[OrderColumn]) -> list[ColumnElement[Any]]:
    """Return the columns of ORDER BY."""
    columns = [(by_code_point(table.c[column.name]), column.descending) for column in order]
    return [column.desc() if descending else column.asc() for column, descending in columns]


def _run(parts: Sequence[_Part]) -> list[_Part]:
    """Return the first parts that can be compared as one row."""
    run: list[_Part] = []
    for part in parts:
        if part[0].nullable or part[0].descending != parts[0][0].descending:
            break
        run.append(part)
    return run


def _row_comparison(run: Sequence[_Part], *, strictly: bool) -> ColumnElement[bool]:
    columns: Any = [column for _, column, _ in run]
    bounds: Any = [bound for _, _, bound in run]
    left, right = (columns[0], bounds[0]) if len(run) == 1 else (tuple_(*columns), tuple_(*bounds))
    descending = run[0][0].descending
    compared: ColumnElement[bool]
    if strictly:
        compared = left < right if descending else left > right
    else:
        compared = left <= right if descending else left >= right
    return compared


def _after(parts: Sequence[_Part]) -> ColumnElement[bool]:
    """Return: the first part is after its position, or it is equal and the rest is after theirs."""
    beyond = _beyond(parts[0])
    if len(parts) == 1:
        return beyond
    tie = and_(_equal(parts[0]), _after(parts[1:]))
    return or_(beyond, tie)


def _beyond(part: _Part) -> ColumnElement[bool]:
    order, column, bound = part
    if bound is None:
        # Descending, every value comes after NULL; ascending, nothing does.
        return column.is_not(None) if order.descending else false()
    if order.descending:
        return column < bound
    return or_(column > bound, column.is_(None)) if order.nullable else column > bound


def _equal(part: _Part) -> ColumnElement[bool]:
    _, column, bound = part
    return column.is_(None) if bound is None else column == bound
