"""Indexes: the order of their keys, and which rows they hold.

An index is an ordered map from a key to the row itself, which the table's version keeps (`versions`). The key is a
tuple of what Python compares in C: ints for uuids, text, datetimes. NULL comes last; a column that runs against the
index's other columns is turned round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import total_ordering
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from dbkit.memory.datatype import DataType
from dbkit.memory.logic import Evaluate, Row, itself
from dbkit.memory.ordered import FIRST, LAST, OrderedMap
from dbkit.models.order import OrderColumn

if TYPE_CHECKING:
    from dbkit.memory.versions import TableVersion

__all__ = [
    "NULL",
    "Index",
    "IndexColumn",
    "Key",
    "State",
    "encoder",
    "itself_or_null",
    "key_of_columns",
    "key_of_parts",
    "key_without_nulls",
    "live_key",
    "partial_key",
]

Key: TypeAlias = tuple[Any, ...]

State: TypeAlias = "tuple[TableVersion, ...]"
"""All rows of a database: each table's version, at the table's place. It never changes; a write makes another one."""


class _Null:
    """NULL in a key: after all values, before LAST."""

    __slots__ = ()

    def __lt__(self, other: object) -> bool:
        return other is LAST

    def __gt__(self, other: object) -> bool:
        return other is not self and other is not LAST

    def __le__(self, other: object) -> bool:
        return other is self or other is LAST

    def __ge__(self, other: object) -> bool:
        return other is not LAST


NULL: Final = _Null()


@total_ordering
class _Reversed:
    """A value that is compared the other way round."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Reversed) and bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash(self.value)

    def __lt__(self, other: object) -> bool:
        return bool(other.value < self.value) if isinstance(other, _Reversed) else NotImplemented


def itself_or_null(value: Any) -> Any:
    """Return the value, or what NULL is in a key."""
    return NULL if value is None else value


def encoder(type_: DataType, *, nullable: bool, turned: bool = False) -> Callable[[Any], Any]:
    """Return what makes a stored value part of a key."""
    key = type_.key or itself
    if turned:
        plain = key
        key = type_.reverse_key or (lambda value: _Reversed(plain(value)))
    if not nullable:
        return key
    if key is itself:
        return itself_or_null
    absent = FIRST if turned else NULL
    return lambda value: absent if value is None else key(value)


@dataclass(frozen=True, slots=True)
class IndexColumn:
    """A plain column of an index, and what makes its value part of a key."""

    order: OrderColumn
    turned: bool
    encode: Callable[[Any], Any]


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """One index of a table.

    `place` is its table's in the state. `columns` are empty where an element is an expression; such an index serves
    lookups only. A row that is not in the index has no key. `is_partial` tells that `predicate` has to hold,
    `live_only` that it says just `deleted_at IS NULL`. Keys of a unique index are all there is to them; others end
    with the primary key.
    """

    place: int
    name: str
    columns: tuple[IndexColumn, ...]
    key: Callable[[Row], Key | None]
    is_unique: bool
    is_partial: bool = False
    live_only: bool = False

    def starts_with(self, names: frozenset[str]) -> bool:
        """Tell whether the index finds all rows by these columns."""
        leading = [column.order.name for column in self.columns[: len(names)]]
        return not self.is_partial and set(leading) == names

    def tree(self, state: Sequence[TableVersion]) -> OrderedMap[Any, Row]:
        """Return the keys and rows of a state, in order."""
        return state[self.place].tree(self)

    def rows(self, state: Sequence[TableVersion], prefix: Key) -> Iterator[Row]:
        """Return the rows whose key starts with this prefix, in order."""
        return self.tree(state).values(prefix, (*prefix, LAST))


def key_of_parts(parts: Sequence[Evaluate]) -> Callable[[Row], Key]:
    """Return the function from a row to a key whose parts are expressions."""
    fixed = tuple(parts)
    return lambda row: tuple([part(row) for part in fixed])


def key_of_columns(
    columns: Sequence[tuple[str, Callable[[Any], Any]]],
    types: Mapping[str, DataType],
    *,
    unless_null: Iterable[str] = (),
) -> Callable[[Row], Key | None]:
    """Return the function from a row to the key of these columns, each with what makes its value part of a key.

    The key is None where a column of `unless_null` is NULL. The function is written out, as a dataclass writes its
    `__init__`: a row is given a dozen keys, and a call for each of their parts would take three times as long.
    """
    calls = {f"encode_{number}": _from_row(types[name], encode) for number, (name, encode) in enumerate(columns)}
    parts = [_part(call, name, types[name], encode) for call, (name, encode) in zip(calls, columns, strict=True)]
    source = f"({', '.join(parts)},)"
    tests = " or ".join(f"row[{name!r}] is None" for name in unless_null)
    written: Callable[[Row], Key | None] = eval(  # noqa: S307 - names of columns, quoted, and nothing else from outside
        f"lambda row: {f'None if {tests} else {source}' if tests else source}", {"NULL": NULL, **calls}
    )
    return written


def _part(call: str, name: str, type_: DataType, encode: Callable[[Any], Any]) -> str:
    """Return the Python text of one part of a key, in terms of `row` and, where that is not enough, a call."""
    # What is packed has a key that makes something else of it.
    if encode is itself:
        return f"row[{name!r}]"
    if encode is itself_or_null:
        return f"(NULL if (held := row[{name!r}]) is None else held)"
    if encode is type_.key and type_.key_attribute is not None:
        return f"row[{name!r}].{type_.key_attribute}"
    return f"{call}(row[{name!r}])"


def _from_row(type_: DataType, encode: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return what makes part of a key of what a row holds."""
    unpack = type_.unpack
    return encode if unpack is None else lambda held: encode(None if held is None else unpack(held))


def partial_key(key: Callable[[Row], Key | None], predicate: Evaluate) -> Callable[[Row], Key | None]:
    """Return the key of the rows for which a predicate is true."""
    return lambda row: key(row) if predicate(row) else None


def live_key(key: Callable[[Row], Key | None]) -> Callable[[Row], Key | None]:
    """Return the key of the rows that are not soft-deleted."""
    return lambda row: key(row) if row["deleted_at"] is None else None


def key_without_nulls(key: Callable[[Row], Key]) -> Callable[[Row], Key | None]:
    """Return the key of the rows that have no NULL in it: they clash with no row."""

    def without_nulls(row: Row) -> Key | None:
        found = key(row)
        return None if any(part is NULL for part in found) else found

    return without_nulls
