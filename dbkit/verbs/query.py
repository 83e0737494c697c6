"""Queries: a filter, an order and a position, understood once for every backend."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import to_json
from sqlalchemy import ARRAY, String
from sqlalchemy.types import TypeEngine

from dbkit.models.entity import Entity
from dbkit.models.order import Order, OrderColumn
from dbkit.types.errors import CursorInvalid, ValueInvalid
from dbkit.types.filter import AnyOf, Contains, Deleted, EveryTenant, Filter, IgnoringCase, NullTest, Prefix, Range
from dbkit.types.page import Cursor, Page, decode_cursor, encode_cursor
from dbkit.verbs.mistaken import advice_for, mistaken

__all__ = ["PAGE_LIMIT_MAX", "Condition", "Query", "QueryReader"]

PAGE_LIMIT_MAX = 1_000
"""Most rows of a page; an iteration has no such limit."""

_CONDITIONS = (AnyOf, Contains, Range, Prefix, IgnoringCase, NullTest)


@dataclass(frozen=True, slots=True)
class Condition:
    """One field of a filter: `kind` is its condition's class, or `object` for plain equality."""

    field: str
    kind: type
    value: Any


@dataclass(frozen=True)
class Query:
    """What a page, a count or an iteration asks for.

    `order` leaves out columns that the filter binds to one value. `position` is the last row's
    order columns: rows after it are wanted.
    """

    conditions: tuple[Condition, ...]
    deleted: Deleted
    order: tuple[OrderColumn, ...]
    position: tuple[Any, ...] | None
    binding: bytes

    @cached_property
    def shape(self) -> tuple[Any, ...]:
        """What a backend may keep a compiled statement by: all but the values."""
        conditions = tuple((condition.field, condition.kind, _detail(condition)) for condition in self.conditions)
        started = None if self.position is None else tuple(part is None for part in self.position)
        return conditions, self.deleted, self.order, started

    def after(self, position: tuple[Any, ...]) -> Query:
        """Return the same query, from another position on."""
        return Query(self.conditions, self.deleted, self.order, position, self.binding)


def _detail(condition: Condition) -> object:
    """Return what changes the statement besides the condition's class: a range's bounds, a null test."""
    if condition.kind is Range:
        return tuple(sorted(name for name, bound in condition.value.__dict__.items() if bound is not None))
    return condition.value if condition.kind is NullTest else None


class QueryReader:
    """Reads the queries of one entity from the arguments of a call."""

    def __init__(self, entity: Entity[Any, Any, Any]) -> None:
        self._entity = entity

    def read(self, asked: Filter | None, order: str | None, cursor: str | None) -> Query:
        """Return the query, or raise `ValueInvalid` (filter, order) or `CursorInvalid`."""
        filter_ = self._filter(asked)
        conditions = tuple(
            self._condition(name, value)
            for name, value in filter_.conditions().items()
            if name != "deleted" and not isinstance(value, EveryTenant)
        )
        chosen = self._order(order, getattr(filter_, "deleted", Deleted.ANY))
        bound = {condition.field for condition in conditions if condition.kind is object}
        query = Query(
            conditions,
            getattr(filter_, "deleted", Deleted.ANY),
            tuple(column for column in chosen.columns if column.name not in bound),
            None,
            f"{self._entity.name} {chosen.name} {self._shown(filter_)}".encode(),
        )
        return query if cursor is None else query.after(self._position(query, cursor))

    def limit(self, limit: int) -> int:
        """Return a page's limit, or raise `ValueInvalid`."""
        if not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= PAGE_LIMIT_MAX:
            what = f"limit must be a whole number from 1 to {PAGE_LIMIT_MAX}"
            raise ValueInvalid(
                what,
                entity=self._entity.name,
                fields=("limit",),
                advice="To read more rows, follow `next`, or iterate.",
            )
        return limit

    def page(self, query: Query, values: list[Any], limit: int) -> Page[Any]:
        """Return the page of a query that asked for one row more than the limit."""
        if len(values) <= limit:
            return Page(tuple(values), None)
        items = tuple(values[:limit])
        return Page(items, self._cursor(query, items[-1]))

    def position_of(self, query: Query, value: Any) -> tuple[Any, ...]:
        """Return a value's position in the query's order."""
        return tuple(getattr(value, column.name) for column in query.order)

    def _cursor(self, query: Query, last: Any) -> Cursor:
        return encode_cursor(query.binding, self.position_of(query, last))

    def _filter(self, asked: Filter | None) -> Filter:
        if asked is not None and isinstance(asked, self._entity.filter):
            return asked
        if asked is None and self._entity.tenant is None:
            empty: Filter = self._entity.filter()
            return empty
        own = self._entity.filter
        if isinstance(asked, Filter) and type(asked) is not Filter and issubclass(own, type(asked)):
            # An outbox of one's own narrows the topics of dbkit's; what asks for none of them is meant for both.
            narrowed: Filter = own(**vars(asked))
            return narrowed
        raise ValueInvalid(
            mistaken(own, asked),
            entity=self._entity.name,
            fields=("filter",),
            advice=advice_for(own, asked, "filter"),
        )

    def _shown(self, filter_: Filter) -> str:
        """Return a filter as text, or raise `ValueInvalid` for values that have none: nor could they be sent."""
        try:
            return filter_.model_dump_json(warnings=False)
        except Exception:  # noqa: BLE001 - a value that skipped validation may raise anything
            fields = tuple(name for name, value in filter_.conditions().items() if not _has_json(value))
        raise ValueInvalid(entity=self._entity.name, fields=fields)

    def _condition(self, name: str, value: Any) -> Condition:
        kind = _kind(value)
        column = self._entity.table.c.get(name)
        if column is None:
            what = f"there is no {name} to ask for"
        elif kind is not object and not _can_ask(column.type, kind):
            what = f"{name} cannot be asked for by {kind.__name__}"
        elif not _is_whole(kind, value):
            what = f"the {kind.__name__} of {name} has not what makes one"
        else:
            return Condition(name, kind, value)
        raise ValueInvalid(what, entity=self._entity.name, fields=(name,))

    def _order(self, name: str | None, deleted: Deleted) -> Order:
        name = self._entity.default_order if name is None else name
        order = self._entity.orders.get(name) if isinstance(name, str) else None
        if order is None:
            raise self._no_order(f"there is no order {name!r}")
        if order.live_only and deleted is not Deleted.LIVE:
            raise self._no_order(f"the order {name!r} has an index over live rows only")
        return order

    def _no_order(self, what: str) -> ValueInvalid:
        orders = ", ".join(self._entity.orders)
        return ValueInvalid(
            what, entity=self._entity.name, fields=("order",), advice=f"Orders that an index serves: {orders}."
        )

    def _position(self, query: Query, cursor: str) -> tuple[Any, ...]:
        position = decode_cursor(query.binding, cursor, self._entity.name)
        adapters = [self._adapters[column.name] for column in query.order]
        try:
            parts = zip(adapters, map(to_json, position), strict=True)
            return tuple(adapter.validate_json(part) for adapter, part in parts)
        except ValidationError:
            refused = CursorInvalid(entity=self._entity.name)
        raise refused

    @cached_property
    def _adapters(self) -> dict[str, TypeAdapter[Any]]:
        fields = self._entity.value.model_fields
        names = {column.name for order in self._entity.orders.values() for column in order.columns}
        config = ConfigDict(val_json_bytes="base64")
        return {name: TypeAdapter(fields[name].rebuild_annotation(), config=config) for name in names}


def _can_ask(type_: TypeEngine[Any], kind: type) -> bool:
    """Tell whether a column's type has what a condition asks for."""
    if kind in (Prefix, IgnoringCase):
        return isinstance(type_, String)
    return kind in (NullTest, Range) or isinstance(type_, ARRAY) is (kind is Contains)


def _is_whole(kind: type, value: Any) -> bool:
    """Tell whether a condition, which may have skipped its rules, has what makes one."""
    if kind in (Prefix, IgnoringCase):
        return isinstance(value.text, str)
    return kind not in (AnyOf, Contains) or isinstance(value.values, tuple)


def _has_json(value: Any) -> bool:
    try:
        to_json(value)
    except Exception:  # noqa: BLE001 - as above
        return False
    return True


def _kind(value: Any) -> type:
    """Return the condition's class; a generic one is the same with and without its parameter."""
    return next((kind for kind in _CONDITIONS if isinstance(value, kind)), object)
