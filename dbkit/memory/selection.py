"""Queries: which index to walk, from where to where, and what to leave out on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from dbkit.memory.conditions import bounds_of, refusal_of, sought, test_of
from dbkit.memory.indexes import Index, IndexColumn, Key, State
from dbkit.memory.logic import Row
from dbkit.memory.ordered import LAST
from dbkit.memory.table import Table
from dbkit.types.errors import ValueInvalid
from dbkit.types.filter import Deleted
from dbkit.verbs.query import Query

__all__ = ["Plan", "Selector"]


@dataclass(frozen=True, slots=True)
class Plan:
    """An index to walk for queries of one shape, backwards or not.

    `bound` are its leading columns that the query binds to one value, `next` the column after them.
    """

    index: Index
    is_backward: bool
    bound: tuple[IndexColumn, ...]
    next: IndexColumn | None


class Selector:
    """Answers the queries of one table. The plan for each shape of query is made once."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._plans: dict[Any, Plan] = {}

    def rows(self, state: State, query: Query) -> Iterator[Row]:
        """Return the rows of a query in order; finding the first takes O(log n), as long as an index serves.

        Raises `ValueInvalid` for a value that its type refuses.
        """
        try:
            return self._rows(state, query)
        except ValueInvalid as error:
            refused = refusal_of(self._table, query.conditions) or error
        raise refused

    def _rows(self, state: State, query: Query) -> Iterator[Row]:
        plan = self._plans.get(query.shape)
        if plan is None:
            plan = self._plans[query.shape] = self.plan(query)
        bound = {column.order.name for column in plan.bound}
        values = self._bound_values(query)
        low, high = self._bounds(plan, query, values)
        rows = plan.index.tree(state).values(low, high, reverse=plan.is_backward)
        for condition in query.conditions:
            if condition.field not in bound:
                rows = filter(test_of(self._table, condition), rows)
        return self._of_life(rows, plan.index, query.deleted)

    def test(self, query: Query) -> Callable[[Row], bool]:
        """Return the test of a row that a query selects, on whatever page of it."""
        tests = [test_of(self._table, condition) for condition in query.conditions]
        if self._table.entity.is_soft_deleted and query.deleted is not Deleted.ANY:
            wants_live = query.deleted is Deleted.LIVE
            tests.append(lambda row: (row["deleted_at"] is None) is wants_live)
        return lambda row: all(test(row) for test in tests)

    def _of_life(self, rows: Iterator[Row], index: Index, deleted: Deleted) -> Iterator[Row]:
        if not self._table.entity.is_soft_deleted or deleted is Deleted.ANY:
            return rows
        if index.live_only:
            # No other query walks it.
            return rows
        if deleted is Deleted.LIVE:
            return (row for row in rows if row["deleted_at"] is None)
        return (row for row in rows if row["deleted_at"] is not None)

    def _bound_values(self, query: Query) -> dict[str, Any]:
        """Return the stored values that the query binds columns to."""
        return {
            condition.field: sought(self._table, condition.field, condition.value)
            for condition in query.conditions
            if condition.kind is object
        }

    def _bounds(self, plan: Plan, query: Query, values: dict[str, Any]) -> tuple[Key, Key]:
        """Return the keys between which the rows lie: from the first, included, to the second, excluded."""
        prefix = tuple(column.encode(values[column.order.name]) for column in plan.bound)
        low, high = prefix, (*prefix, LAST)
        if plan.next is not None:
            for condition in query.conditions:
                if condition.field == plan.next.order.name:
                    start, stop = bounds_of(self._table, condition, plan.next)
                    low, high = prefix + start, prefix + stop
        if query.position is not None:
            at = self._key_at(plan.index, query, values)
            low, high = (low, min(high, at)) if plan.is_backward else (max(low, (*at, LAST)), high)
        return low, high

    def _key_at(self, index: Index, query: Query, values: dict[str, Any]) -> Key:
        """Return the key of the query's position, as far as the index goes with it."""
        assert query.position is not None
        left = dict(zip((column.name for column in query.order), query.position, strict=True))
        key: list[Any] = []
        for column in index.columns:
            name = column.order.name
            if name not in values and name not in left:
                break
            value = values[name] if name in values else left[name]
            key.append(column.encode(None if value is None else sought(self._table, name, value)))
        return tuple(key)

    def plan(self, query: Query) -> Plan:
        """Return the plan whose index narrows the query most; each order has an index that serves it."""
        bound = {condition.field for condition in query.conditions if condition.kind is object}
        plans = [plan for index in self._table.indexes for plan in _plans(index, query, bound)]
        # Of two that bind equally much the next column is the same: the first of the order that is left.
        return max(plans, key=lambda plan: len(plan.bound))


def _plans(index: Index, query: Query, bound: set[str]) -> Iterator[Plan]:
    """Yield the way to walk the index in the query's order, if there is one."""
    if not index.columns or (index.is_partial and not (index.live_only and query.deleted is Deleted.LIVE)):
        return
    leading = tuple(takewhile(lambda column: column.order.name in bound, index.columns))
    following = index.columns[len(leading) :]
    free = tuple(column.order for column in index.columns if column.order.name not in bound)
    # Each index goes as far as a key, beyond which there are no ties to break.
    wanted = query.order[: len(free)]
    shown = free[: len(wanted)]
    if wanted == shown:
        yield Plan(index, is_backward=False, bound=leading, next=following[0] if following else None)
    elif wanted == tuple(order.reversed() for order in shown):
        yield Plan(index, is_backward=True, bound=leading, next=following[0])
