"""The statements of an entity whose changes are events: a change, and what it tells, in one statement.

    WITH changed AS (UPDATE ... RETURNING ...), told AS (INSERT INTO outbox_events ... SELECT ... FROM changed)
    SELECT ... FROM changed

So a single write stays one round trip, and its events can neither be lost nor be there without it. Where
an event asks what the row was before, that is read, and the row held, ahead of the change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Delete,
    FromClause,
    Select,
    Uuid,
    delete,
    exists,
    func,
    literal_column,
    null,
    select,
    true,
    update,
)
from sqlalchemy import Update as UpdateStatement
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.sql.dml import UpdateBase

from dbkit.events.rules import Emission, Emissions, EntityEvents, before_columns
from dbkit.models.entity import Entity
from dbkit.sqldb.compiled import TELLS, Parameters
from dbkit.sqldb.conditions import deleted_clause
from dbkit.sqldb.statements import Bound, EntityStatements, statements_of
from dbkit.sqldb.telling import EventId, Told, id_by_server, outbox_insert, stored_value
from dbkit.sqldb.wire import Statement
from dbkit.types.filter import Deleted
from dbkit.types.identifiers import uuid7
from dbkit.types.value import Value
from dbkit.verbs.changes import Update, Upsert

__all__ = ["EmittingStatements", "Telling", "emitting_statements_of", "entity_statements"]

_BEFORE = "dbkit_before_"
"""Of the names of columns of a row as it was before it was changed."""


class Telling:
    """Puts around a change of rows what stores its events."""

    def __init__(self, entity: Entity[Any, Any, Any], events: EntityEvents, outbox: Entity[Any, Any, Any]) -> None:
        self.entity = entity
        self._table = entity.table
        self._outbox = outbox
        self._fields = [entity.table.c[name] for name in entity.fields]
        self.events = events

    def new(
        self, change: Insert | UpdateStatement, emissions: Sequence[Emission], event_id: EventId = id_by_server
    ) -> Select[Any]:
        """Return a query that makes rows appear, tells them, and returns them."""
        changed = change.returning(*self._fields).cte("changed")
        told = self._of_alike(changed, event_id=event_id)
        return self._query(changed, told, emissions, self._fields_of(changed))

    def given(
        self, values: Mapping[str, ColumnElement[Any]], emissions: Sequence[Emission], event_id: EventId
    ) -> UpdateBase:
        """Return the insertion of one row that tells what its values say; it must know all that the events tell.

        So it needs no look at the row that is stored, which costs a server as much as a third of an event does.
        """

        def after(name: str) -> ColumnElement[Any]:
            return stored_value(self._table.c[name], values)

        told = Told(self.entity, None, after, event_id=event_id)
        stored = outbox_insert(self._outbox, told, emissions).cte("told")
        added = insert(self._table).values(dict(values)).returning(*self._fields)
        return added.add_cte(stored).execution_options(**{TELLS: True})

    @cached_property
    def is_known_before(self) -> bool:
        """Whether a caller knows all of a new row: the server neither numbers nor computes anything of it."""
        return not self.entity.numbered and not self.entity.generated

    def gone(
        self, change: UpdateStatement | Delete, emissions: Sequence[Emission], event_id: EventId = id_by_server
    ) -> Select[Any]:
        """Return a query that makes rows disappear and tells those that were live: a result row for each row."""
        changed = change.returning(*self._fields).cte("changed")
        # Of a row that was deleted softly it was told then.
        is_for_good = self.entity.is_soft_deleted and isinstance(change, Delete)
        live = [changed.c.deleted_at.is_(None)] if is_for_good else []
        told = self._of_alike(changed, *live, event_id=event_id)
        return self._query(changed, told, emissions, [literal_column("1")])

    def stored(self, rows: FromClause, emissions: Sequence[Emission]) -> Insert:
        """Return the statement that tells rows which are stored already."""
        return outbox_insert(self._outbox, self._of_alike(rows), emissions)

    def changed(
        self,
        before: CTE,
        changes: Mapping[str, Any],
        emissions: Sequence[Emission],
        event_id: EventId = id_by_server,
    ) -> Select[Any]:
        """Return a query that changes the rows that `before` has chosen, if they still are so, and tells them."""
        seen = [name for name in before.c.keys() if name not in self.entity.key]  # noqa: SIM118 (its columns' names)
        same = [self._table.c[name] == before.c[name] for name in self.entity.key]
        if "version" in seen:
            # Nothing holds the rows: who has another version by now has changed.
            same += [self._table.c[name].is_not_distinct_from(before.c[name]) for name in seen]
        were = [before.c[name].label(_BEFORE + name) for name in before_columns(emissions)]
        change = update(self._table).values(dict(changes)).where(*same)
        changed = change.returning(*self._fields, *were).cte("changed")
        told = Told(
            self.entity,
            changed,
            lambda name: changed.c[name],
            lambda name: changed.c[_BEFORE + name],
            event_id=event_id,
        )
        return self._query(changed, told, emissions, self._fields_of(changed))

    def before(self, wanted: Sequence[ColumnElement[bool]], emissions: Sequence[Emission]) -> CTE:
        """Return what events ask of rows before they are changed; the rows are held, so that they stay so."""
        return self.held(emissions).where(*wanted).with_for_update(key_share=True).cte("before")

    def seen(self, wanted: Sequence[ColumnElement[bool]], emissions: Sequence[Emission]) -> CTE:
        """Return the same of rows that have to be at a version, so that nothing has to hold them."""
        return self.held(emissions).add_columns(self._table.c.version).where(*wanted).cte("before")

    def held(self, emissions: Sequence[Emission]) -> Select[Any]:
        """Return the query of rows before they are changed: their keys, and what events ask for."""
        names = dict.fromkeys((*self.entity.key, *before_columns(emissions)))
        return select(*(self._table.c[name] for name in names))

    def upserted(
        self, change: Insert, before: CTE, emissions: Sequence[Emission], event_id: EventId = id_by_server
    ) -> Select[Any]:
        """Return the query of an insertion or change, with whether it was the former; `before` has the row there."""
        changed = change.returning(*self._fields, literal_column("(xmax = 0)").label("inserted")).cte("changed")
        inserted: ColumnElement[bool] = changed.c.inserted
        rows = changed.outerjoin(before, true())
        told = Told(
            self.entity,
            rows,
            lambda name: changed.c[name],
            lambda name: before.c[name],
            inserted,
            event_id=event_id,
        )
        return self._query(changed, told, emissions, [*self._fields_of(changed), inserted])

    def _query(
        self, changed: CTE, told: Told, emissions: Sequence[Emission], columns: Sequence[ColumnElement[Any]]
    ) -> Select[Any]:
        stored = outbox_insert(self._outbox, told, emissions).cte("told")
        return select(*columns).select_from(changed).add_cte(stored).execution_options(**{TELLS: True})

    def _of_alike(self, rows: FromClause, *conditions: ColumnElement[bool], event_id: EventId = id_by_server) -> Told:
        """Return rows that are all new, or all gone."""
        return Told(self.entity, rows, lambda name: rows.c[name], conditions=conditions, event_id=event_id)

    def _fields_of(self, changed: CTE) -> list[ColumnElement[Any]]:
        return [changed.c[name] for name in self.entity.fields]


class EmittingStatements(EntityStatements):
    """The statements of an entity's verbs, those that change something with what they tell."""

    def __init__(self, entity: Entity[Any, Any, Any], events: EntityEvents, outbox: Entity[Any, Any, Any]) -> None:
        super().__init__(entity)
        self.plain = statements_of(entity)
        self.telling = Telling(entity, events, outbox)

    @cached_property
    def insert_and_tell(self) -> Statement:
        """Insert a row, whatever it may tell, and return it."""
        emissions = self.telling.events.of_creation()
        if not emissions:
            return self.plain.insert
        parameters = Parameters()
        told = self.telling.new(self._insert(parameters), emissions, _given_ids(parameters))
        return parameters.telling_statement(told)

    def inserting(self, new: Value) -> Bound:
        """Insert a row and tell it, and return it."""
        emissions = self.telling.events.of_creation(new.__dict__)
        if not emissions:
            return self.plain.inserting(new)

        def build(parameters: Parameters) -> UpdateBase:
            values = {name: parameters.one(self._table.c[name]) for name in self.new_names}
            return self.telling.given(values, emissions, _given_ids(parameters))

        if not self.telling.is_known_before:
            return self.insert_and_tell, self.new_values(new)
        return self._keep(("insert", emissions), build), self.new_values(new)

    @cached_property
    def restore(self) -> Statement:
        """Make a soft-deleted row live again and tell it, and return it."""
        emissions = self.telling.events.of_creation()
        if not emissions:
            return self.plain.restore
        parameters = Parameters()
        deleted = deleted_clause(self._table, Deleted.DELETED)
        restored = self._update({"deleted_at": null()}).where(*self._has_key(parameters), *deleted)
        return parameters.telling_statement(self.telling.new(restored, emissions, _given_ids(parameters)))

    @cached_property
    def tell_new(self) -> Statement | None:
        """Tell rows that are stored with these keys, in their order; None where new rows tell nothing."""
        emissions = self.telling.events.of_creation()
        if not emissions:
            return None
        parameters = Parameters()
        return parameters.statement(self.telling.stored(self._read_back(parameters).subquery("changed"), emissions))

    def soft_delete(self, *, versioned: bool) -> Statement:
        """Set the deletion time of the live row with a key, and tell it."""
        emissions = self.telling.events.of_deletion()
        if not emissions:
            return self.plain.soft_delete(versioned=versioned)

        def build(parameters: Parameters) -> Select[Any]:
            changed = self._update({"deleted_at": func.now()})
            changed = changed.where(*self._has_key(parameters), *self._live, *self._at_version(parameters, versioned))
            return self.telling.gone(changed, emissions, _given_ids(parameters))

        return self._keep(("soft_delete", versioned), build)

    def hard_delete(self, *, versioned: bool) -> Statement:
        """Delete the row with a key, live or not, and tell it of a live one."""
        emissions = self.telling.events.of_deletion()
        if not emissions:
            return self.plain.hard_delete(versioned=versioned)

        def build(parameters: Parameters) -> Select[Any]:
            removed: Delete = delete(self._table)
            removed = removed.where(*self._has_key(parameters), *self._at_version(parameters, versioned))
            return self.telling.gone(removed, emissions, _given_ids(parameters))

        return self._keep(("hard_delete", versioned), build)

    def update(self, update: Update) -> Bound:
        """Change the live row with a key where version and states fit, tell it, and return it."""
        emissions = self.telling.events.of_update(update.changes)
        if not emissions:
            return self.plain.update(update)
        names = self._in_table_order(update.changes)
        versioned = update.expected_version is not None

        def build(parameters: Parameters) -> Select[Any]:
            changes = {name: parameters.one(self._table.c[name]) for name in names} | self.touched()
            wanted = [*self._has_key(parameters), *self._live, *self._at_version(parameters, versioned)]
            wanted += self._in_states(parameters, update.states)
            # A lock is a write of its own.
            before = (self.telling.seen if versioned else self.telling.before)(wanted, emissions)
            return self.telling.changed(before, changes, emissions, _given_ids(parameters))

        statement = self._keep(("update", names, versioned, tuple(update.states), emissions), build)
        version = (update.expected_version,) if versioned else ()
        changes = (update.changes[name] for name in names)
        return statement, (*changes, *update.key, *version, *update.states.values())

    def upsert(self, upsert: Upsert) -> Bound:
        """Insert a row, or change the live one that holds the unique key where its states fit, and tell it.

        Returns what `EntityStatements.upsert` does; no row as well, where the one that is there came after the
        statement had begun, so that what it was before is not known: the next try sees it.
        """
        events = self.telling.events
        changes = {name: getattr(upsert.new, name) for name in upsert.changes}
        emissions = tuple(dict.fromkeys((*events.of_creation(upsert.new.__dict__), *events.of_update(changes))))
        if not emissions:
            return self.plain.upsert(upsert)

        def build(parameters: Parameters) -> Select[Any]:
            added, conditions = self._proposed(parameters, upsert)
            before = self.telling.before(self._holds(upsert.on, parameters), emissions)
            is_seen = exists(literal_column("1")).select_from(before)
            changed = self._or_changed(upsert, added, [*conditions, is_seen])
            return self.telling.upserted(changed, before, emissions, _given_ids(parameters))

        statement = self._keep(("upsert", upsert.on.name, tuple(upsert.states), emissions), build)
        held = (getattr(upsert.new, name, None) for name in upsert.on.fields)
        return statement, (*self.new_values(upsert.new), *upsert.states.values(), *held)

    def _keep(self, shape: Any, build: Any) -> Statement:
        statement = self._kept.get(shape)
        if statement is None:
            parameters = Parameters()
            built = build(parameters)
            tells = built.get_execution_options().get(TELLS)
            compiled = parameters.telling_statement if tells else parameters.statement
            statement = self._kept[shape] = compiled(built)
        return statement


def _given_ids(parameters: Parameters) -> EventId:
    """Return what makes the ids of events on this side: making one costs a server more than sending it costs."""
    return lambda: parameters.made("event_id", Uuid(), uuid7)


@cache
def emitting_statements_of(emissions: Emissions, events: EntityEvents) -> EmittingStatements:
    """Return the statements of an entity that has these events, the same for all its repositories."""
    return EmittingStatements(events.entity, events, emissions.outbox)


def entity_statements(entity: Entity[Any, Any, Any], emissions: Emissions | None) -> EntityStatements:
    """Return the statements of an entity, with its events where it has some."""
    events = None if emissions is None else emissions.of(entity)
    if emissions is None or events is None:
        return statements_of(entity)
    return emitting_statements_of(emissions, events)
