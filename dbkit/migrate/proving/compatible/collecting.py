"""Collect the statements of repositories: each verb of each entity, in the shapes that touch each of its columns.

A filter may join its conditions in more ways than anybody can list, and an update any fields. What a change of the
schema can break is in the parts: so each condition comes once, in a count; each order once, in a page; and all
fields together in an update.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import psycopg
from pydantic import BaseModel

from dbkit.migrate.proving.compatible.statements import SentParameter, SentStatement, StatementSet, Written
from dbkit.mock.rows.plausible import plain
from dbkit.models.entity import Entity, Verb
from dbkit.models.order import Order
from dbkit.sqldb.rows import RowFormat
from dbkit.sqldb.statements import statements_of
from dbkit.sqldb.wire import Statement
from dbkit.types.filter import AnyOf, Contains, Deleted, EveryTenant, IgnoringCase, NullTest, Prefix, Range
from dbkit.verbs.changes import Update, Upsert
from dbkit.verbs.query import Condition, Query

__all__ = ["collect", "sent"]

AnyEntity = Entity[Any, Any, Any]

_SAMPLES: Mapping[type, Any] = {
    AnyOf: AnyOf(),
    Contains: Contains(),
    IgnoringCase: IgnoringCase("a"),
    NullTest: NullTest.IS_NULL,
    Prefix: Prefix("a"),
    Range: Range[int](at_least=0, less_than=1),
}
_NO_CONDITIONS = (Deleted, EveryTenant, NoneType)


def collect(entities: Mapping[str, AnyEntity], head: str) -> StatementSet:
    """Return what the repositories of these entities, by their names, can send to a schema at this head."""
    found = [each for name, entity in entities.items() for each in _Collected(name, entity).all()]
    written = {entity.name: _written(entity) for entity in entities.values()}
    return StatementSet(head, tuple(found), written)


def sent(call: str, table: str, statement: Statement) -> SentStatement:
    """Return a statement as it is kept."""
    pairs = zip(statement.parameters.fields, statement.parameters.oids, strict=True)
    return SentStatement(
        call, table, statement.sql.decode(), tuple(SentParameter(field, type_name(oid)) for field, oid in pairs)
    )


def type_name(oid: int) -> str:
    """Return PostgreSQL's name of one of its own types."""
    info = psycopg.adapters.types[oid]
    return f"{info.regtype}[]" if oid == info.array_oid else info.regtype


class _Collected:
    """The statements of one entity."""

    def __init__(self, name: str, entity: AnyEntity) -> None:
        self._name = name
        self._entity = entity
        self._statements = statements_of(entity)
        self._by_verb: Mapping[Verb, Callable[[], Iterator[Statement]]] = {
            Verb.GET: self._get,
            Verb.EXISTS: lambda: iter([self._statements.exists]),
            Verb.GET_MANY: lambda: iter([self._statements.find_many]),
            Verb.PAGE: self._pages,
            Verb.COUNT: self._counts,
            Verb.CREATE: lambda: iter([self._statements.insert]),
            Verb.CREATE_MANY: self._several,
            Verb.UPDATE: self._update,
            Verb.UPSERT: self._upserts,
            Verb.DELETE: self._delete,
            Verb.RESTORE: lambda: iter([self._statements.restore]),
            Verb.PURGE: lambda: iter([self._statements.hard_delete(versioned=False)]),
            Verb.LOCK: lambda: iter([self._statements.lock("update", "wait")]),
        }

    def all(self) -> Iterator[SentStatement]:
        """Yield them, by verb."""
        for verb, statements in self._by_verb.items():
            if verb not in self._entity.verbs:
                continue
            call = f"{self._name}.{verb.value}"
            yield from (sent(call, self._entity.name, each) for each in statements())
            if verb is Verb.CREATE_MANY:
                yield self._copy(call)

    def _get(self) -> Iterator[Statement]:
        yield self._statements.find

    def _pages(self) -> Iterator[Statement]:
        seen = set[frozenset[str]]()
        for order in self._entity.orders.values():
            columns = frozenset(column.name for column in order.columns)
            # The reverse of an order reads the same columns.
            if columns not in seen:
                seen.add(columns)
                yield self._statements.select(self._query(order=order))[0]

    def _counts(self) -> Iterator[Statement]:
        for name, field in self._entity.filter.model_fields.items():
            conditions = tuple(Condition(name, kind, _SAMPLES.get(kind)) for kind in _kinds(field.annotation))
            if conditions:
                yield self._statements.count(self._query(conditions))[0]

    def _several(self) -> Iterator[Statement]:
        yield self._statements.read_back
        yield from (self._statements.absent(each) for each in self._foreign_keys())

    def _copy(self, call: str) -> SentStatement:
        insert = sent(call, self._entity.name, self._statements.insert)
        copy = RowFormat(self._entity, self._statements).copy_sql.decode()
        return SentStatement(call, self._entity.name, copy, insert.parameters)

    def _update(self) -> Iterator[Statement]:
        changes = dict.fromkeys(self._entity.changeable)
        version = 1 if self._entity.has_version else None
        if changes:
            key = (None,) * len(self._entity.key)
            yield self._statements.update(Update(key, changes, version, dict.fromkeys(self._entity.lifecycles, ())))[0]

    def _upserts(self) -> Iterator[Statement]:
        new = self._entity.new.model_construct()
        for key in self._entity.unique_keys.values():
            if not key.deferrable:
                changes = tuple(name for name in self._entity.changeable if name not in key.fields)
                states: dict[str, tuple[Any, ...]] = dict.fromkeys(self._entity.lifecycles, ())
                yield self._statements.upsert(Upsert(new, key, changes, states))[0]
                yield self._statements.find_by(key, {})[0]

    def _delete(self) -> Iterator[Statement]:
        soft = self._entity.is_soft_deleted
        delete = self._statements.soft_delete if soft else self._statements.hard_delete
        yield delete(versioned=False)
        if self._entity.has_version:
            yield delete(versioned=True)

    def _query(self, conditions: tuple[Condition, ...] = (), order: Order | None = None) -> Query:
        columns = () if order is None else order.columns
        return Query(conditions, Deleted.LIVE, columns, ("",) * len(columns) if columns else None, b"")

    def _foreign_keys(self) -> Iterator[Any]:
        return iter(sorted(self._entity.table.foreign_key_constraints, key=lambda each: str(each.name)))


def _kinds(annotation: Any) -> Iterator[type]:
    """Yield by which conditions a field of a filter chooses rows."""
    for member in _members(annotation):
        made = getattr(member, "__pydantic_generic_metadata__", {})
        kind = made.get("origin") or member
        if kind not in _NO_CONDITIONS:
            yield kind if kind in _SAMPLES else object


def _members(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def _written(entity: AnyEntity) -> Written:
    values: dict[str, tuple[str, ...]] = {}
    for name in entity.new_fields:
        found = _values(entity.new, name)
        if found:
            values[name] = found
    fields = entity.new.model_fields
    return Written(values, frozenset(name for name in entity.new_fields if not _takes_none(fields[name].annotation)))


def _values(value_class: type[BaseModel], name: str) -> tuple[str, ...]:
    """Return all values of a field as text, where they can be counted."""
    kind = plain(value_class.model_fields[name].annotation)
    of_array = get_args(kind)[:1] if get_origin(kind) is tuple else ()
    member = plain(of_array[0]) if of_array else kind
    if not (isinstance(member, type) and issubclass(member, Enum)):
        return ()
    texts = [str(each.value) for each in member]
    return tuple(f"{{{text}}}" for text in texts) if of_array else tuple(texts)


def _takes_none(annotation: Any) -> bool:
    if annotation is NoneType:
        return True
    if get_origin(annotation) is Annotated:
        return _takes_none(get_args(annotation)[0])
    if hasattr(annotation, "__supertype__"):
        return _takes_none(annotation.__supertype__)
    return get_origin(annotation) in (Union, UnionType) and any(map(_takes_none, get_args(annotation)))
