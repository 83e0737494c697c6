"""The repositories on PostgreSQL: every primitive is a statement, its run, and the decoding of its rows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg.pq.abc import PGresult

from dbkit.events.rules import Emissions
from dbkit.models.entity import Entity
from dbkit.models.unique import UniqueKey
from dbkit.sqldb import utility
from dbkit.sqldb._async.copying import AsyncRowWriter
from dbkit.sqldb._async.source import AsyncSource
from dbkit.sqldb._async.transaction_source import AsyncTransactionSource
from dbkit.sqldb.emitting import entity_statements
from dbkit.sqldb.emitting_selections import entity_selections
from dbkit.sqldb.errors import Operation, is_unanswered, translate, without_answer
from dbkit.sqldb.partitions import drop_partitions, make_partition
from dbkit.sqldb.results import changed_rows, flag, number
from dbkit.sqldb.selections import SelectionStatements, totals_in
from dbkit.sqldb.statements import decoder_of
from dbkit.sqldb.wire import Statement
from dbkit.types.errors import DbkitError, EntityError, ServerReport
from dbkit.types.lock import LockStrength
from dbkit.types.page import Upserted
from dbkit.types.value import Value
from dbkit.verbs._async.repository import AsyncRepository, AsyncTransactionRepository
from dbkit.verbs.changes import Update, Upsert
from dbkit.verbs.counting import is_counted, note_query
from dbkit.verbs.locking import LockWait
from dbkit.verbs.ordering import in_order
from dbkit.verbs.query import Query
from dbkit.verbs.selection import Changes, Selection

__all__ = ["AsyncPostgresRepository", "AsyncPostgresTransactionRepository"]

Key = tuple[Any, ...]

_WRITES = frozenset({"create", "update", "upsert", "delete", "restore"})


class AsyncPostgresRepository(AsyncRepository):
    """The verbs of one entity, each a statement in autocommit where no transaction is given."""

    def __init__(self, entity: Entity[Any, Any, Any], source: AsyncSource, emissions: Emissions | None = None) -> None:
        super().__init__(entity)
        self._source = source
        self._emissions = emissions
        self._statements = entity_statements(entity, emissions)
        self._decoder = decoder_of(entity)

    @property
    def _selections(self) -> SelectionStatements:
        return entity_selections(self.entity, self._emissions)

    async def _find(self, key: Key) -> Any:
        return self._decoder.one(await self._run(self._statements.find, key, "get", key))

    async def _find_many(self, keys: list[Key]) -> dict[Key, Any]:
        if not keys:
            return {}
        values = (*keys[0][:-1], [key[-1] for key in keys])
        found = self._decoder.many(await self._run(self._statements.find_many, values, "get_many"))
        return {self._keys.of(value): value for value in found}

    async def _find_by(self, unique_key: UniqueKey, values: Mapping[str, Any]) -> Any:
        statement, parameters = self._statements.find_by(unique_key, values)
        return self._decoder.one(await self._run(statement, parameters, "get"))

    async def _exists(self, key: Key) -> bool:
        return (await self._run(self._statements.exists, key, "exists", key)).ntuples > 0

    async def _select(self, query: Query, limit: int) -> list[Any]:
        statement, values = self._statements.select(query)
        return self._decoder.many(await self._run(statement, (*values, limit), "page"))

    async def _count(self, query: Query) -> int:
        statement, values = self._statements.count(query)
        return number(await self._run(statement, values, "count"))

    async def _insert(self, new: Value) -> Any:
        statement, values = self._statements.inserting(new)
        return self._decoder.one(await self._run(statement, values, "create", new))

    async def _insert_returning(self, rows: list[Value]) -> list[Any]:
        return await self._write(rows, returning=True)

    async def _copy(self, rows: list[Value]) -> int:
        await self._write(rows, returning=False)
        return len(rows)

    async def _update(self, update: Update) -> Any:
        statement, values = self._statements.update(update)
        return self._decoder.one(await self._run(statement, values, "update", update.key))

    async def _upsert(self, upsert: Upsert) -> Upserted[Any] | None:
        statement, values = self._statements.upsert(upsert)
        result = await self._run(statement, values, "upsert", upsert.new)
        if not result.ntuples:
            return None
        # Read first: decoding clears the result.
        inserted = flag(result, len(self.entity.fields))
        return Upserted(self._decoder.one(result), inserted)

    async def _soft_delete(self, key: Key, expected_version: int | None) -> bool:
        statement = self._statements.soft_delete(versioned=expected_version is not None)
        return await self._delete(statement, key, expected_version)

    async def _hard_delete(self, key: Key, expected_version: int | None) -> bool:
        statement = self._statements.hard_delete(versioned=expected_version is not None)
        return await self._delete(statement, key, expected_version)

    async def _delete(self, statement: Statement, key: Key, expected_version: int | None) -> bool:
        values = key if expected_version is None else (*key, expected_version)
        return changed_rows(await self._run(statement, values, "delete", key)) > 0

    async def _restore(self, key: Key) -> Any:
        return self._decoder.one(await self._run(self._statements.restore, key, "restore", key))

    async def _select_where(self, selection: Selection) -> list[Any]:
        statement, values = self._selections.select(selection)
        return self._decoder.many(await self._run(statement, values, "page"))

    async def _update_where(self, selection: Selection, changes: Changes) -> list[Any]:
        statement, values = self._selections.update(selection, changes)
        changed = self._decoder.many(await self._run(statement, values, "update"))
        return in_order(changed, selection.order_by, self.entity.table)

    async def _delete_where(self, selection: Selection) -> int:
        statement, values = self._selections.delete(selection)
        return changed_rows(await self._run(statement, values, "delete"))

    async def _insert_missing(self, rows: list[Value], unique_key: UniqueKey | None) -> list[Any]:
        statement, values = self._selections.insert_missing(rows, unique_key)
        subject = rows[0] if len(rows) == 1 else None
        return self._decoder.many(await self._run(statement, values, "create", subject))

    async def _insert_or_change(self, new: Value, given: Changes, selection: Selection, changes: Changes) -> Any:
        statement, values = self._selections.insert_or_change(new, given, selection, changes)
        return self._decoder.one(await self._run(statement, values, "upsert", new))

    async def _totals(self, selection: Selection, by: tuple[str, ...], total: str | None) -> dict[tuple[Any, ...], Any]:
        statement, values = self._selections.totals(selection, by, total)
        return totals_in(await self._run(statement, values, "count"), self.entity, by, total)

    async def _run(
        self, statement: Statement, values: Sequence[Any], verb: str, subject: Key | Value | None = None
    ) -> PGresult:
        """Run a query, or raise the error of the tree that its failure is; `subject` is the row's key or value."""
        if is_counted():
            self._note(statement.sql)
        return await self._run_uncounted(statement, values, verb, subject)

    async def _run_uncounted(
        self, statement: Statement, values: Sequence[Any], verb: str, subject: Key | Value | None = None
    ) -> PGresult:
        failure: ServerReport | EntityError
        try:
            return await self._source.run(statement, values)
        except (ServerReport, EntityError) as error:
            failure = error
        raise self._error(failure, verb, subject)

    async def _write(self, rows: list[Value], *, returning: bool) -> list[Any]:
        writer = AsyncRowWriter(self.entity, self._statements, self._note)
        nested = self._source.in_transaction
        failure: ServerReport | EntityError
        try:
            async with self._source.connection() as connection:
                if not returning:
                    await writer.store(connection, rows, nested=nested)
                    return []
                results = await writer.store_and_read(connection, rows, nested=nested)
                values = [value for result in results for value in self._decoder.many(result)]
                if len(values) > len(rows):
                    # A snapshot may show another row with the key of a new one, which comes behind it.
                    values = list({self._keys.of(value): value for value in values}.values())
                return values
        except (ServerReport, EntityError) as error:
            failure = error
        row = writer.row_at_fault
        raise self._error(failure, "create", None if row is None else rows[row], row)

    def _note(self, sql: bytes) -> None:
        note_query(self._source.origin, sql)

    def _error(
        self, failure: ServerReport | EntityError, verb: str, subject: Key | Value | None, row: int | None = None
    ) -> DbkitError:
        entity = self.entity
        key = self._shown(subject)
        if isinstance(failure, EntityError):
            # A value that could not be sent; only here is it known whose it was.
            failure.entity, failure.key, failure.row = entity.name, key, row
            return failure
        error = translate(failure, Operation.of(verb, entity, key, row))
        if is_unanswered(error) and verb in _WRITES and not self._source.in_transaction:
            # The statement was its own transaction, so the lost answer was that of its COMMIT.
            return without_answer(error)
        return self._source.failed(error)

    def _shown(self, subject: Key | Value | None) -> dict[str, object] | None:
        if subject is None:
            return None
        return self.entity.key_of(subject) if isinstance(subject, Value) else self._keys.shown(subject)


class AsyncPostgresTransactionRepository(AsyncPostgresRepository, AsyncTransactionRepository):
    """The verbs of one entity on a transaction."""

    _source: AsyncTransactionSource

    async def _lock(self, key: Key, *, strength: LockStrength, wait: LockWait) -> Any:
        return self._decoder.one(await self._run(self._statements.lock(strength, wait), key, "lock", key))

    async def _make_partition(self, low: datetime, high: datetime) -> None:
        await self._run(make_partition(self.entity, low, high), (), "update")

    async def _drop_partitions(self, before: datetime) -> None:
        await self._run(drop_partitions(self.entity, before), (), "delete")

    async def _chunks(self, query: Query, size: int) -> AsyncIterator[list[Any]]:
        """Yield the values chunk by chunk from a cursor, so that all come from one snapshot."""
        statement, values = self._statements.read_all(query)
        cursor = self._source.name_cursor(statement)
        await self._run_uncounted(utility.declare_cursor(statement, cursor.name), values, "iterate")
        try:
            fetch = utility.fetch(cursor.name, size)
            while chunk := self._decoder.many(await self._fetch(fetch, statement.sql)):
                yield chunk
                if len(chunk) < size:
                    break
        finally:
            if self._source.has_cursor(cursor):
                await self._run_uncounted(utility.close_cursor(cursor.name), (), "iterate")
                self._source.forget_cursor(cursor)

    async def _fetch(self, fetch: Statement, sql: bytes) -> PGresult:
        """Fetch from a cursor, which counts as the query that it is over."""
        if is_counted():
            self._note(sql)
        return await self._run_uncounted(fetch, (), "iterate")
