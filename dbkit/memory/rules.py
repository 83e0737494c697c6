"""From an entity's SQLAlchemy table to the rules that the twin enforces.

Whatever cannot be evaluated is refused here, by name: the twin has no gaps that a test could fall through.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from sqlalchemy import CheckConstraint, Column, ColumnElement
from sqlalchemy.sql.elements import TextClause

from dbkit.memory.datatype import DataType
from dbkit.memory.datatypes import datatype_of
from dbkit.memory.defaults import Default, default_of
from dbkit.memory.expressions import Scope, compile_expression
from dbkit.memory.index_room import rooms_of
from dbkit.memory.indexes import (
    Index,
    IndexColumn,
    encoder,
    key_of_columns,
    key_of_parts,
    key_without_nulls,
    live_key,
    partial_key,
)
from dbkit.memory.literals import RuleUnknown, is_by_code_point
from dbkit.memory.logic import Evaluate
from dbkit.memory.refusal import ValueRefused
from dbkit.memory.table import AnyEntity, Check, Table
from dbkit.memory.unread import unread_rules
from dbkit.models.order import Order, OrderColumn
from dbkit.models.unique import UniqueKey
from dbkit.types.errors import ConfigurationInvalid
from dbkit.types.filter import IgnoringCase, Range

__all__ = ["TableReader", "unknown_rule"]

_WHERE_TO_TEACH = (
    "Write it with SQLAlchemy's own expressions, or teach the twin: types in dbkit/memory/datatypes.py, functions and "
    "operators in functions.py, anything else in expressions.py."
)


def unknown_rule(entity: AnyEntity, rule: str, reason: object) -> ConfigurationInvalid:
    """Return the error for a rule that the twin cannot evaluate."""
    return ConfigurationInvalid(
        f"the in-memory twin cannot evaluate {rule}: {reason}", entity=entity.name, advice=_WHERE_TO_TEACH
    )


class TableReader:
    """Reads the rules of one table; `place` is the table's in the states of a database."""

    def __init__(self, entity: AnyEntity, place: int = 0) -> None:
        self._entity = entity
        self._place = place
        self._columns = list(entity.table.columns)
        if {column.name for column in self._columns} != set(entity.fields):
            raise unknown_rule(entity, "the table", "its columns are not the fields of its value")
        self._types = {column.name: self._type(column) for column in self._columns}
        self._scope = Scope(self._types, is_written=True)

    def read(self) -> Table:
        """Return the table, or raise `ConfigurationInvalid` for a rule that cannot be evaluated."""
        for rule, reason in unread_rules(self._entity.table):
            raise unknown_rule(self._entity, rule, reason)
        table = Table(
            entity=self._entity,
            types=self._types,
            defaults=dict(self._defaults()),
            generated=tuple(self._generated()),
            required=tuple(column.name for column in self._columns if not column.nullable),
            checks=tuple(sorted(self._checks(), key=lambda check: check.name)),
            numbered=self._numbered(),
            rooms=rooms_of(self._entity.table, self._types),
        )
        self._refuse_folding()
        table.unique = tuple((key, self._unique(key)) for key in self._entity.unique_keys.values())
        table.primary = table.unique[0][1]
        for order in self._entity.orders.values():
            self._refuse_collation(order)
            if not any(_serves(index, order) for index in table.indexes):
                table.others += (self._ordered(order.columns, live_only=order.live_only),)
        return table

    def index_over(self, names: tuple[str, ...]) -> Index:
        """Return a new index that finds rows by these columns."""
        return self._ordered(tuple(self._ascending(name) for name in names), live_only=False)

    def _ascending(self, name: str) -> OrderColumn:
        return OrderColumn(name, descending=False, nullable=bool(self._entity.table.c[name].nullable))

    def _type(self, column: Column[Any]) -> DataType:
        type_ = datatype_of(column.type)
        if type_ is None:
            raise unknown_rule(self._entity, f"the type of {column.name}", repr(column.type))
        return type_

    def _compiled(self, rule: str, element: Any, wanted: DataType | None = None) -> Evaluate:
        try:
            return compile_expression(element, self._scope, wanted).evaluate
        except RuleUnknown as unknown:
            reason: object = unknown
        except ValueRefused:
            reason = f"a literal does not fit its type: {element}"
        raise unknown_rule(self._entity, rule, reason)

    def _defaults(self) -> Iterator[tuple[str, Default]]:
        for column in self._columns:
            if column.computed is not None or column.identity is not None:
                continue
            try:
                default = default_of(column, self._types[column.name])
            except RuleUnknown as unknown:
                default, reason = None, str(unknown)
            else:
                reason = self._missing_number(column)
            if reason:
                raise unknown_rule(self._entity, f"the default of {column.name}", reason)
            if default is not None:
                yield column.name, default

    def _missing_number(self, column: Column[Any]) -> str:
        is_serial = column is self._entity.table.autoincrement_column and column.name not in self._entity.new_fields
        return "a value that the server numbers by itself" if is_serial else ""

    def _numbered(self) -> str | None:
        name: str | None = None
        for column in self._columns:
            identity = column.identity
            if identity is None:
                continue
            options = (identity.start, identity.increment, identity.minvalue)
            counts_from_one = all(option in (None, 1) for option in options) and identity.maxvalue is None
            if name is not None or column.name in self._entity.new_fields or not counts_from_one:
                reason = "it is given, or not the only one, or does not count 1, 2, 3"
                raise unknown_rule(self._entity, f"the identity {column.name}", reason)
            name = column.name
        return name

    def _generated(self) -> Iterator[tuple[str, Evaluate]]:
        for column in self._columns:
            if column.computed is not None:
                rule = f"the generated column {column.name}"
                yield column.name, self._compiled(rule, column.computed.sqltext, self._types[column.name])

    def _checks(self) -> Iterator[Check]:
        for constraint in self._entity.table.constraints:
            if isinstance(constraint, CheckConstraint):
                name = str(constraint.name)
                evaluate = self._compiled(f"the check {name}", constraint.sqltext)
                yield Check(name, self._entity.fields_of(name), evaluate)

    def _refuse_folding(self) -> None:
        """Refuse filters that need the case or the order of a collation that is the server's own."""
        for name, field in self._entity.filter.model_fields.items():
            kinds = [part for part in get_args(field.annotation) if isinstance(part, type)]
            needs_code_points = any(issubclass(kind, IgnoringCase | Range) for kind in kinds)
            if needs_code_points and not is_by_code_point(self._types.get(name)):
                raise unknown_rule(self._entity, f"the filter on {name}", 'its collation is not "C"')

    def _unique(self, key: UniqueKey) -> Index:
        if key.deferrable:
            raise unknown_rule(self._entity, f"the unique constraint {key.name}", "it is deferrable")
        plain = tuple(self._ascending(element.name) for element in key.elements if isinstance(element, Column))
        rule = f"the unique key {key.name}"
        if len(plain) != len(key.elements):
            return self._functional(key, rule)
        index = self._index(key.name, plain, is_unique=True)
        return self._restricted(index, key, rule, nullable=any(column.nullable for column in plain))

    def _functional(self, key: UniqueKey, rule: str) -> Index:
        parts = [self._part(rule, element) for element in key.elements]
        index = Index(self._place, key.name, (), key_of_parts(parts), is_unique=True)
        return self._restricted(index, key, rule, nullable=True)

    def _part(self, rule: str, element: ColumnElement[Any]) -> Evaluate:
        if isinstance(element, TextClause):
            raise unknown_rule(self._entity, rule, f"SQL text: {element}")
        try:
            compiled = compile_expression(element, self._scope)
        except RuleUnknown as unknown:
            compiled, reason = None, str(unknown)
        else:
            reason = f"the type of {element}"
        if compiled is None or compiled.type is None:
            raise unknown_rule(self._entity, rule, reason)
        encode, evaluate = encoder(compiled.type, nullable=True), compiled.evaluate
        return lambda row: encode(evaluate(row))

    def _restricted(self, index: Index, key: UniqueKey, rule: str, *, nullable: bool) -> Index:
        """Return the index with only the rows that may clash: those of its predicate, without NULLs."""
        find = index.key
        if nullable and not key.nulls_not_distinct:
            find = key_without_nulls(find)  # type: ignore[arg-type]
        leaves_out_nulls = nullable and not key.nulls_not_distinct
        is_live = self._is_live(key.predicate)
        if key.predicate is not None:
            find = live_key(find) if is_live else partial_key(find, self._compiled(rule, key.predicate))
        is_partial = key.predicate is not None or leaves_out_nulls
        live_only = is_live and not leaves_out_nulls
        return replace(index, key=find, is_partial=is_partial, live_only=live_only)

    def _is_live(self, predicate: ColumnElement[bool] | None) -> bool:
        """Tell whether a predicate says that a row is not soft-deleted, and no more."""
        if predicate is None or not self._entity.is_soft_deleted:
            return False
        return predicate.compare(self._entity.table.c.deleted_at.is_(None))

    def _ordered(self, columns: tuple[OrderColumn, ...], *, live_only: bool) -> Index:
        """Return an index over all rows, or all live ones, in a total order."""
        present = {column.name for column in columns}
        ties = tuple(self._ascending(name) for name in self._entity.key if name not in present)
        index = self._index(",".join(column.name for column in columns), columns + ties, is_unique=False)
        if not live_only:
            return index
        key = live_key(index.key)
        return replace(index, key=key, is_partial=True, live_only=True)

    def _index(self, name: str, orders: tuple[OrderColumn, ...], *, is_unique: bool) -> Index:
        if orders[0].descending:
            orders = tuple(order.reversed() for order in orders)
        columns = tuple(map(self._index_column, orders))
        key = key_of_columns([(column.order.name, column.encode) for column in columns], self._types)
        return Index(self._place, name, columns, key, is_unique)

    def _index_column(self, order: OrderColumn) -> IndexColumn:
        encode = encoder(self._types[order.name], nullable=order.nullable, turned=order.descending)
        return IndexColumn(order, order.descending, encode)

    def _refuse_collation(self, order: Order) -> None:
        for column in order.columns:
            if not is_by_code_point(self._types[column.name]):
                reason = f'the collation of {column.name} is not "C", so its order is the server\'s own'
                raise unknown_rule(self._entity, f"the order {order.name}", reason)


def _serves(index: Index, order: Order) -> bool:
    """Tell whether walking the index, one way or the other, gives the order."""
    if (index.is_partial or order.live_only) and not (index.live_only and order.live_only):
        return False
    forward = tuple(column.order for column in index.columns)
    # Beyond a unique key there are no ties to break.
    wanted = order.columns[: len(forward)] if index.is_unique else order.columns
    shown = forward[: len(wanted)]
    return bool(forward) and wanted in (shown, tuple(column.reversed() for column in shown))
