"""Rows chosen by an operation's own conditions: found by an index as far as these bind columns, and then tested."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import BinaryExpression, BindParameter, Column, ColumnElement, Null
from sqlalchemy.sql import operators
from sqlalchemy.sql.visitors import iterate

from dbkit.memory.conditions import sought
from dbkit.memory.datatypes import TimestampType, datatype_of
from dbkit.memory.expressions import NOW, Scope, compile_expression
from dbkit.memory.functions import cast_between
from dbkit.memory.indexes import Index, IndexColumn, State
from dbkit.memory.logic import Row
from dbkit.memory.refusal import ValueRefused
from dbkit.memory.shuffling import Order, as_found
from dbkit.memory.table import Table, first_refused, refused
from dbkit.types.errors import ValueInvalid
from dbkit.verbs.ordering import in_order
from dbkit.verbs.selection import Changes, Selection
from dbkit.verbs.typed import require_types

__all__ = ["Chooser"]

_MEMBERSHIPS = (operators.in_op, operators.not_in_op)
_EQUALITIES = (operators.eq, operators.is_, operators.is_not_distinct_from)


class Chooser:
    """Answers the selections of one table."""

    def __init__(self, table: Table, decode: Callable[[Row], Any]) -> None:
        self._table = table
        self._decode = decode
        self._scope = Scope({**table.types, NOW: TimestampType()})

    def rows(self, state: State, selection: Selection, now: datetime, order: Order = as_found) -> list[tuple[Row, Any]]:
        """Return the rows of a selection with their values, in its order; what that leaves open `order` says."""
        self.require_values(selection.conditions)
        with self._telling():
            meeting = list(self._meeting(state, selection.conditions, now))
        found = [(row, self._decode(row)) for row in order(meeting)]
        by_value = {id(value): row for row, value in found}
        values = in_order([value for _, value in found], selection.order_by, self._table.entity.table)
        return [(by_value[id(value)], value) for value in values[: selection.limit]]

    def meets(self, row: Row, selection: Selection, now: datetime) -> bool:
        """Tell whether a row meets the conditions of a selection, by which rows have been chosen before."""
        seen = self._with_time(row, now)
        with self._telling():
            return all(compile_expression(each, self._scope).evaluate(seen) for each in selection.conditions)

    def changes(self, row: Row, changes: Changes, now: datetime) -> dict[str, Any]:
        """Return the stored values that these changes give a row."""
        seen = self._with_time(row, now)
        return {name: self._changed(name, value, seen) for name, value in changes.items()}

    def _changed(self, name: str, value: Any, row: Row) -> Any:
        if not isinstance(value, ColumnElement):
            return self._table.stored(name, value)
        self.require_values([value])
        type_ = self._table.types[name]
        with self._telling():
            compiled = compile_expression(value, self._scope, type_)
            result = compiled.evaluate(row)
            assign = cast_between(compiled.type, type_) or type_.accept
            return None if result is None else type_.packed(assign(result))

    def _meeting(self, state: State, conditions: tuple[ColumnElement[bool], ...], now: datetime) -> Iterator[Row]:
        tests = [compile_expression(condition, self._scope).evaluate for condition in conditions]
        for row in self._candidates(state, conditions):
            seen = self._with_time(row, now)
            if all(test(seen) for test in tests):
                yield row

    def _candidates(self, state: State, conditions: tuple[ColumnElement[bool], ...]) -> Iterator[Row]:
        """Return the rows that may meet the conditions: of the index of which these bind the most columns."""
        bound = dict(self._bound(conditions))
        indexes = [index for index in self._table.indexes if _serves(index, bound)]
        index, columns = max(((each, _leading(each, bound)) for each in indexes), key=lambda pair: len(pair[1]))
        return index.rows(state, tuple(column.encode(bound[column.order.name]) for column in columns))

    def _bound(self, conditions: tuple[ColumnElement[bool], ...]) -> Iterator[tuple[str, Any]]:
        """Yield the columns that have to be equal to one value, with its stored form, or NULL."""
        for each in conditions:
            if isinstance(each, BinaryExpression) and isinstance(each.left, Column) and each.operator in _EQUALITIES:
                name, right = each.left.name, each.right
                value = right.value if isinstance(right, BindParameter) else None
                if value is not None:
                    yield from self._bound_to(name, value)
                elif isinstance(right, Null) and name not in self._table.required:
                    yield name, None

    def _bound_to(self, name: str, value: Any) -> Iterator[tuple[str, Any]]:
        try:
            yield name, sought(self._table, name, value)
        except ValueInvalid:
            # The condition itself says what becomes of a value that the type does not take.
            return

    def require_values(self, values: Iterable[Any]) -> None:
        """Raise `ValueInvalid` for expressions among values that the server refuses whatever the rows are."""
        expressions = [each for each in values if isinstance(each, ColumnElement)]
        require_types(expressions, self._table.name)
        parts = [part for expression in expressions for part in iterate(expression)]
        refused_as = first_refused([value for part in parts for value in _values_of(part)], self._table.name)
        if refused_as is not None:
            raise refused_as

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Raise `ValueInvalid` where an expression cannot be evaluated over a row."""
        try:
            yield
        except ValueRefused as refusal:
            refused_as = refused(refusal, "")
        else:
            return
        refused_as.entity = self._table.name
        raise refused_as

    def _with_time(self, row: Row, now: datetime) -> dict[str, Any]:
        seen = row.copy()
        seen[NOW] = now
        return seen


def _values_of(element: Any) -> Iterator[tuple[str, Callable[[Any], Any], Any]]:
    """Yield the values that a parameter stands for, each with its name and what takes it in."""
    if isinstance(element, BinaryExpression) and element.operator in _MEMBERSHIPS:
        # The values of a list are sent as what is sought among them, whatever they are in Python.
        bind, type_ = element.right, datatype_of(element.left.type)
    else:
        bind, type_ = element, datatype_of(element.type) if isinstance(element, BindParameter) else None
    if type_ is None or not isinstance(bind, BindParameter) or bind.expanding is (bind is element):
        return
    values = bind.effective_value if bind.expanding else [bind.effective_value]
    accept = type_.unlimited.accept_element if bind.expanding else type_.unlimited.accept
    for value in values or ():
        if value is not None:
            yield str(bind._orig_key), accept, value  # noqa: SLF001


def _serves(index: Index, bound: Mapping[str, Any]) -> bool:
    """Tell whether an index holds all rows in which these columns have these values."""
    if not index.columns:
        return False
    return not index.is_partial or (index.live_only and bound.get("deleted_at", ...) is None)


def _leading(index: Index, bound: Mapping[str, Any]) -> tuple[IndexColumn, ...]:
    """Return the leading columns of an index that are bound."""
    return tuple(takewhile(lambda column: column.order.name in bound, index.columns))
