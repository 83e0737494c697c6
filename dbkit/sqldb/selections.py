"""The statements of operations: conditions of their own, compiled once per shape as SQLAlchemy's cache key tells it.

Unlike in the verbs' statements, parameters are where SQLAlchemy finds values in an expression.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import psycopg
from psycopg.pq.abc import PGresult
from sqlalchemy import (
    ARRAY,
    CTE,
    BinaryExpression,
    BindParameter,
    Column,
    ColumnElement,
    Delete,
    Executable,
    Interval,
    Numeric,
    Select,
    Text,
    all_,
    and_,
    any_,
    bindparam,
    cast,
    delete,
    false,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.engine.interfaces import BindTyping
from sqlalchemy.sql.operators import in_op, not_in_op
from sqlalchemy.sql.visitors import replacement_traverse
from sqlalchemy.types import TypeEngine

from dbkit.models.carried import is_text_array
from dbkit.models.entity import Entity
from dbkit.models.unique import UniqueKey
from dbkit.sqldb.compiled import array_of, noting, statement_of
from dbkit.sqldb.decode import ValueDecoder
from dbkit.sqldb.encode import Parameter, WireType, dumper, wire_type
from dbkit.sqldb.statements import arbiter, statements_of
from dbkit.sqldb.wire import Statement
from dbkit.types.value import Value
from dbkit.verbs.selection import Changes, Selection
from dbkit.verbs.typed import require_types

__all__ = ["Bound", "SelectionStatements", "expression_of", "selections_of", "totals_in"]

Bound = tuple[Statement, tuple[Any, ...]]


class _Dialect(PGDialect):
    # The wire declares each parameter's type when it prepares, so the text needs no casts.
    bind_typing = BindTyping.NONE


_DIALECT = _Dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


class SelectionStatements:
    """The statements over selections of one entity's rows; shared by all its repositories."""

    def __init__(self, entity: Entity[Any, Any, Any]) -> None:
        self._entity = entity
        self._table = entity.table
        self._fields = [entity.table.c[name] for name in entity.fields]
        self._key = [entity.table.c[name] for name in entity.key]
        self._of_verbs = statements_of(entity)
        self._kept: dict[Any, tuple[Statement, tuple[int, ...]]] = {}

    @property
    def kept(self) -> tuple[Statement, ...]:
        """The statements that this process has sent so far."""
        return tuple(statement for statement, _ in self._kept.values())

    def select(self, selection: Selection) -> Bound:
        """Read the rows of a selection."""
        return self._bound(self._chosen(select(*self._fields), selection))

    def update(self, selection: Selection, changes: Changes) -> Bound:
        """Change the rows of a selection, and return them."""
        values = {**self._touched(), **self._typed(changes)}
        changed = update(self._table).values(values).returning(*self._fields)
        if selection.limit is None and selection.lock is None:
            return self._bound(changed.where(*_as_sent(selection)))
        keys = self._keys(selection)
        return self._bound(changed.where(*self._among(keys)))

    def delete(self, selection: Selection) -> Bound:
        """Delete the rows of a selection."""
        return self._bound(self._deletion(selection))

    def insert_missing(self, rows: Sequence[Value], unique_key: UniqueKey | None) -> Bound:
        """Insert the rows that no unique key, or not this one, refuses, and return them."""
        return self._bound(self._insertion(rows, unique_key).returning(*self._fields))

    def _deletion(self, selection: Selection) -> Delete:
        removed = delete(self._table)
        if selection.limit is None and selection.lock is None:
            return removed.where(*_as_sent(selection))
        return removed.where(*self._among(self._keys(selection)))

    def _insertion(self, rows: Sequence[Value], unique_key: UniqueKey | None) -> Insert:
        given = [self._of_verbs.new_values(row) for row in rows]
        columns = [self._table.c[name] for name in self._of_verbs.new_names]
        added: Insert = insert(self._table)
        if len(rows) == 1:
            pairs = zip(columns, given[0], strict=True)
            added = added.values({column.name: expression_of(value, column) for column, value in pairs})
        elif any(isinstance(column.type, ARRAY) for column in columns):
            # unnest() would take such a column's arrays apart.
            added = added.values(
                [
                    {column.name: expression_of(value, column) for column, value in zip(columns, row, strict=True)}
                    for row in given
                ]
            )
        else:
            arrays = [
                bindparam(column.name, list(values), type_=ARRAY(column.type), unique=True)
                for column, values in zip(columns, zip(*given, strict=True), strict=True)
            ]
            new = func.unnest(*arrays).table_valued(*(column.name for column in columns)).render_derived(name="new")
            added = added.from_select([column.name for column in columns], select(*new.c))
        target = {} if unique_key is None else arbiter(unique_key)
        return added.on_conflict_do_nothing(**target)

    def insert_or_change(self, new: Value, given: Changes, selection: Selection, changes: Changes) -> Bound:
        """Insert a row or, where its primary key is taken by a row of the selection, change that; return it."""
        return self._bound(self._insertion_or_change(new, given, selection, changes).returning(*self._fields))

    def _insertion_or_change(self, new: Value, given: Changes, selection: Selection, changes: Changes) -> Insert:
        columns = self._table.c
        names = self._of_verbs.new_names
        values = {**dict(zip(names, self._of_verbs.new_values(new), strict=True)), **given}
        added = insert(self._table).values(self._typed(values))
        changed = {**self._touched(), **self._typed(changes)}
        key = [columns[name] for name in self._entity.key]
        condition = and_(true(), *_as_sent(selection))
        return added.on_conflict_do_update(index_elements=key, set_=changed, where=condition)

    def totals(self, selection: Selection, by: tuple[str, ...], total: str | None) -> Bound:
        """Count the rows of a selection, or sum a column of theirs, for each combination of values; totals as text."""
        columns = [self._table.c[name] for name in by]
        amount: ColumnElement[Any] = func.count() if total is None else func.sum(self._table.c[total])
        counted = select(*columns, cast(amount, Text())).select_from(self._table).where(*_as_sent(selection))
        return self._bound(counted.group_by(*columns))

    def _chosen(self, chosen: Select[Any], selection: Selection) -> Select[Any]:
        columns = self._table.c
        order = [columns[name[1:]].desc() if name.startswith("-") else columns[name] for name in selection.order_by]
        chosen = chosen.where(*_as_sent(selection)).order_by(*order)
        if selection.limit is not None:
            chosen = chosen.limit(selection.limit)
        if selection.lock is not None:
            is_shared = selection.lock == "key share"
            skips = selection.lock == "skip locked"
            chosen = chosen.with_for_update(read=is_shared, key_share=is_shared, skip_locked=skips)
        return chosen

    def _keys(self, selection: Selection) -> CTE:
        """Return the keys of a selection, found once: as a plain subquery they might be looked for again and again."""
        return self._chosen(select(*self._key), selection).cte("chosen").prefix_with("MATERIALIZED")

    def _among(self, keys: CTE) -> list[ColumnElement[bool]]:
        return [column == keys.c[column.name] for column in self._key]

    def _typed(self, changes: Changes) -> dict[str, ColumnElement[Any]]:
        return {name: expression_of(value, self._table.c[name]) for name, value in changes.items()}

    def _touched(self) -> Mapping[str, Any]:
        return self._of_verbs.touched()

    def _bound(self, expression: Executable) -> Bound:
        """Return the statement of an expression, kept by its shape, and the values in it."""
        cache_key = expression._generate_cache_key()  # type: ignore[attr-defined]  # noqa: SLF001
        if cache_key is None:
            # Several rows of VALUES: SQLAlchemy has no shape for them.
            statement, binds = _compiled(expression)
            return statement, tuple(bind.effective_value for bind in binds)
        given = cache_key.bindparams
        # Names are in no shape, but an error tells them.
        shape = cache_key.key, *[bind._orig_key for bind in given]  # noqa: SLF001
        kept = self._kept.get(shape)
        if kept is None:
            require_types([expression], self._entity.name)
            statement, binds = _compiled(expression)
            places = {id(bind): place for place, bind in enumerate(given)}
            kept = self._kept[shape] = statement, tuple(places[id(bind)] for bind in binds)
        statement, order = kept
        return statement, tuple(given[place].effective_value for place in order)


@cache
def selections_of(entity: Entity[Any, Any, Any]) -> SelectionStatements:
    """Return the statements over selections of an entity's rows, the same for all its repositories."""
    return SelectionStatements(entity)


def totals_in(
    result: PGresult, entity: Entity[Any, Any, Any], by: tuple[str, ...], total: str | None
) -> dict[tuple[Any, ...], Any]:
    """Return what the statement of totals found."""
    number = Decimal if total is not None and isinstance(entity.table.c[total].type, Numeric) else int
    texts = [result.get_value(row, len(by)) for row in range(result.ntuples)]
    amounts = [None if text is None else number(text.decode()) for text in texts]
    # Parts of a value, which are decoded as they are in a whole one.
    parts = ValueDecoder(entity.value, by).many(result) if by else amounts
    keys = [tuple(getattr(part, name) for name in by) for part in parts]
    return dict(zip(keys, amounts, strict=True))


def _as_sent(selection: Selection) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions of a selection as they are sent: `x IN (...)` with one array, however many values it has."""
    for condition in selection.conditions:
        yield replacement_traverse(condition, {}, _with_array)


def _with_array(element: Any, **_: Any) -> ColumnElement[bool] | None:
    if not isinstance(element, BinaryExpression) or element.operator not in (in_op, not_in_op):
        return None
    values = element.right
    if not (isinstance(values, BindParameter) and values.expanding):
        return None
    if isinstance(element.left.type, ARRAY):
        return _among_arrays(element, values)
    several = _bind_like(values, list(values.effective_value or ()), ARRAY(element.left.type))
    compared: ColumnElement[bool] = (
        element.left == any_(several) if element.operator is in_op else element.left != all_(several)
    )
    return compared


def _among_arrays(element: BinaryExpression[Any], values: BindParameter[Any]) -> ColumnElement[bool]:
    """Return the comparison with each array of a list: as one array they would have two dimensions, and one length."""
    each = [_bind_like(values, value, element.left.type) for value in values.effective_value or ()]
    if element.operator is in_op:
        return or_(false(), *(element.left == value for value in each))
    return and_(true(), *(element.left != value for value in each))


def _bind_like(given: BindParameter[Any], value: Any, type_: TypeEngine[Any]) -> BindParameter[Any]:
    return bindparam(str(given._orig_key), value, type_=type_, unique=True)  # noqa: SLF001


def _compiled(expression: Executable) -> tuple[Statement, list[Any]]:
    """Return the statement of an expression, and where its values are in it, in the order of its parameters."""
    compiled = expression.compile(dialect=_DIALECT)  # type: ignore[attr-defined]
    binds = [compiled.binds[name] for name in compiled.positiontup or ()]
    told = noting(expression)
    text = None if told is None else str(told.compile(dialect=_DIALECT))
    return statement_of(expression, str(compiled), tuple(map(_parameter, binds)), text), binds


def expression_of(value: Any, column: Column[Any]) -> ColumnElement[Any]:
    """Return a value of a column as an expression, which it may be already."""
    if isinstance(value, ColumnElement):
        return value
    return bindparam(column.name, value, type_=column.type, unique=True)


_INTERVAL = WireType(psycopg.adapters.types["interval"].oid, dumper(timedelta))


def _parameter(bind: Any) -> Parameter:
    # The key of one among several of a name has a number; an error names the field.
    type_, field = bind.type, str(bind._orig_key)  # noqa: SLF001
    if isinstance(type_, Interval):
        return Parameter(field, _INTERVAL)
    is_of_columns = isinstance(type_, ARRAY) and not is_text_array(type_)
    sent_as = array_of(wire_type(type_.item_type, field)) if is_of_columns else wire_type(type_, field)
    return Parameter(field, sent_as)
