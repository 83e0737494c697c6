# Generated from dbkit/verbs/_async/repository.py by tools/unasync.py; edit that file instead.
"""The repository: every verb, for every entity, over the primitives of a backend."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Self

from dbkit.models.entity import Entity
from dbkit.models.unique import UniqueKey
from dbkit.types.errors import AlreadyExists, NotFound, TransactionConflict
from dbkit.types.filter import Filter
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.value import Value
from dbkit.verbs.allowed import with_allowed_verbs
from dbkit.verbs.changes import Update, Upsert
from dbkit.verbs.locking import LockWait, require_strength, wait_of
from dbkit.verbs.query import Query
from dbkit.verbs.readers import readers_of
from dbkit.verbs.selection import Changes, Selection

__all__ = ["Repository", "TransactionRepository"]

_CHUNK_ROWS = 1_000
_LOOKS = 3


class Repository(ABC):
    """The verbs of one entity.

    Typed faces of it, one for each entity, are the protocols of `dbkit.types`. The primitives that
    a backend supplies have an underscore; they get checked arguments and raise the error tree.
    """

    def __new__(cls, entity: Entity[Any, Any, Any], *_: Any, **__: Any) -> Self:
        """Make the repository without the verbs that the entity does not allow."""
        made: Self = super().__new__(with_allowed_verbs(cls, entity))
        return made

    def __init__(self, entity: Entity[Any, Any, Any]) -> None:
        self.entity = entity
        self._keys, self._queries, self._changes = readers_of(entity)

    _unit: Any = None
    """The database or transaction that the repository belongs to, for operations that need others of its."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.entity.name})"

    def find(self, *key: Any, **named: Any) -> Any:
        """Return the live value with this key, or None."""
        return self._find(self._keys.one(key, named))

    def get(self, *key: Any, **named: Any) -> Any:
        """Return the live value with this key, or raise `NotFound`."""
        parts = self._keys.one(key, named)
        value = self._find(parts)
        if value is None:
            raise self._not_found(parts)
        return value

    def get_many(self, *key: Any, **named: Any) -> list[Any]:
        """Return the live values with these keys in the order asked, or raise `NotFound` for the first absent one."""
        keys = self._keys.many(key, named)
        found = self._find_many(list(dict.fromkeys(keys)))
        for parts in keys:
            if parts not in found:
                raise self._not_found(parts)
        return [found[parts] for parts in keys]

    def exists(self, *key: Any, **named: Any) -> bool:
        """Tell whether a live row has this key."""
        return self._exists(self._keys.one(key, named))

    def page(
        self, filter: Filter | None = None, *, order: str | None = None, limit: int = 50, after: str | None = None
    ) -> Page[Any]:
        """Return up to `limit` values in order, from the cursor on, with the cursor to the rest.

        Rows that appear or vanish between two pages are seen or not by their place in the order;
        none is skipped or repeated because of others.
        """
        query = self._queries.read(filter, order, after)
        values = self._select(query, self._queries.limit(limit) + 1)
        return self._queries.page(query, values, limit)

    def iterate(self, filter: Filter | None = None, *, order: str | None = None) -> Iterator[Any]:
        """Yield all values in order, with the memory of one chunk.

        Outside a transaction each chunk is a query of its own, so it sees what was committed
        meanwhile beyond its position. Inside one the whole iteration sees one snapshot.
        """
        query = self._queries.read(filter, order, None)
        for values in self._chunks(query, _CHUNK_ROWS):
            for value in values:
                yield value

    def count(self, filter: Filter | None = None) -> int:
        """Return how many rows the filter selects."""
        return self._count(self._queries.read(filter, None, None))

    def create(self, new: Value) -> Any:
        """Store a new row and return it as stored."""
        return self._insert(self._changes.new(new))

    def create_many(self, new: Iterable[Value], *, returning: bool = False) -> Any:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        rows = self._changes.several(new)
        if returning:
            return self._insert_returning(rows) if rows else []
        return self._copy(rows) if rows else 0

    def update(self, *key: Any, expected_version: int | None = None, **named: Any) -> Any:
        """Change a live row and return it as stored.

        Raises `NotFound`, `StaleVersion` where the row is no longer at `expected_version`, and
        `IllegalTransition` where a lifecycle has no such step.
        """
        key_by_name, changes = self._keys.split(named)
        update = self._changes.update(self._keys.one(key, key_by_name), expected_version, changes)
        for _ in range(_LOOKS):
            value = self._update(update)
            if value is not None:
                return value
            self._changes.explain_update(update, self._current(update.key), self._keys.shown(update.key))
        raise TransactionConflict(entity=self.entity.name, key=self._keys.shown(update.key))

    def upsert(self, new: Value, *, on: str) -> Upserted[Any]:
        """Store a row or, where the unique key `on` already holds it, change that row.

        The fields of the key, immutable ones, and the row's own id stay as they are. Raises
        `AlreadyExists` where the row that holds the key is soft-deleted or another unique key
        stands in the way, and `IllegalTransition` where a lifecycle has no such step.
        """
        upsert = self._changes.upsert(new, on)
        for _ in range(_LOOKS):
            done = self._upsert(upsert)
            if done is not None:
                return done
            self._explain_upsert(upsert)
        raise TransactionConflict(entity=self.entity.name, key=self.entity.key_of(new))

    def delete(self, *key: Any, expected_version: int | None = None, **named: Any) -> None:
        """Delete a live row: softly where the entity keeps deleted rows, else for good.

        Raises `NotFound`, `StaleVersion` where an expected version is given and wrong, and
        `StillReferenced` where rows that do not go along refer to it.
        """
        parts = self._keys.one(key, named)
        version = self._changes.version(expected_version, required=False)
        for _ in range(_LOOKS):
            if (self._soft_delete if self.entity.is_soft_deleted else self._hard_delete)(parts, version):
                return
            self._changes.explain_version(version, self._current(parts), self._keys.shown(parts))
        raise TransactionConflict(entity=self.entity.name, key=self._keys.shown(parts))

    def restore(self, *key: Any, **named: Any) -> Any:
        """Bring a soft-deleted row back, or raise `NotFound`, or `AlreadyExists` where its place is taken."""
        parts = self._keys.one(key, named)
        value = self._restore(parts)
        if value is None:
            raise self._not_found(parts, "no soft-deleted row")
        return value

    def purge(self, *key: Any, **named: Any) -> None:
        """Delete a row for good, live or soft-deleted, or raise `NotFound` or `StillReferenced`."""
        parts = self._keys.one(key, named)
        if not self._hard_delete(parts, None):
            raise self._not_found(parts)

    def _current(self, key: tuple[Any, ...]) -> Any:
        """Return the row that a write did not change, or raise `NotFound`."""
        value = self._find(key)
        if value is None:
            raise self._not_found(key)
        return value

    def _explain_upsert(self, upsert: Upsert) -> None:
        current = self._find_by(upsert.on, upsert.new.__dict__)
        if current is None:
            return
        key = self.entity.key_of(current)
        if getattr(current, "deleted_at", None) is not None:
            raise AlreadyExists(
                "a soft-deleted row holds this key",
                entity=self.entity.name,
                key=key,
                constraint=upsert.on.name,
                fields=upsert.on.fields,
                advice="Restore or purge it first.",
            )
        self._changes.explain_upsert(upsert, current, key or {})

    def _chunks(self, query: Query, size: int) -> Iterator[list[Any]]:
        """Yield the values of a query chunk by chunk, each chunk a query of its own."""
        values = self._select(query, size)
        while values:
            yield values
            if len(values) < size:
                return
            values = self._select(query.after(self._queries.position_of(query, values[-1])), size)

    def _not_found(self, key: tuple[Any, ...], what: str | None = None) -> NotFound:
        return NotFound(what, entity=self.entity.name, key=self._keys.shown(key))

    @abstractmethod
    def _find(self, key: tuple[Any, ...]) -> Any:
        """Return the live value, or None."""

    @abstractmethod
    def _find_many(self, keys: list[tuple[Any, ...]]) -> dict[tuple[Any, ...], Any]:
        """Return the live values that exist among these keys."""

    @abstractmethod
    def _find_by(self, unique_key: UniqueKey, values: Mapping[str, Any]) -> Any:
        """Return the value, live or not, that holds these values of a unique key's fields, or None."""

    @abstractmethod
    def _exists(self, key: tuple[Any, ...]) -> bool:
        """Tell whether a live row has this key."""

    @abstractmethod
    def _select(self, query: Query, limit: int) -> list[Any]:
        """Return the first values of a query."""

    @abstractmethod
    def _count(self, query: Query) -> int:
        """Return how many rows a query selects."""

    @abstractmethod
    def _insert(self, new: Value) -> Any:
        """Store a row and return it."""

    @abstractmethod
    def _insert_returning(self, rows: list[Value]) -> list[Any]:
        """Store all rows or none and return them in order; an error carries `row`."""

    @abstractmethod
    def _copy(self, rows: list[Value]) -> int:
        """Store all rows or none and return how many; an error carries `row`."""

    @abstractmethod
    def _update(self, update: Update) -> Any:
        """Change the live row if version and states fit, and return it; else None."""

    @abstractmethod
    def _upsert(self, upsert: Upsert) -> Upserted[Any] | None:
        """Insert or update the row; None where the existing row is deleted or its states do not fit."""

    @abstractmethod
    def _soft_delete(self, key: tuple[Any, ...], expected_version: int | None) -> bool:
        """Set `deleted_at` of the live row if the version fits."""

    @abstractmethod
    def _hard_delete(self, key: tuple[Any, ...], expected_version: int | None) -> bool:
        """Delete the row, live or not, if the version fits."""

    @abstractmethod
    def _restore(self, key: tuple[Any, ...]) -> Any:
        """Clear `deleted_at` of the soft-deleted row and return it; else None."""

    @abstractmethod
    def _select_where(self, selection: Selection) -> list[Any]:
        """Return the rows of a selection."""

    @abstractmethod
    def _update_where(self, selection: Selection, changes: Changes) -> list[Any]:
        """Change the rows of a selection and return them as stored, in its order."""

    @abstractmethod
    def _delete_where(self, selection: Selection) -> int:
        """Delete the rows of a selection for good and return how many."""

    @abstractmethod
    def _insert_missing(self, rows: list[Value], unique_key: UniqueKey | None) -> list[Any]:
        """Store the rows that no unique key (or not this one) refuses, and return them."""

    @abstractmethod
    def _insert_or_change(self, new: Value, given: Changes, selection: Selection, changes: Changes) -> Any:
        """Store a row or, where its primary key is taken by a row of the selection, change that one; return it.

        `given` takes the place of what the new value says. None where the row is not in the selection.
        """

    @abstractmethod
    def _totals(self, selection: Selection, by: tuple[str, ...], total: str | None) -> dict[tuple[Any, ...], Any]:
        """Return for each combination of values of `by` how many rows it has, or the sum of the column `total`."""


class TransactionRepository(Repository):
    """The verbs of one entity inside a transaction."""

    def lock(
        self,
        *key: Any,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
        **named: Any,
    ) -> Any:
        """Return the live value and hold its row until the transaction ends, or raise `NotFound`.

        Waits for a transaction that holds the row in a conflicting way; with `nowait` raises
        `LockNotAvailable` at once, with `skip_locked` returns None.
        """
        require_strength(strength, self.entity.name)
        wait = wait_of(self.entity.name, nowait=nowait, skip_locked=skip_locked)
        parts = self._keys.one(key, named)
        value = self._lock(parts, strength=strength, wait=wait)
        if value is None and not (skip_locked and self._exists(parts)):
            raise self._not_found(parts)
        return value

    @abstractmethod
    def _make_partition(self, low: datetime, high: datetime) -> None:
        """Give the rows of a partitioned entity between two times a place of their own."""

    @abstractmethod
    def _drop_partitions(self, before: datetime) -> None:
        """Drop, with their rows, the partitions of a partitioned entity that end before this time."""

    @abstractmethod
    def _lock(self, key: tuple[Any, ...], *, strength: LockStrength, wait: LockWait) -> Any:
        """Lock the live row and return it, or None; None as well where it is left out."""
