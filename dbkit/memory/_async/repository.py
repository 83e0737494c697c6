"""The verbs' primitives in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any, Protocol, TypeAlias, TypeVar

from dbkit.memory.base import Verb
from dbkit.memory.change import Change
from dbkit.memory.contention import Find
from dbkit.memory.indexes import State
from dbkit.memory.logic import Row
from dbkit.memory.rows import Rows
from dbkit.memory.shuffling import Order
from dbkit.memory.statement import Statement
from dbkit.memory.table import AnyEntity
from dbkit.models.unique import UniqueKey
from dbkit.types.errors import (
    DbkitError,
    ReadOnly,
    ResourceError,
    SetupError,
    TransactionError,
    ValueInvalid,
)
from dbkit.types.lock import LockStrength
from dbkit.types.page import Upserted
from dbkit.types.value import Value
from dbkit.verbs._async.repository import AsyncRepository, AsyncTransactionRepository
from dbkit.verbs.changes import Update, Upsert
from dbkit.verbs.counting import is_counted, note_query
from dbkit.verbs.deadline import has_deadline, require_time_left
from dbkit.verbs.locking import LockWait
from dbkit.verbs.ordering import in_order
from dbkit.verbs.query import Query
from dbkit.verbs.selection import Changes, Selection

__all__ = ["AsyncAccess", "AsyncMemoryRepository", "AsyncMemoryTransactionRepository"]

T = TypeVar("T")
Key: TypeAlias = tuple[Any, ...]


class AsyncAccess(Protocol):
    """Where a repository reads and writes: the database itself, or a transaction."""

    @property
    def origin(self) -> object:
        """What queries are noted under."""
        ...

    def view(self) -> State:
        """Return the state to read."""
        ...

    def note_scan(self, rows: Rows, wanted: Query | Selection) -> None:
        """Take note that rows are read, before they are."""
        ...

    @property
    def find(self) -> Find:
        """What finds a row by its key, the same as long as the access lasts."""
        ...

    @property
    def find_last(self) -> Find:
        """What finds the last of the rows with a key, where there may be two of them."""
        ...

    def now(self) -> datetime:
        """Return the time of the transaction."""
        ...

    @property
    def order(self) -> Order:
        """What puts rows that nobody wants in an order into some order."""
        ...

    def note(self, error: DbkitError) -> None:
        """Take notice of an error."""
        ...

    async def write(self, change: Change) -> Any:
        """Run a change and return its result."""
        ...


class AsyncMemoryRepository(AsyncRepository):
    """The verbs of one entity, each call a transaction of its own."""

    def __init__(self, entity: AnyEntity, rows: Rows, access: AsyncAccess) -> None:
        super().__init__(entity)
        self._rows = rows
        self._access = access
        self._find_row = access.find

    async def _find(self, key: Key) -> Any:
        # What `_look` does, in line: this is the path of every get.
        if has_deadline():
            require_time_left()
        if is_counted():
            self._note("find")
        try:
            return self._rows.find(self._find_row, key)
        except (ValueInvalid, TransactionError) as error:
            failure = self._said_first(error)
        self._failed(failure, key)
        raise failure

    async def _find_many(self, keys: list[Key]) -> dict[Key, Any]:
        return self._look(self._rows.find_many, keys, None, self._access.find_last) if keys else {}

    async def _find_by(self, unique_key: UniqueKey, values: Mapping[str, Any]) -> Any:
        return self._look(self._rows.find_by, (unique_key, values), None)

    async def _exists(self, key: Key) -> bool:
        return self._look(self._rows.exists, key, key)

    async def _select(self, query: Query, limit: int) -> list[Any]:
        return self._scan(self._rows.select, query, limit)

    async def _count(self, query: Query) -> int:
        return self._scan(self._rows.count, query)

    def _look(self, look: Callable[[Find, Any], T], wanted: Any, key: Key | None, find: Find | None = None) -> T:
        """Look keys up. Noting the server's refusal of one comes after the fact, which costs nothing otherwise."""
        if has_deadline():
            require_time_left()
        if is_counted():
            self._note(look.__name__)
        try:
            return look(self._find_row if find is None else find, wanted)
        except (ValueInvalid, TransactionError) as error:
            failure = self._said_first(error)
        self._failed(failure, key)
        raise failure

    def _scan(self, read: Callable[..., T], wanted: Query | Selection, *arguments: Any) -> T:
        require_time_left()
        if is_counted():
            self._note(getattr(read, "func", read).__name__)
        try:
            self._access.note_scan(self._rows, wanted)
            return read(self._access.view(), wanted, *arguments)
        except (ValueInvalid, TransactionError) as error:
            failure = self._rows.unsendable(wanted) or error
        self._failed(failure)
        raise failure

    def _said_first(self, error: DbkitError) -> DbkitError:
        """Return what is said first: a server whose transaction has failed reads no key."""
        if error.sqlstate is not None:
            try:
                self._access.view()
            except TransactionError as aborted:
                return aborted
        return error

    def _failed(self, error: DbkitError, key: Key | None = None) -> None:
        """Take notice of a read's error, and say whose it is: of many keys it is no single one's."""
        self._access.note(error)
        self._name(error, lambda _: None if key is None else self._rows.shown(key))

    async def _insert(self, new: Value) -> Any:
        return await self._write("create", partial(self._rows.insert, new=new), lambda _: self.entity.key_of(new))

    async def _insert_returning(self, rows: list[Value]) -> list[Any]:
        try:
            # A server that makes the keys is asked row by row.
            inserted = await self._insert_all(rows, is_copy=not self.entity.has_numbered_key)
        except ReadOnly as error:
            # A server that makes the keys is asked row by row, and refuses the first.
            error.row = 0 if self.entity.has_numbered_key else None
            raise
        # A server takes rows one by one where it makes their keys; else it takes all, and is asked for them again.
        for _ in range(len(rows) - 1 if self.entity.has_numbered_key else 1):
            self._note("insert" if self.entity.has_numbered_key else "read back")
        return list(map(self._rows.decode, inserted))

    async def _copy(self, rows: list[Value]) -> int:
        if self._rows.tells_new and self.entity.has_numbered_key:
            # Only who is given the key can tell the row.
            return len(await self._insert_returning(rows))
        return len(await self._insert_all(rows))

    async def _insert_all(self, rows: list[Value], *, is_copy: bool = True) -> list[Row]:
        def key(number: int | None) -> Mapping[str, object] | None:
            return None if number is None else self.entity.key_of(rows[number])

        inserted: list[Row] = await self._write(
            "create", partial(self._rows.insert_all, new=rows, is_copy=is_copy), key, is_nested=True
        )
        if self._rows.tells_new and not self.entity.has_numbered_key:
            self._note("tell")
        return inserted

    async def _update(self, update: Update) -> Any:
        # What `_write_by_key` does, in line: this is the path of every update.
        return await self._write(
            "update", partial(self._rows.update, update=update), lambda _: self._rows.shown(update.key)
        )

    async def _upsert(self, upsert: Upsert) -> Upserted[Any] | None:
        done: Upserted[Any] | None = await self._write(
            "upsert", partial(self._rows.upsert, upsert=upsert), lambda _: self.entity.key_of(upsert.new)
        )
        return done

    async def _soft_delete(self, key: Key, expected_version: int | None) -> bool:
        run = partial(self._rows.soft_delete, key=key, expected_version=expected_version)
        return bool(await self._write_by_key("delete", run, key))

    async def _hard_delete(self, key: Key, expected_version: int | None) -> bool:
        run = partial(self._rows.hard_delete, key=key, expected_version=expected_version)
        return bool(await self._write_by_key("delete", run, key))

    async def _restore(self, key: Key) -> Any:
        return await self._write_by_key("update", partial(self._rows.restore, key=key), key)

    async def _select_where(self, selection: Selection) -> list[Any]:
        if selection.lock is not None:
            held: list[Any] = await self._write("update", partial(self._rows.lock_where, selection=selection), _no_key)
            return in_order(self._access.order(held), selection.order_by, self.entity.table)
        return self._scan(self._rows.select_where, selection, self._access.now(), self._access.order)

    async def _update_where(self, selection: Selection, changes: Changes) -> list[Any]:
        run = partial(self._rows.update_where, selection=selection, changes=changes)
        changed: list[Any] = await self._write("update", run, _no_key)
        return in_order(self._access.order(changed), selection.order_by, self.entity.table)

    async def _delete_where(self, selection: Selection) -> int:
        run = partial(self._rows.delete_where, selection=selection)
        return int(await self._write("delete", run, _no_key))

    async def _insert_missing(self, rows: list[Value], unique_key: UniqueKey | None) -> list[Any]:
        key = self.entity.key_of(rows[0]) if len(rows) == 1 else None
        run = partial(self._rows.insert_missing, new=rows, unique_key=unique_key)
        inserted: list[Any] = await self._write("create", run, lambda _: key)
        return inserted

    async def _insert_or_change(self, new: Value, given: Changes, selection: Selection, changes: Changes) -> Any:
        run = partial(self._rows.insert_or_change, new=new, given=given, selection=selection, changes=changes)
        return await self._write("upsert", run, lambda _: self.entity.key_of(new))

    async def _totals(self, selection: Selection, by: tuple[str, ...], total: str | None) -> dict[tuple[Any, ...], Any]:
        totals = partial(self._rows.totals, by=by, total=total)
        return self._scan(totals, selection, self._access.now(), self._access.order)

    async def _write_by_key(self, verb: Verb, run: Callable[[Statement], Any], key: Key) -> Any:
        return await self._write(verb, run, lambda _: self._rows.shown(key))

    async def _write(
        self,
        verb: Verb,
        run: Callable[[Statement], Any],
        key: Callable[[int | None], Mapping[str, object] | None],
        *,
        is_nested: bool = False,
    ) -> Any:
        if is_counted():
            self._note(getattr(run, "func", run).__name__)
        try:
            return await self._access.write(Change(verb, self._rows.table, run, key, is_nested))
        except (ResourceError, SetupError, TransactionError) as error:
            self._name(error, key)
            raise

    def _note(self, what: str) -> None:
        """Note what would be a query of a server."""
        note_query(self._access.origin, f"{what} {self.entity.name}")

    def _name(self, error: DbkitError, key: Callable[[int | None], Mapping[str, object] | None]) -> None:
        """Say whose call an error of the transaction met, as the server's answer to a statement does."""
        if error.sqlstate is not None:
            error.entity = self.entity.name
            shown = key(error.row)
            error.key = None if shown is None else dict(shown)


class AsyncMemoryTransactionRepository(AsyncMemoryRepository, AsyncTransactionRepository):
    """The verbs of one entity inside a transaction."""

    async def _lock(self, key: Key, *, strength: LockStrength, wait: LockWait) -> Any:
        run = partial(self._rows.lock, key=key, strength=strength, wait=wait)
        return await self._write_by_key("update", run, key)

    async def _make_partition(self, low: datetime, high: datetime) -> None:  # noqa: ARG002
        """Do nothing but count: all rows of a table are in one place here."""
        self._note("make a partition of")

    async def _drop_partitions(self, before: datetime) -> None:  # noqa: ARG002
        """Do nothing but count: all rows of a table are in one place here."""
        self._note("drop partitions of")

    async def _chunks(self, query: Query, size: int) -> AsyncIterator[list[Any]]:
        """Yield the values as they were when the iteration began, whatever the transaction has changed since."""
        values = self._scan(self._rows.iterate, query)
        while chunk := list(islice(values, size)):
            yield chunk
            if len(chunk) < size:
                return
            # An iteration does not outlive its transaction, nor a failure in it.
            self._fetch()

    def _fetch(self) -> None:
        """Ask for more of what is at hand."""
        require_time_left()
        if is_counted():
            self._note("fetch")
        try:
            self._access.view()
        except TransactionError as error:
            self._failed(error)
            raise


def _no_key(_number: int | None) -> None:
    """Name no key: a statement over many rows has none."""
