# Generated from dbkit/sqldb/_async/repository.py by tools/unasync.py; edit that file instead.
"""The repositories on PostgreSQL: every primitive is a statement, its run, and the decoding of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg.pq.abc import PGresult

from dbkit.events.rules import Emissions
from dbkit.models.entity import Entity
from dbkit.models.unique import UniqueKey
from dbkit.sqldb import utility
from dbkit.sqldb._sync.copying import RowWriter
from dbkit.sqldb._sync.source import Source
from dbkit.sqldb._sync.transaction_source import TransactionSource
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
from dbkit.verbs._sync.repository import Repository, TransactionRepository
from dbkit.verbs.changes import Update, Upsert
from dbkit.verbs.counting import is_counted, note_query
from dbkit.verbs.locking import LockWait
from dbkit.verbs.ordering import in_order
from dbkit.verbs.query import Query
from dbkit.verbs.selection import Changes, Selection

__all__ = ["PostgresRepository", "PostgresTransactionRepository"]

Key = tuple[Any, ...]

_WRITES = frozenset({"create", "update", "upsert", "delete", "restore"})


class PostgresRepository(Repository):
    """The verbs of one entity, each a statement in autocommit where no transaction is given."""

    def __init__(self, entity: Entity[Any, Any, Any], source: Source, emissions: Emissions | None = None) -> None:
        super().__init__(entity)
        self._source = source
        self._emissions = emissions
        self._statements = entity_statements(entity, emissions)
        self._decoder = decoder_of(entity)

    @property
    def _selections(self) -> SelectionStatements:
        return entity_selections(self.entity, self._emissions)

    def _find(self, key: Key) -> Any:
        return self._decoder.one(self._run(self._statements.find, key, "get", key))

    def _find_many(self, keys: list[Key]) -> dict[Key, Any]:
        if not keys:
            return {}
        values = (*keys[0][:-1], [key[-1] for key in keys])
        found = self._decoder.many(self._run(self._statements.find_many, values, "get_many"))
        return {self._keys.of(value): value for value in found}

    def _find_by(self, unique_key: UniqueKey, values: Mapping[str, Any]) -> Any:
        statement, parameters = self._statements.find_by(unique_key, values)
        return self._decoder.one(self._run(statement, parameters, "get"))

    def _exists(self, key: Key) -> bool:
        return (self._run(self._statements.exists, key, "exists", key)).ntuples > 0

    def _select(self, query: Query, limit: int) -> list[Any]:
        statement, values = self._statements.select(query)
        return self._decoder.many(self._run(statement, (*values, limit), "page"))

    def _count(self, query: Query) -> int:
        statement, values = self._statements.count(query)
        return number(self._run(statement, values, "count"))

    def _insert(self, new: Value) -> Any:
        statement, values = self._statements.inserting(new)
        return self._decoder.one(self._run(statement, values, "create", new))

    def _insert_returning(self, rows: list[Value]) -> list[Any]:
        return self._write(rows, returning=True)

    def _copy(self, rows: list[Value]) -> int:
        self._write(rows, returning=False)
        return len(rows)

    def _update(self, update: Update) -> Any:
        statement, values = self._statements.update(update)
        return self._decoder.one(self._run(statement, values, "update", update.key))

    def _upsert(self, upsert: Upsert) -> Upserted[Any] | None:
        statement, values = self._statements.upsert(upsert)
        result = self._run(statement, values, "upsert", upsert.new)
        if not result.ntuples:
            return None
        # Read first: decoding clears the result.
        inserted = flag(result, len(self.entity.fields))
        return Upserted(self._decoder.one(result), inserted)

    def _soft_delete(self, key: Key, expected_version: int | None) -> bool:
        statement = self._statements.soft_delete(versioned=expected_version is not None)
        return self._delete(statement, key, expected_version)

    def _hard_delete(self, key: Key, expected_version: int | None) -> bool:
        statement = self._statements.hard_delete(versioned=expected_version is not None)
        return self._delete(statement, key, expected_version)

    def _delete(self, statement: Statement, key: Key, expected_version: int | None) -> bool:
        values = key if expected_version is None else (*key, expected_version)
        return changed_rows(self._run(statement, values, "delete", key)) > 0

    def _restore(self, key: Key) -> Any:
        return self._decoder.one(self._run(self._statements.restore, key, "restore", key))

    def _select_where(self, selection: Selection) -> list[Any]:
        statement, values = self._selections.select(selection)
        return self._decoder.many(self._run(statement, values, "page"))

    def _update_where(self, selection: Selection, changes: Changes) -> list[Any]:
        statement, values = self._selections.update(selection, changes)
        changed = self._decoder.many(self._run(statement, values, "update"))
        return in_order(changed, selection.order_by, self.entity.table)

    def _delete_where(self, selection: Selection) -> int:
        statement, values = self._selections.delete(selection)
        return changed_rows(self._run(statement, values, "delete"))

    def _insert_missing(self, rows: list[Value], unique_key: UniqueKey | None) -> list[Any]:
        statement, values = self._selections.insert_missing(rows, unique_key)
        subject = rows[0] if len(rows) == 1 else None
        return self._decoder.many(self._run(statement, values, "create", subject))

    def _insert_or_change(self, new: Value, given: Changes, selection: Selection, changes: Changes) -> Any:
        statement, values = self._selections.insert_or_change(new, given, selection, changes)
        return self._decoder.one(self._run(statement, values, "upsert", new))

    def _totals(self, selection: Selection, by: tuple[str, ...], total: str | None) -> dict[tuple[Any, ...], Any]:
        statement, values = self._selections.totals(selection, by, total)
        return totals_in(self._run(statement, values, "count"), self.entity, by, total)

    def _run(
        self, statement: Statement, values: Sequence[Any], verb: str, subject: Key | Value | None = None
    ) -> PGresult:
        """Run a query, or raise the error of the tree that its failure is; `subject` is the row's key or value."""
        if is_counted():
            self._note(statement.sql)
        return self._run_uncounted(statement, values, verb, subject)

    def _run_uncounted(
        self, statement: Statement, values: Sequence[Any], verb: str, subject: Key | Value | None = None
    ) -> PGresult:
        failure: ServerReport | EntityError
        try:
            return self._source.run(statement, values)
        except (ServerReport, EntityError) as error:
            failure = error
        raise self._error(failure, verb, subject)

    def _write(self, rows: list[Value], *, returning: bool) -> list[Any]:
        writer = RowWriter(self.entity, self._statements, self._note)
        nested = self._source.in_transaction
        failure: ServerReport | EntityError
        try:
            with self._source.connection() as connection:
                if not returning:
                    writer.store(connection, rows, nested=nested)
                    return []
                results = writer.store_and_read(connection, rows, nested=nested)
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


class PostgresTransactionRepository(PostgresRepository, TransactionRepository):
    """The verbs of one entity on a transaction."""

    _source: TransactionSource

    def _lock(self, key: Key, *, strength: LockStrength, wait: LockWait) -> Any:
        return self._decoder.one(self._run(self._statements.lock(strength, wait), key, "lock", key))

    def _make_partition(self, low: datetime, high: datetime) -> None:
        self._run(make_partition(self.entity, low, high), (), "update")

    def _drop_partitions(self, before: datetime) -> None:
        self._run(drop_partitions(self.entity, before), (), "delete")

    def _chunks(self, query: Query, size: int) -> Iterator[list[Any]]:
        """Yield the values chunk by chunk from a cursor, so that all come from one snapshot."""
        statement, values = self._statements.read_all(query)
        cursor = self._source.name_cursor(statement)
        self._run_uncounted(utility.declare_cursor(statement, cursor.name), values, "iterate")
        try:
            fetch = utility.fetch(cursor.name, size)
            while chunk := self._decoder.many(self._fetch(fetch, statement.sql)):
                yield chunk
                if len(chunk) < size:
                    break
        finally:
            if self._source.has_cursor(cursor):
                self._run_uncounted(utility.close_cursor(cursor.name), (), "iterate")
                self._source.forget_cursor(cursor)

    def _fetch(self, fetch: Statement, sql: bytes) -> PGresult:
        """Fetch from a cursor, which counts as the query that it is over."""
        if is_counted():
            self._note(sql)
        return self._run_uncounted(fetch, (), "iterate")
