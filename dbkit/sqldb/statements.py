"""The statements of an entity's verbs: written by SQLAlchemy from its table, once per shape, and kept.

Each method returns a statement, or a statement with the values of its parameters. Columns are
always listed, never `*`, so that a column added later breaks no prepared statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Delete,
    Executable,
    ForeignKeyConstraint,
    Integer,
    Numeric,
    Select,
    String,
    any_,
    cast,
    collate,
    delete,
    exists,
    func,
    literal,
    literal_column,
    null,
    select,
    update,
)
from sqlalchemy import (
    Update as UpdateStatement,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.sql.visitors import replacement_traverse
from sqlalchemy.types import BigInteger

from dbkit.models.entity import Entity
from dbkit.models.unique import UniqueKey
from dbkit.sqldb.compiled import Parameters
from dbkit.sqldb.conditions import clause, deleted_clause, values_of
from dbkit.sqldb.decode import ValueDecoder
from dbkit.sqldb.encode import wire_type
from dbkit.sqldb.keyset import after, order_by, values_after
from dbkit.sqldb.wire import Statement
from dbkit.types.errors import ConfigurationInvalid
from dbkit.types.filter import Deleted
from dbkit.types.lock import LockStrength
from dbkit.types.value import Value
from dbkit.verbs.changes import Update, Upsert
from dbkit.verbs.locking import LockWait
from dbkit.verbs.query import Query

__all__ = ["EntityStatements", "arbiter", "decoder_of", "statements_of"]

_POSITION = "position_of_key"

Bound = tuple[Statement, Sequence[Any]]
"""A statement and the values of its parameters."""


class EntityStatements:
    """The statements of one entity; shared by all its repositories."""

    def __init__(self, entity: Entity[Any, Any, Any]) -> None:
        self._entity = entity
        self._table = entity.table
        self._fields = [entity.table.c[name] for name in entity.fields]
        self._key = [entity.table.c[name] for name in entity.key]
        self._live = deleted_clause(entity.table, Deleted.LIVE)
        self._kept: dict[Any, Statement] = {}
        _require_carried(entity)
        self.new_names = self._in_table_order(entity.new_fields)

    def new_values(self, new: Value) -> list[Any]:
        """Return a new value's fields as `insert` and COPY take them.

        A field that a value built without validation lacks is NULL, for the database to judge.
        """
        fields = new.__dict__
        return [fields.get(name) for name in self.new_names]

    @cached_property
    def find(self) -> Statement:
        """Read the live row with a key."""
        parameters = Parameters()
        return parameters.statement(self._select_one(parameters))

    @cached_property
    def exists(self) -> Statement:
        """Return a row if there is a live one with a key."""
        parameters = Parameters()
        chosen: Select[Any] = select(literal_column("1")).select_from(self._table)
        return parameters.statement(chosen.where(*self._has_key(parameters), *self._live))

    @cached_property
    def find_many(self) -> Statement:
        """Read the live rows of keys that share all parts but the last, which comes as an array."""
        parameters = Parameters()
        shared = [column == parameters.one(column) for column in self._key[:-1]]
        last = self._key[-1] == any_(parameters.several(self._key[-1]))
        return parameters.statement(select(*self._fields).where(*shared, last, *self._live))

    @cached_property
    def read_back(self) -> Statement:
        """Read the rows that were written with these keys, in their order; a key's parts come as one array each."""
        parameters = Parameters()
        return parameters.statement(self._read_back(parameters))

    def _read_back(self, parameters: Parameters) -> Select[Any]:
        arrays = [parameters.several(column) for column in self._key]
        names = [column.name for column in self._key]
        keys = func.unnest(*arrays).table_valued(*names, with_ordinality=_POSITION).render_derived(name="keys")
        same = [column == _as_stored(keys.c[column.name], column) for column in self._key]
        found = select(*self._fields).select_from(keys).join(self._table, _all(same))
        return found.order_by(keys.c[_POSITION])

    @cached_property
    def insert(self) -> Statement:
        """Insert a row, and return it."""
        parameters = Parameters()
        return parameters.statement(self._insert(parameters).returning(*self._fields))

    @cached_property
    def insert_and_tell(self) -> Statement:
        """Insert a row, whatever it may tell, and return it."""
        return self.insert

    @cached_property
    def tell_new(self) -> Statement | None:
        """Tell rows that are stored with these keys, in their order; None where new rows tell nothing."""
        return None

    def inserting(self, new: Value) -> Bound:
        """Insert a row, and return it."""
        return self.insert, self.new_values(new)

    @cached_property
    def restore(self) -> Statement:
        """Make a soft-deleted row live again, and return it."""
        parameters = Parameters()
        deleted = deleted_clause(self._table, Deleted.DELETED)
        restored = self._update({"deleted_at": null()}).where(*self._has_key(parameters), *deleted)
        return parameters.statement(restored.returning(*self._fields))

    def absent(self, constraint: ForeignKeyConstraint) -> Statement:
        """Return the positions, from 1, of the keys that no row has which a foreign key may refer to."""
        referred = constraint.referred_table

        def build(parameters: Parameters) -> Executable:
            arrays = [parameters.several(element.parent) for element in constraint.elements]
            names = [f"part_{index}" for index in range(len(arrays))]
            keys = func.unnest(*arrays).table_valued(*names, with_ordinality="position").render_derived(name="keys")
            same = [element.column == keys.c[name] for element, name in zip(constraint.elements, names, strict=True)]
            there = exists(literal_column("1")).select_from(referred).where(*same)
            return select(keys.c.position).where(~there)

        return self._keep(("absent", constraint.name), build)

    def lock(self, strength: LockStrength, wait: LockWait) -> Statement:
        """Read the live row with a key, and lock it."""

        def build(parameters: Parameters) -> Executable:
            return self._select_one(parameters).with_for_update(
                read=strength in ("share", "key share"),
                key_share=strength in ("no key update", "key share"),
                nowait=wait == "nowait",
                skip_locked=wait == "skip locked",
            )

        return self._keep(("lock", strength, wait), build)

    def soft_delete(self, *, versioned: bool) -> Statement:
        """Set the deletion time of the live row with a key."""

        def build(parameters: Parameters) -> Executable:
            changed = self._update({"deleted_at": func.now()})
            return changed.where(*self._has_key(parameters), *self._live, *self._at_version(parameters, versioned))

        return self._keep(("soft_delete", versioned), build)

    def hard_delete(self, *, versioned: bool) -> Statement:
        """Delete the row with a key, live or not."""

        def build(parameters: Parameters) -> Executable:
            removed: Delete = delete(self._table)
            return removed.where(*self._has_key(parameters), *self._at_version(parameters, versioned))

        return self._keep(("hard_delete", versioned), build)

    def select(self, query: Query) -> Bound:
        """Read the rows of a query; the last parameter, whose value is not among these, is the limit."""
        values = [values_of(condition) for condition in query.conditions]

        def build(parameters: Parameters) -> Executable:
            chosen = self._where(select(*self._fields), query, parameters)
            chosen = chosen.order_by(*order_by(self._table, query.order))
            return chosen.limit(parameters.typed("limit", BigInteger()))

        statement = self._keep(("select", query.shape, *map(len, values)), build)
        return statement, (*_flat(values), *values_after(query.position or ()))

    def read_all(self, query: Query) -> Bound:
        """Read all rows of a query in order."""
        values = [values_of(condition) for condition in query.conditions]

        def build(parameters: Parameters) -> Executable:
            chosen = self._where(select(*self._fields), query, parameters)
            return chosen.order_by(*order_by(self._table, query.order))

        statement = self._keep(("read_all", query.shape, *map(len, values)), build)
        return statement, (*_flat(values), *values_after(query.position or ()))

    def count(self, query: Query) -> Bound:
        """Count the rows of a query."""
        values = [values_of(condition) for condition in query.conditions]

        def build(parameters: Parameters) -> Executable:
            return self._where(select(func.count()).select_from(self._table), query, parameters)

        return self._keep(("count", query.shape, *map(len, values)), build), _flat(values)

    def update(self, update: Update) -> Bound:
        """Change the live row with a key where version and states fit, and return it."""
        names = self._in_table_order(update.changes)
        versioned = update.expected_version is not None

        def build(parameters: Parameters) -> Executable:
            columns = [self._table.c[name] for name in names]
            changed = self._update({column.name: parameters.one(column) for column in columns})
            changed = changed.where(*self._has_key(parameters), *self._live, *self._at_version(parameters, versioned))
            return changed.where(*self._in_states(parameters, update.states)).returning(*self._fields)

        statement = self._keep(("update", names, versioned, tuple(update.states)), build)
        version = (update.expected_version,) if versioned else ()
        changes = (update.changes[name] for name in names)
        return statement, (*changes, *update.key, *version, *update.states.values())

    def upsert(self, upsert: Upsert) -> Bound:
        """Insert a row, or change the live one that holds the unique key where its states fit.

        Returns the row's fields, and then whether it was inserted; no row, if there was a row that
        could not be changed.
        """

        def build(parameters: Parameters) -> Executable:
            added = self._or_changed(upsert, *self._proposed(parameters, upsert))
            return added.returning(*self._fields, literal_column("(xmax = 0)").label("inserted"))

        statement = self._keep(("upsert", upsert.on.name, tuple(upsert.states)), build)
        return statement, (*self.new_values(upsert.new), *upsert.states.values())

    def _proposed(self, parameters: Parameters, upsert: Upsert) -> tuple[Insert, list[ColumnElement[bool]]]:
        """Return the row of an upsert, and what the one in its place has to be, so that it is changed."""
        return self._insert(parameters), [*self._live, *self._in_states(parameters, upsert.states)]

    def _or_changed(self, upsert: Upsert, added: Insert, conditions: Sequence[ColumnElement[bool]]) -> Insert:
        changes: dict[str, Any] = {name: added.excluded[name] for name in upsert.changes} | self.touched()
        # DO NOTHING would not return the row that is there.
        changes = changes or {self._key[0].name: self._key[0]}
        return added.on_conflict_do_update(**arbiter(upsert.on), set_=changes, where=_all(conditions))

    def find_by(self, unique_key: UniqueKey, values: Mapping[str, Any]) -> Bound:
        """Read the row, live or not, that holds these values of a unique key's fields."""

        def build(parameters: Parameters) -> Executable:
            return select(*self._fields).where(*self._holds(unique_key, parameters)).limit(literal(1))

        statement = self._keep(("find_by", unique_key.name), build)
        return statement, tuple(values.get(name) for name in unique_key.fields)

    def _holds(self, unique_key: UniqueKey, parameters: Parameters) -> list[ColumnElement[bool]]:
        """Return that a row holds given values of a unique key's fields."""
        given: dict[str, BindParameter[Any]] = {}
        same = [_same(element, unique_key, parameters, given) for element in unique_key.elements]
        return same if unique_key.predicate is None else [*same, unique_key.predicate]

    def _keep(self, shape: Any, build: Any) -> Statement:
        statement = self._kept.get(shape)
        if statement is None:
            parameters = Parameters()
            statement = self._kept[shape] = parameters.statement(build(parameters))
        return statement

    def _select_one(self, parameters: Parameters) -> Select[Any]:
        return select(*self._fields).where(*self._has_key(parameters), *self._live)

    def _where(self, chosen: Select[Any], query: Query, parameters: Parameters) -> Select[Any]:
        table = self._table
        clauses = [clause(table.c[condition.field], condition, parameters) for condition in query.conditions]
        chosen = chosen.where(*clauses, *deleted_clause(table, query.deleted))
        if query.position is None:
            return chosen
        return chosen.where(after(table, query.order, [part is None for part in query.position], parameters))

    def _insert(self, parameters: Parameters) -> Insert:
        columns = [self._table.c[name] for name in self.new_names]
        return insert(self._table).values({column.name: parameters.one(column) for column in columns})

    def _update(self, changes: Mapping[str, Any]) -> UpdateStatement:
        return update(self._table).values({**changes, **self.touched()})

    def touched(self) -> dict[str, Any]:
        """Return what every change of a row sets besides."""
        touched: dict[str, Any] = {}
        if self._entity.has_updated_at:
            touched["updated_at"] = func.now()
        if self._entity.has_version:
            touched["version"] = self._table.c.version + literal_column("1")
        return touched

    def _has_key(self, parameters: Parameters) -> list[ColumnElement[bool]]:
        return [column == parameters.one(column) for column in self._key]

    def _at_version(self, parameters: Parameters, versioned: bool) -> list[ColumnElement[bool]]:  # noqa: FBT001
        return [self._table.c.version == parameters.typed("expected_version", Integer())] if versioned else []

    def _in_states(self, parameters: Parameters, states: Iterable[str]) -> list[ColumnElement[bool]]:
        columns = [self._table.c[field] for field in states]
        return [column == any_(parameters.several(column)) for column in columns]

    def _in_table_order(self, names: Iterable[str]) -> tuple[str, ...]:
        chosen = set(names)
        return tuple(column.name for column in self._table.c if column.name in chosen)


@cache
def decoder_of(entity: Entity[Any, Any, Any]) -> ValueDecoder[Any]:
    """Return what makes values of the rows that an entity's statements return."""
    return ValueDecoder(entity.value, entity.fields)


@cache
def statements_of(entity: Entity[Any, Any, Any]) -> EntityStatements:
    """Return the statements of an entity, the same for all its repositories."""
    return EntityStatements(entity)


def _require_carried(entity: Entity[Any, Any, Any]) -> None:
    """Raise `ConfigurationInvalid` for a column whose type is not carried, before a call is about it."""
    for column in entity.table.columns:
        try:
            wire_type(column.type, column.name)
        except ConfigurationInvalid as error:
            error.entity = entity.name
            raise


def _as_stored(given: ColumnElement[Any], column: Column[Any]) -> ColumnElement[Any]:
    """Return a given value as the column stores it: cut or rounded, where it has a length or a precision."""
    type_ = column.type
    is_limited = (isinstance(type_, String) and type_.length is not None) or (
        isinstance(type_, Numeric) and type_.precision is not None
    )
    return cast(given, type_) if is_limited else given


def _flat(values: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(value for several in values for value in several)


def _all(clauses: Sequence[ColumnElement[bool]]) -> Any:
    joined: Any = clauses[0] if clauses else None
    for each in clauses[1:]:
        joined = joined & each
    return joined


def arbiter(unique_key: UniqueKey) -> dict[str, Any]:
    """Return how ON CONFLICT names a unique key: a constraint by name, an index by what it is of."""
    if unique_key.is_index:
        return {"index_elements": list(unique_key.elements), "index_where": unique_key.predicate}
    return {"constraint": unique_key.name}


def _same(
    element: ColumnElement[Any], unique_key: UniqueKey, parameters: Parameters, given: dict[str, BindParameter[Any]]
) -> ColumnElement[bool]:
    """Return the clause that an element of a unique key has the value that it would have for a new row."""

    def of_new(element: Any, **_: Any) -> Any:
        if not isinstance(element, Column):
            return None
        if element.name not in given:
            given[element.name] = parameters.one(element)
        collation = element.type.collation if isinstance(element.type, String) else None
        # A parameter has no collation of its own, and lower() would take the database's.
        return given[element.name] if collation is None else collate(given[element.name], collation)

    wanted: ColumnElement[Any] = replacement_traverse(element, {}, of_new)
    nullable = not isinstance(element, Column) or element.nullable
    same: ColumnElement[bool] = element == wanted
    return element.is_not_distinct_from(wanted) if unique_key.nulls_not_distinct and nullable else same
