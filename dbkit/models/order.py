"""Orders: the ways to page through a table that an index serves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Index, Table, UnaryExpression, UniqueConstraint
from sqlalchemy.sql.operators import desc_op

__all__ = ["Order", "OrderColumn", "orders_of"]


@dataclass(frozen=True)
class OrderColumn:
    """One column of an order. NULLs come last ascending and first descending, as in PostgreSQL."""

    name: str
    descending: bool
    nullable: bool

    def reversed(self) -> OrderColumn:
        """Return the same column the other way round."""
        return OrderColumn(self.name, not self.descending, self.nullable)


@dataclass(frozen=True)
class Order:
    """A total order: an index's columns and, where rows may tie in them, those of the primary key that it lacks.

    Its name lists the index's columns after the tenant, with `-` before a descending one.
    `live_only` tells that the index holds live rows only, so a query has to ask for just those.
    """

    name: str
    columns: tuple[OrderColumn, ...]
    live_only: bool = False


def orders_of(table: Table, tenant: str | None) -> dict[str, Order]:
    """Return a table's orders by name: the primary key's first, each followed by its reverse."""
    found: dict[str, Order] = {}
    for index in _indexed(table):
        for columns in (index.columns, tuple(column.reversed() for column in index.columns)):
            order = _order(table, tenant, columns, index)
            # A unique key of the tenant alone orders nothing inside of it.
            if order.name:
                found.setdefault(order.name, order)
    return found


@dataclass(frozen=True)
class _Indexed:
    """Columns that an index holds in order."""

    columns: tuple[OrderColumn, ...]
    is_unique: bool
    live_only: bool = False

    @property
    def is_total(self) -> bool:
        """Whether no two rows share a place; NULLs of a unique index may."""
        return self.is_unique and not any(column.nullable for column in self.columns)


def _indexed(table: Table) -> Iterator[_Indexed]:
    yield _Indexed(_ascending(table.primary_key.columns), is_unique=True)
    constraints = [constraint for constraint in table.constraints if isinstance(constraint, UniqueConstraint)]
    for constraint in sorted(constraints, key=lambda constraint: str(constraint.name)):
        yield _Indexed(_ascending(constraint.columns), is_unique=True)
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        columns = _plain_columns(index)
        predicate = index.dialect_options["postgresql"]["where"]
        live = "deleted_at" in table.c and predicate is not None and predicate.compare(table.c.deleted_at.is_(None))
        if columns and (predicate is None or live):
            yield _Indexed(columns, is_unique=bool(index.unique), live_only=live)


def _ascending(columns: Iterable[Column[Any]]) -> tuple[OrderColumn, ...]:
    return tuple(OrderColumn(column.name, descending=False, nullable=bool(column.nullable)) for column in columns)


def _plain_columns(index: Index) -> tuple[OrderColumn, ...]:
    """Return an index's columns; none, if it has an expression, whose value no cursor holds."""
    columns = []
    for element in index.expressions:
        if isinstance(element, str):
            return ()
        column, descending = _undirected(element)
        if not isinstance(column, Column):
            return ()
        columns.append(OrderColumn(column.name, descending, bool(column.nullable)))
    return tuple(columns)


def _undirected(element: ColumnElement[Any]) -> tuple[ColumnElement[Any], bool]:
    if isinstance(element, UnaryExpression) and element.modifier is desc_op:
        return element.element, True
    return element, False


def _order(table: Table, tenant: str | None, columns: tuple[OrderColumn, ...], index: _Indexed) -> Order:
    """Return a total order: an index's, with the key's remaining columns where rows may tie."""
    key = [column.name for column in table.primary_key]
    present = {column.name for column in columns}
    rest = () if index.is_total else tuple(name for name in key if name not in present)
    ties = tuple(OrderColumn(name, columns[-1].descending, nullable=False) for name in rest)
    return Order(_name(columns, tenant, key), columns + ties, index.live_only)


def _name(columns: tuple[OrderColumn, ...], tenant: str | None, key: list[str]) -> str:
    """Return the order's name: without the tenant, and without the key's last column where it only breaks ties."""
    shown = [column for column in columns if column.name != tenant]
    if len(shown) > 1 and shown[-1].name == key[-1] and any(column.name not in key for column in shown):
        shown.pop()
    return ",".join(f"-{column.name}" if column.descending else column.name for column in shown)
