"""The statements over selections of rows of an entity whose changes are events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import exists, literal_column

from dbkit.events.rules import Emissions, EntityEvents
from dbkit.events.silence import is_no_news
from dbkit.models.entity import Entity
from dbkit.models.unique import UniqueKey
from dbkit.sqldb.emitting import EmittingStatements, emitting_statements_of
from dbkit.sqldb.selections import Bound, SelectionStatements, expression_of, selections_of
from dbkit.types.value import Value
from dbkit.verbs.selection import Changes, Selection

__all__ = ["EmittingSelections", "entity_selections"]


class EmittingSelections(SelectionStatements):
    """The statements over selections of rows, those that change something with what they tell."""

    def __init__(self, statements: EmittingStatements) -> None:
        super().__init__(statements.telling.entity)
        self._telling = statements.telling

    def update(self, selection: Selection, changes: Changes) -> Bound:
        """Change the rows of a selection, tell them, and return them."""
        emissions = self._telling.events.of_update(changes)
        if not emissions:
            return super().update(selection, changes)
        chosen = self._chosen(self._telling.held(emissions), selection)
        if selection.lock is None:
            chosen = chosen.with_for_update(key_share=True)
        values = {**self._touched(), **self._typed(changes)}
        return self._bound(self._telling.changed(chosen.cte("before"), values, emissions))

    def delete(self, selection: Selection) -> Bound:
        """Delete the rows of a selection, and tell the live ones."""
        emissions = self._telling.events.of_deletion()
        if not emissions:
            return super().delete(selection)
        return self._bound(self._telling.gone(self._deletion(selection), emissions))

    def insert_missing(self, rows: Sequence[Value], unique_key: UniqueKey | None) -> Bound:
        """Insert the rows that no unique key, or not this one, refuses, tell them, and return them."""
        emissions = self._telling.events.of_creation()
        if not emissions or is_no_news():
            return super().insert_missing(rows, unique_key)
        return self._bound(self._telling.new(self._insertion(rows, unique_key), emissions))

    def insert_or_change(self, new: Value, given: Changes, selection: Selection, changes: Changes) -> Bound:
        """Insert a row or, where its primary key is taken by a row of the selection, change that; tell and return it.

        No row, where the one that is there came after the statement had begun.
        """
        emissions = tuple(
            dict.fromkeys((*self._telling.events.of_creation(), *self._telling.events.of_update(changes)))
        )
        if not emissions:
            return super().insert_or_change(new, given, selection, changes)
        columns = self._table.c
        key = [columns[name] == expression_of(getattr(new, name), columns[name]) for name in self._entity.key]
        before = self._telling.before(key, emissions)
        is_seen = exists(literal_column("1")).select_from(before)
        seen = replace(selection, conditions=(*selection.conditions, is_seen))
        added = self._insertion_or_change(new, given, seen, changes)
        return self._bound(self._telling.upserted(added, before, emissions))


@cache
def _emitting_selections_of(emissions: Emissions, events: EntityEvents) -> EmittingSelections:
    return EmittingSelections(emitting_statements_of(emissions, events))


def entity_selections(entity: Entity[Any, Any, Any], emissions: Emissions | None) -> SelectionStatements:
    """Return the statements over selections of an entity's rows, with its events where it has some."""
    events = None if emissions is None else emissions.of(entity)
    if emissions is None or events is None:
        return selections_of(entity)
    return _emitting_selections_of(emissions, events)
