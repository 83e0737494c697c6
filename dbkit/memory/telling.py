"""What changes of a table's rows tell: rows of the outbox, written in the statement of the change.

The declarations are those that PostgreSQL gets as SQL. They are made functions once, for each schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias
from uuid import UUID

from dbkit.events.event import headers_of, moment_text
from dbkit.events.rules import PRESENT, Emission, EntityEvents, Exists, Test
from dbkit.events.silence import is_no_news
from dbkit.events.sources import After, Before, Constant, Differences, Document, Inside, Now, Referred, Source
from dbkit.memory.datatype import column_of
from dbkit.memory.documents import text_at
from dbkit.memory.logic import Row
from dbkit.memory.number_types import IntegerType
from dbkit.memory.statement import Statement
from dbkit.memory.table import Table
from dbkit.types.document import differences
from dbkit.types.errors import ConfigurationInvalid
from dbkit.verbs.changes import Upsert

__all__ = ["Teller"]


@dataclass(slots=True)
class _Changed:
    """A row before and after a statement's change; None for what is not there. Not frozen, for speed."""

    statement: Statement
    before: Row | None
    after: Row


_Read: TypeAlias = Callable[[_Changed], Any]
_Holds: TypeAlias = Callable[[_Changed], bool]


@dataclass(frozen=True, slots=True)
class _Telling:
    """An emission, as functions."""

    emission: Emission
    holds: _Holds
    key: _Read
    project_id: _Read
    payload: _Read


class Teller:
    """Stores the events of one table's rows; `tables` are all of the database by name.

    Raises `ConfigurationInvalid` where an event asks for an entity that the database does not have.
    """

    def __init__(self, table: Table, events: EntityEvents, outbox: Table, tables: Mapping[str, Table]) -> None:
        self._table = table
        self._events = events
        self._outbox = outbox
        self._has_project = "project_id" in outbox.types
        self.tells_new = bool(events.of_creation())
        made = _Maker(table, tables)
        self._tellings = {id(emission): made.telling(emission) for emission in events}

    def appeared(self, statement: Statement, row: Row) -> None:
        """Tell a row that is new, or back from deletion."""
        if is_no_news():
            return
        self._tell(self._events.of_creation(), _Changed(statement, None, row))

    def changed(self, statement: Statement, changes: Mapping[str, Any], before: Row, after: Row) -> None:
        """Tell a row that was changed by an update of these columns."""
        self._tell(self._events.of_update(changes), _Changed(statement, before, after))

    def tells_upsert(self, upsert: Upsert) -> bool:
        """Tell whether there is an event that an upsert of these values may be."""
        changes = {name: getattr(upsert.new, name) for name in upsert.changes}
        return bool(self._events.of_creation(upsert.new.__dict__) or self._events.of_update(changes))

    def is_news(self, statement: Statement, row: Row) -> bool:
        """Tell whether a row that is new tells anything: only then does a server look for what was in its place."""
        changed = _Changed(statement, None, row)
        return any(self._tellings[id(each)].holds(changed) for each in self._events.of_creation())

    def disappeared(self, statement: Statement, row: Row) -> None:
        """Tell a row that was live, and is deleted."""
        self._tell(self._events.of_deletion(), _Changed(statement, None, row))

    def _tell(self, emissions: Sequence[Emission], changed: _Changed) -> None:
        for emission in emissions:
            telling = self._tellings[id(emission)]
            if telling.holds(changed):
                self._store(telling, changed)

    def _store(self, telling: _Telling, changed: _Changed) -> None:
        statement, event = changed.statement, telling.emission.rule.event
        project_id = telling.project_id(changed)
        row: dict[str, Any] = {
            "topic": str(event.topic),
            "key": telling.key(changed),
            "payload": telling.payload(changed),
            "headers": headers_of(event, project_id, statement.now),
        }
        if self._has_project:
            row["project_id"] = project_id
        if "available_at" in self._outbox.types:
            # Where nothing is said, the database says it.
            row["available_at"] = statement.now
        new = self._outbox.entity.new.model_construct(**row)
        statement.insert(self._outbox, self._outbox.new_row(new, statement.now, statement.numbers))


class _Maker:
    """Makes functions of what the events of one table declare."""

    def __init__(self, table: Table, tables: Mapping[str, Table]) -> None:
        self._table = table
        self._tables = tables

    def telling(self, emission: Emission) -> _Telling:
        key = self._value(emission.key)
        project = (lambda _: None) if emission.project_id is None else self._value(emission.project_id)
        payload = self._json(emission.payload)
        return _Telling(emission, self._holds(emission), lambda changed: _text(key(changed)), project, payload)

    def _holds(self, emission: Emission) -> _Holds:
        rule = emission.rule
        tests = [_meets(self._column(name, After), test) for name, test in rule.where.items()]
        tests += [self._is_there(each) for each in rule.only_if]
        before = [_meets(self._column(name, Before), test) for name, test in rule.was.items()]
        has_moved = self._has_moved(rule.changed)

        def holds(changed: _Changed) -> bool:
            if changed.before is not None:
                if not has_moved(changed.before, changed.after):
                    return False
                for test in before:
                    if not test(changed):
                        return False
            for test in tests:  # noqa: SIM110 (a generator would take most of the time)
                if not test(changed):
                    return False
            return True

        return holds

    def _has_moved(self, names: Iterable[str]) -> Callable[[Row, Row], bool]:
        """Return what tells whether one of the columns has another value than before."""
        columns = [(name, column_of(name, self._table.types[name])) for name in names]

        def has_moved(before: Row, after: Row) -> bool:
            for name, read in columns:
                # What an update does not name is the same object.
                if before[name] is not after[name] and not _same(read(before), read(after)):
                    return True
            return False

        return has_moved

    def _is_there(self, wanted: Exists) -> _Holds:
        table = self._foreign(wanted.entity.name)
        values = {name: self._value(source) for name, source in wanted.columns.items()}
        index = next((each for each in table.indexes if each.starts_with(frozenset(values))), table.primary)
        leading = index.columns[: len(values)] if index.starts_with(frozenset(values)) else ()
        encoded = [(column.encode, values[column.order.name]) for column in leading]
        read = [(column_of(name, table.types[name]), value) for name, value in values.items()]

        def is_there(changed: _Changed) -> bool:
            statement = changed.statement
            sought = [(column, value(changed)) for column, value in read]

            def fits(row: Row) -> bool:
                return all(_same(column(row), value) for column, value in sought)

            statement.note_scan(table, fits)
            prefix = tuple([encode(value(changed)) for encode, value in encoded])
            return any(map(fits, index.rows(statement.view, prefix)))

        return is_there

    def _json(self, source: Source) -> _Read:
        """Return what makes of a source what stands in JSON."""
        if isinstance(source, Document):
            members = {name: self._json(each) for name, each in source.members.items()}
            return lambda changed: {name: read(changed) for name, read in members.items()}
        value = self._value(source)
        return lambda changed: _as_json(value(changed))

    def _value(self, source: Source) -> _Read:
        if isinstance(source, After | Before):
            return self._column(source.column, type(source))
        if isinstance(source, Constant):
            return lambda _: source.text
        if isinstance(source, Inside):
            return self._inside(source)
        if isinstance(source, Differences):
            return self._differences(source)
        if isinstance(source, Referred):
            return self._referred(source)
        assert isinstance(source, Now), source
        return lambda changed: changed.statement.now

    def _column(self, name: str, side: type[After | Before]) -> _Read:
        read = column_of(name, self._table.types[name])
        if side is After:
            return lambda changed: read(changed.after)
        return lambda changed: None if changed.before is None else read(changed.before)

    def _inside(self, source: Inside) -> _Read:
        document = self._column(source.column, After)
        number = IntegerType(64)

        def inside(changed: _Changed) -> Any:
            held = document(changed)
            text = text_at(held, (source.member,)) if isinstance(held, dict) else None
            return text if text is None or source.kind is str else number.read(text)

        return inside

    def _differences(self, source: Differences) -> _Read:
        was, now = self._column(source.column, Before), self._column(source.column, After)

        def paths(changed: _Changed) -> list[str]:
            if changed.before is None:
                return []
            found = differences(was(changed), now(changed))
            return sorted(each.path for each in found if each.kind == source.kind)

        return paths

    def _referred(self, source: Referred) -> _Read:
        target = self._foreign(source.entity.name)
        reference = next(
            each
            for each in self._table.references
            if each.target is target and (not source.by or set(each.pairs) == set(source.by))
        )
        read = column_of(source.column, target.types[source.column])

        def referred(changed: _Changed) -> Any:
            key = reference.wanted(changed.after)
            if key is None:
                return None
            index = reference.target_index
            changed.statement.note_scan(target, lambda row: index.key(row) == key)
            row = index.tree(changed.statement.view).get(key)
            return None if row is None else read(row)

        return referred

    def _foreign(self, name: str) -> Table:
        table = self._tables.get(name)
        if table is None:
            raise ConfigurationInvalid(
                f"an event of {self._table.name} asks for {name}, which is not among the entities of this database",
                entity=self._table.name,
                advice="Declare it as a repository of the Database class.",
            )
        return table


def _meets(read: _Read, test: Test) -> _Holds:
    if not isinstance(test, tuple):
        return lambda changed: (read(changed) is not None) is (test is PRESENT)
    texts = frozenset(test)
    return lambda changed: _text(read(changed)) in texts


def _same(left: Any, right: Any) -> bool:
    """Tell whether two values are the same for PostgreSQL: 1 is not true there."""
    return bool(left == right) and isinstance(left, bool) == isinstance(right, bool)


def _text(value: Any) -> Any:
    """Return the text of a value, None for NULL."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return str(value.value)
    return value if value is None or isinstance(value, str) else str(value)


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, UUID | Enum):
        return _text(value)
    return list(value) if isinstance(value, tuple) else value
