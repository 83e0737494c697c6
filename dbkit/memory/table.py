"""The rules of one table, read from its entity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import Column, ColumnElement

from dbkit.memory.annotations import enum_of
from dbkit.memory.datatype import DataType
from dbkit.memory.datatypes import ArrayType, TextType
from dbkit.memory.defaults import Default
from dbkit.memory.index_room import LENGTH_WITH_ROOM_MAX, IndexRoom
from dbkit.memory.indexes import Index
from dbkit.memory.logic import Evaluate, Row
from dbkit.memory.numbers import Numbers
from dbkit.memory.refusal import ValueRefused
from dbkit.memory.row_locks import Strength
from dbkit.memory.written import Intake, acceptor_of, filling_of, lack_of, length_of, sameness_of
from dbkit.models.entity import Entity, columns_in
from dbkit.models.unique import UniqueKey
from dbkit.types.errors import CheckFailed, ValueInvalid, ValueMissing
from dbkit.types.value import Value

if TYPE_CHECKING:
    from dbkit.memory.references import Reference

__all__ = ["AnyEntity", "Check", "Table", "first_refused", "refused"]

AnyEntity: TypeAlias = Entity[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Check:
    """A check constraint; it refuses a row for which it is false, not one for which it is unknown."""

    name: str
    fields: tuple[str, ...]
    evaluate: Evaluate


@dataclass(slots=True, eq=False, repr=False)
class Table:
    """What a table demands of its rows. A row holds its columns in the order of `entity.fields`.

    `unique` holds the unique keys in the order in which PostgreSQL checks them, first the `primary` one, `others` the
    indexes beside theirs, `rooms` how much each takes; `numbered` is the identity. `acceptors` make of a column's
    values what a row holds. `references` are the foreign keys of this table, `referenced_by` those of others to it, in
    the order of creation. A table `tells` where changes of its rows write events.
    """

    entity: AnyEntity
    types: Mapping[str, DataType]
    defaults: Mapping[str, Default]
    generated: tuple[tuple[str, Evaluate], ...]
    required: tuple[str, ...]
    checks: tuple[Check, ...]
    numbered: str | None = None
    others: tuple[Index, ...] = ()
    rooms: tuple[IndexRoom, ...] = ()
    references: tuple[Reference, ...] = ()
    referenced_by: tuple[Reference, ...] = ()
    acceptors: Mapping[str, Callable[[Any], Any]] = field(init=False)
    empty: dict[str, Any] = field(init=False)
    key_columns: frozenset[str] = field(init=False)
    tells: bool = field(init=False, default=False)
    unique: tuple[tuple[UniqueKey, Index], ...] = field(init=False, default=())
    primary: Index = field(init=False)
    _fill: Callable[[Row, Mapping[str, Any], datetime], Row] = field(init=False)
    _lacks: Callable[[Row], bool] = field(init=False)
    _length: Callable[[Row], int] = field(init=False)
    _rooms_at_a_glance: tuple[IndexRoom, ...] = field(init=False)
    _keeps_keys: Callable[[Row, Row], bool] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        intakes = {name: self._intake(name) for name in self.types}
        self.acceptors = {name: acceptor_of(intake) for name, intake in intakes.items()}
        # NULL that is given outright goes before a default.
        given = {name: intakes[name] for name in self.entity.new_fields}
        filled_in = {name: default for name, default in self.defaults.items() if name not in given}
        self._fill = filling_of(given, filled_in)
        self.empty = _sharing_its_keys(self.entity.fields)
        self.key_columns = _key_columns(self.entity)
        self._lacks = lack_of(self.required)
        # Where texts are short no others have to be asked.
        self._rooms_at_a_glance = tuple(room for room in self.rooms if not room.is_told_by_length)
        # Each column as often as it is in one index.
        self._length = length_of(reduce(or_, (Counter(room.texts) for room in self.rooms), Counter()).elements())

    def __repr__(self) -> str:
        # Tables refer to each other: all of it would never end.
        return f"Table({self.name})"

    @property
    def name(self) -> str:
        """The table's name."""
        return self.entity.name

    @property
    def indexes(self) -> Iterator[Index]:
        """All indexes."""
        yield from (index for _, index in self.unique)
        yield from self.others

    def new_row(self, new: Value, now: datetime, numbers: Numbers | None = None) -> Row:
        """Return the row of a new value, or raise `ValueInvalid` for a value that its type refuses.

        Without `numbers` an identity stays NULL.
        """
        given = new.__dict__
        try:
            row = self._fill(self.empty.copy(), given, now)
        except ValueRefused:
            pass
        else:
            if self.numbered is not None and numbers is not None:
                row[self.numbered] = numbers.draw(self.name)
            return self._complete(row)
        raise self._refused(given)

    def require_fitting(self, several: Sequence[Value]) -> None:
        """Raise `ValueInvalid` where the type of a column refuses a value of several rows that are sent together."""
        rows = [new.__dict__ for new in several]
        if any(isinstance(type_, ArrayType) for type_ in self.types.values()):
            error = self._refused_in(rows)
        else:
            # An array for each column.
            given = [(name, type_.unlimited, row.get(name)) for name, type_ in self.types.items() for row in rows]
            taken = [(name, type_.accept_element, value) for name, type_, value in given if value is not None]
            error = first_refused(taken, self.name)
        if error is not None:
            raise error

    def require_settable(self, changes: Mapping[str, Any]) -> None:
        """Raise `ValueInvalid` where a plain value among changes is refused by its type, whatever rows there are."""
        error = self._refused_in(
            [{name: each for name, each in changes.items() if not isinstance(each, ColumnElement)}]
        )
        if error is not None:
            raise error

    def stored_changes(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return the stored form of a row's new values, or raise `ValueInvalid`."""
        try:
            acceptors = self.acceptors
            return {name: None if value is None else acceptors[name](value) for name, value in changes.items()}
        except ValueRefused:
            pass
        raise self._refused(changes)

    def has_binary(self, new: Value) -> bool:
        """Tell whether all fields of a new value are sent in binary form."""
        given = new.__dict__
        fields = ((self.types[name], given.get(name)) for name in self.entity.new_fields)
        return all(value is None or type_.has_binary(value) for type_, value in fields)

    def changed_row(self, row: Row, *changes: Mapping[str, Any]) -> Row:
        """Return the row with these stored values; of two for one column the latter holds."""
        changed = row.copy()
        for each in changes:
            changed.update(each)
        return self._complete(changed) if self.generated else changed

    def row_key(self, row: Row) -> tuple[int, Any]:
        """Return what row locks know a row by: the table's place and the row's primary key."""
        return self.primary.place, self.primary.key(row)

    def strength_of_change(self, names: Iterable[str]) -> Strength:
        """Return how strongly an update of these columns holds a row, so that nobody refers to what it changes."""
        return Strength.NO_KEY_UPDATE if self.key_columns.isdisjoint(names) else Strength.UPDATE

    def moves(self, old: Row, new: Row) -> bool:
        """Tell whether two versions of a row differ in what others may refer to."""
        return any(old[name] != new[name] for name in self.key_columns)

    def keeps_keys(self, old: Row, new: Row) -> bool:
        """Tell, for a change that leaves them alone, that no unique key and no foreign key of a row is another one."""
        if self._keeps_keys is None:
            self._keeps_keys = sameness_of(self._columns_of_keys())
        return self._keeps_keys(old, new)

    def _columns_of_keys(self) -> dict[str, None]:
        names = [name for key, _ in self.unique for name in (*key.fields, *columns_in(key.predicate))]
        own = [name for reference in self.references for name in reference.pairs]
        # What others refer to is a unique key.
        return dict.fromkeys([*names, *own])

    def _intake(self, name: str) -> Intake:
        type_, field_info = self.types[name], self.entity.value.model_fields[name]
        # Rows that refer to the same row share the text: less memory, and equal at a glance.
        is_shared = isinstance(type_, TextType) and bool(self.entity.table.c[name].foreign_keys)
        return Intake(type_, enum_of(field_info.annotation), is_shared)

    def default_values(self, columns: Iterable[str], now: datetime) -> dict[str, Any]:
        """Return what these columns hold where nothing is given."""
        return {name: default(now) if (default := self.defaults.get(name)) else None for name in columns}

    def stored(self, name: str, value: Any) -> Any:
        """Return a column's stored form of a value, or raise `ValueInvalid`."""
        if value is None:
            return None
        try:
            return self.acceptors[name](value)
        except ValueRefused as refusal:
            refused_as = refused(refusal, name)
        raise refused_as

    def verify(self, row: Row) -> None:
        """Raise `ValueMissing` or `CheckFailed` for a row that no table may hold."""
        if self._lacks(row):
            name = next(name for name in self.required if row[name] is None)
            raise ValueMissing(fields=(name,), sqlstate="23502")
        for check in self.checks:
            result = check.evaluate(row)
            if result is not None and not result:
                raise CheckFailed(constraint=check.name, fields=check.fields, sqlstate="23514")

    def _refused(self, values: Mapping[str, Any]) -> ValueInvalid:
        """Return the error for the value among these that is refused first."""
        error = self._refused_in([values])
        assert error is not None, values
        return error

    def _refused_in(self, rows: Iterable[Mapping[str, Any]]) -> ValueInvalid | None:
        """Return the error for the value, in the order of rows and columns, that is refused first; None, if none is.

        What cannot be sent is found before the server sees anything; the server reads all values before it stores one.
        """
        given = [(name, type_, row[name]) for row in rows for name, type_ in self.types.items() if name in row]
        present = [(name, type_, value) for name, type_, value in given if value is not None]
        read = [(name, type_.unlimited.accept, value) for name, type_, value in present]
        stored = [(name, type_.accept, value) for name, type_, value in present]
        return first_refused([*read, *stored], self.name)

    def require_room(self, row: Row) -> None:
        """Raise `ValueInvalid` for a row that is too long for an index."""
        for room in self._rooms_at_a_glance if self._length(row) <= LENGTH_WITH_ROOM_MAX else self.rooms:
            if (name := room.missing_for(row)) is not None:
                fields = self.entity.fields_of(name)
                raise ValueInvalid(constraint=name or None, fields=fields, sqlstate="54000")

    def _complete(self, row: dict[str, Any]) -> Row:
        for name, evaluate in self.generated:
            value = evaluate(row)
            type_ = self.types[name]
            row[name] = None if value is None else type_.packed(type_.accept(value))
        return row


def _key_columns(entity: AnyEntity) -> frozenset[str]:
    """Return the columns of the unique keys that a foreign key may refer to: neither partial nor of expressions."""
    keys = (key for key in entity.unique_keys.values() if key.predicate is None and not key.deferrable)
    plain = (key.elements for key in keys if all(isinstance(element, Column) for element in key.elements))
    return frozenset(element.name for elements in plain for element in elements)


class _Columns:
    """What an empty row is the namespace of."""


def _sharing_its_keys(names: Iterable[str]) -> dict[str, Any]:
    """Return a dict of None by name whose copies share its keys, as CPython has it for the dicts of instances.

    So a row holds its values only, and a lookup comes upon less memory that is cold.
    """
    empty = _Columns()
    for name in names:
        setattr(empty, name, None)
    return vars(empty)


def first_refused(values: Iterable[tuple[str, Callable[[Any], Any], Any]], entity: str) -> ValueInvalid | None:
    """Return the error for values, each with its field and what takes it in; None, if all are taken.

    What cannot be sent is told of before what the server refuses, which reads all of them in this order.
    """
    found: list[ValueInvalid] = []
    for name, accept, value in values:
        try:
            accept(value)
        except ValueRefused as refusal:
            found.append(refused(refusal, name))
    error = min(found, key=lambda each: each.sqlstate is not None, default=None)
    if error is not None:
        error.entity = entity
    return error


def refused(refusal: ValueRefused, field: str) -> ValueInvalid:
    """Return the error for a refused value; PostgreSQL names no column where it is the one to refuse."""
    return ValueInvalid(fields=(field,) if refusal.sqlstate is None else (), sqlstate=refusal.sqlstate)
