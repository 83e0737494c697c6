"""What reads do with the rows of one table, for both colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, TypeAlias

from dbkit.memory.chosen import Chooser
from dbkit.memory.conditions import refusal_of
from dbkit.memory.contention import Find
from dbkit.memory.decoding import decoder_of, finder_of
from dbkit.memory.indexes import Key, State
from dbkit.memory.logic import Row
from dbkit.memory.lookups import lookups_of
from dbkit.memory.refusal import ValueRefused
from dbkit.memory.selection import Selector
from dbkit.memory.shuffling import Order
from dbkit.memory.table import Table, first_refused
from dbkit.memory.totals import Totals
from dbkit.memory.written import written
from dbkit.models.unique import UniqueKey
from dbkit.types.errors import ValueInvalid
from dbkit.verbs.query import Query
from dbkit.verbs.selection import Selection

__all__ = ["CallerKey", "ReadRows"]

CallerKey: TypeAlias = tuple[Any, ...]


class ReadRows:
    """The rows of one table, to be read in a state. Values share nothing that can be changed with it."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.decode = decoder_of(table)
        self._entity = table.entity
        self.selector = Selector(table)
        self._chooser = Chooser(table, self.decode)
        self._primary = table.primary
        self._deleted_at = "deleted_at" if table.entity.is_soft_deleted else None
        self._lookups = lookups_of(table)
        columns = self._primary.columns
        # What is sought is neither cut nor rounded, so that a key with more digits than the column has finds nothing.
        self._key_types = [(column.order.name, table.types[column.order.name].unlimited) for column in columns]
        self._encoders = [column.encode for column in columns]
        # The attributes that are in the index, where what a caller's key holds is stored as it is.
        attributes = [type_.key_attribute for _, type_ in self._key_types]
        parts = [f"key[{part}].{name}, " for part, name in enumerate(attributes) if name is not None]
        key_source = f"({''.join(parts)})" if len(parts) == len(columns) else "read_key(key)"
        self._key: Callable[[CallerKey], Key] = written(
            f"def f(key): return {key_source}", {"read_key": self._read_key}
        )
        # The live value with a caller's key, or None.
        self.find: Callable[[Find, CallerKey], Any] = finder_of(table, key_source, self._read_key)

    def find_many(self, find: Find, keys: list[CallerKey]) -> dict[CallerKey, Any]:
        """Return the live values that exist among these keys."""
        try:
            found = {key: self.find(find, key) for key in keys}
        except ValueInvalid as error:
            refusal = self._keys_refused(keys) or error
        else:
            return {key: value for key, value in found.items() if value is not None}
        raise refusal

    def exists(self, find: Find, key: CallerKey) -> bool:
        """Tell whether a live row has this key."""
        return self._live(find(self._primary, self._key(key))) is not None

    def select(self, state: State, query: Query, limit: int) -> list[Any]:
        """Return the first values of a query."""
        return list(map(self.decode, islice(self.selector.rows(state, query), limit)))

    def iterate(self, state: State, query: Query) -> Iterator[Any]:
        """Iterate over all values of a query."""
        return map(self.decode, self.selector.rows(state, query))

    def count(self, state: State, query: Query) -> int:
        """Return how many rows a query selects."""
        return sum(1 for _ in self.selector.rows(state, query))

    def unsendable(self, wanted: Query | Selection) -> ValueInvalid | None:
        """Return the error for a query's value that cannot be sent, whatever state the transaction is in; or None."""
        refusal = refusal_of(self.table, wanted.conditions) if isinstance(wanted, Query) else None
        return refusal if refusal is not None and refusal.sqlstate is None else None

    def test(self, wanted: Query | Selection, now: datetime) -> Callable[[Row], bool]:
        """Return the test of a row that a query or a selection, whatever its limit, reads."""
        if isinstance(wanted, Query):
            return self.selector.test(wanted)
        return lambda row: self._chooser.meets(row, wanted, now)

    def find_by(self, find: Find, wanted: tuple[UniqueKey, Mapping[str, Any]]) -> Any:
        """Return the value, live or not, that holds these values of a unique key's fields, or None."""
        unique_key, values = wanted
        index, key_of = self._lookups[unique_key.name]
        key = key_of(values)
        row = None if key is None else find(index, key)
        return None if row is None else self.decode(row)

    def select_where(self, state: State, selection: Selection, now: datetime, order: Order) -> list[Any]:
        """Return the values of a selection; what its order leaves open `order` says."""
        return [value for _, value in self._chooser.rows(state, selection, now, order)]

    def totals(
        self,
        state: State,
        selection: Selection,
        now: datetime,
        order: Order,
        *,
        by: tuple[str, ...],
        total: str | None,
    ) -> dict[tuple[Any, ...], Any]:
        """Return for each combination of values of `by` how many rows it has, or the sum of a column."""
        totals = Totals(self.table, by, total)
        for value in self.select_where(state, selection, now, order):
            totals.add(value)
        return totals.found

    def shown(self, key: CallerKey) -> dict[str, object]:
        """Return a key as an error shows it."""
        return dict(zip(self._entity.key_parameters, key, strict=True))

    def _read_key(self, key: CallerKey) -> Key:
        """Return a caller's key as the index holds it, or raise `ValueInvalid` as the server would refuse it."""
        parts = zip(key, self._key_types, self._encoders, strict=True)
        try:
            return tuple([encode(type_.accept(part)) for part, (_, type_), encode in parts])
        except ValueRefused:
            pass
        raise self._key_refused(key)

    def _key_refused(self, key: CallerKey) -> ValueInvalid:
        parts = [(name, type_.accept, part) for part, (name, type_) in zip(key, self._key_types, strict=True)]
        error = first_refused(parts, self.table.name)
        assert error is not None, key
        error.key = self.shown(key)
        return error

    def _keys_refused(self, keys: list[CallerKey]) -> ValueInvalid | None:
        """Return the error for keys that share all parts but the last, which is sent as an array."""
        shared = [
            (name, type_.accept, part) for part, (name, type_) in zip(keys[0], self._key_types[:-1], strict=False)
        ]
        name, type_ = self._key_types[-1]
        last = [(name, type_.accept_element, key[-1]) for key in keys]
        return first_refused([*shared, *last], self.table.name)

    def _is_live(self, row: Row) -> bool:
        return self._deleted_at is None or row[self._deleted_at] is None

    def _live(self, row: Row | None) -> Row | None:
        if row is None or self._deleted_at is None:
            return row
        return row if row[self._deleted_at] is None else None
