"""Many rows at once: binary COPY, and after its failure the search for the row at fault.

An index refuses rows in their order, and COPY says at which line. What it reads and checks, it does
ahead of that: an earlier row may be at fault as well. So there the failed COPY is tried again, in a
transaction that keeps nothing, with ever closer beginnings of the rows: the last row of the
shortest beginning that fails is the one whose `create` would have failed first. A foreign key is
checked after the last row, so there the absent referenced row is looked up instead.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import psycopg
from psycopg.pq.abc import PGresult

from dbkit.models.entity import Entity
from dbkit.sqldb import utility
from dbkit.sqldb._async.wire import AsyncDbkitConnection, run
from dbkit.sqldb.errors import line_of_copy, report_of_exception, require_uninterrupted
from dbkit.sqldb.results import numbers
from dbkit.sqldb.rows import RowFormat
from dbkit.sqldb.statements import EntityStatements
from dbkit.types.errors import ServerReport, ValueInvalid
from dbkit.types.value import Value
from dbkit.verbs.deadline import require_time_left
from dbkit.verbs.transaction import TransactionOptions

__all__ = ["AsyncRowWriter"]

_DEPTH = 1_000
"""Of the savepoint around a COPY: deeper than any that a caller nests."""

_FOREIGN_KEY = "23503"
_OF_A_ROW = ("22", "23", "54000")
"""SQLSTATEs, or their beginnings, that a row can be at fault for."""

_OF_AN_INDEX = ("23505", "23P01", "54000")
"""What an index refuses a row for: another one has its key, or conflicts with it, or it is too long."""


class AsyncRowWriter:
    """Writes the rows of one call; `row_at_fault` is the index of the row that was refused, if it was found.

    `note` takes note of queries that are counted: those that write and read the rows, none that look for the one at
    fault.
    """

    def __init__(
        self, entity: Entity[Any, Any, Any], statements: EntityStatements, note: Callable[[bytes], None]
    ) -> None:
        self._note = note
        self._table = entity.name
        self._statements = statements
        self._format = RowFormat(entity, statements)
        self._has_numbered_key = entity.has_numbered_key
        self._tell = statements.tell_new
        self.row_at_fault: int | None = None
        self._line: int | None = None

    async def store(self, connection: AsyncDbkitConnection, rows: list[Value], *, nested: bool) -> None:
        """Store all rows or none; raises the `ServerReport` of the row at fault.

        `nested` says that the connection is in a transaction; a failure leaves that aborted, as any
        statement's does.
        """
        if self._tell is not None and self._has_numbered_key:
            # Only who is given the key can tell the row.
            await self.store_and_read(connection, rows, nested=nested)
            return
        self._note(self._format.copy_sql)
        # Limits go along with a transaction, and COPY alone takes none, nor does it tell anything.
        needs_one = not nested and (connection.limits is not None or self._tell is not None)
        async with _in_transaction(connection, already=not needs_one):
            await self._store(connection, self._values(rows), nested=nested or needs_one, is_last=needs_one)
            await self._tell_new(connection, rows)

    async def store_and_read(
        self, connection: AsyncDbkitConnection, rows: list[Value], *, nested: bool
    ) -> list[PGresult]:
        """Store all rows or none, and return them as stored, in order."""
        async with _in_transaction(connection, already=nested):
            if self._has_numbered_key:
                if not nested:
                    await run(connection, utility.CONSTRAINTS_IMMEDIATE, ())
                return await self._insert_all(connection, self._values(rows))
            self._note(self._format.copy_sql)
            await self._store(connection, self._values(rows), nested=True, is_last=not nested)
            await self._tell_new(connection, rows)
            self._note(self._statements.read_back.sql)
            return [await run(connection, self._statements.read_back, self._format.keys(rows))]

    async def _tell_new(self, connection: AsyncDbkitConnection, rows: list[Value]) -> None:
        if self._tell is not None:
            self._note(self._tell.sql)
            await run(connection, self._tell, self._format.keys(rows))

    def _values(self, rows: list[Value]) -> list[Sequence[Any]]:
        return [self._statements.new_values(row) for row in rows]

    async def _insert_all(self, connection: AsyncDbkitConnection, rows: Sequence[Sequence[Any]]) -> list[PGresult]:
        """Insert row by row, because COPY does not tell what keys the server has made; each row tells its events."""
        await run(connection, utility.savepoint(_DEPTH), ())
        results: list[PGresult] = []
        failure: ServerReport | ValueInvalid | None = None
        for self.row_at_fault, row in enumerate(rows):
            self._note(self._statements.insert_and_tell.sql)
            try:
                results.append(await run(connection, self._statements.insert_and_tell, row))
            except (ServerReport, ValueInvalid) as error:
                failure = error
                break
        if failure is None:
            self.row_at_fault = None
            await run(connection, utility.release(_DEPTH), ())
            return results
        await run(connection, utility.rollback_to(_DEPTH), ())
        # Else it would come to light under the next one of its name, whose failure has to fail the transaction.
        await run(connection, utility.release(_DEPTH), ())
        if isinstance(failure, ServerReport):
            # One statement with all rows may fail at another one first: references are looked at after the last.
            await self._store(connection, rows, nested=True)
        raise failure

    async def _store(
        self, connection: AsyncDbkitConnection, rows: Sequence[Sequence[Any]], *, nested: bool, is_last: bool = False
    ) -> None:
        """Copy rows; those that come `is_last` in their transaction have to stand what its COMMIT would ask."""
        if nested:
            await run(connection, utility.savepoint(_DEPTH), ())
        failure = await self._copied(connection, rows)
        if failure is None and is_last:
            # Here: what COMMIT would refuse has to be refused while the row at fault can be looked for.
            failure = await self._deferred(connection)
        if failure is None:
            if nested:
                await run(connection, utility.release(_DEPTH), ())
            return
        if isinstance(failure, ServerReport) and not (failure.sqlstate or "").startswith(_OF_A_ROW):
            # Else only what the COPY itself holds would be given up, not what the caller's transaction does.
            await self._give_up(connection, is_refused=True, nested=nested)
            raise failure
        if not nested:
            await self._explain_alone(connection, rows, failure)
            return
        await run(connection, utility.rollback_to(_DEPTH), ())
        try:
            if is_last:
                await run(connection, utility.CONSTRAINTS_IMMEDIATE, ())
            await self._explain(connection, rows, failure)
        except (ServerReport, ValueInvalid) as error:
            await self._give_up(connection, is_refused=isinstance(error, ServerReport))
            raise
        await run(connection, utility.release(_DEPTH), ())

    async def _explain_alone(
        self, connection: AsyncDbkitConnection, rows: Sequence[Sequence[Any]], failure: ServerReport | ValueInvalid
    ) -> None:
        """Do the same in a transaction of its own."""
        await run(connection, utility.begin(TransactionOptions()), ())
        try:
            # Outside a transaction deferred constraints had been checked too.
            await run(connection, utility.CONSTRAINTS_IMMEDIATE, ())
            await run(connection, utility.savepoint(_DEPTH), ())
            await self._explain(connection, rows, failure)
        except BaseException:
            if not connection.closed:
                await run(connection, utility.ROLLBACK, ())
            raise
        await run(connection, utility.COMMIT, ())

    async def _explain(
        self, connection: AsyncDbkitConnection, rows: Sequence[Sequence[Any]], failure: ServerReport | ValueInvalid
    ) -> None:
        """Find the row at fault and fail on it; return where meanwhile all rows could be stored."""
        if isinstance(failure, ValueInvalid):
            # A value has no binary form; the server may still take its text.
            await self._insert_each(connection, rows)
            return
        if self._line is not None and failure.sqlstate in _OF_AN_INDEX:
            self.row_at_fault = self._line - 1
            raise failure
        last: ServerReport | ValueInvalid | None
        if failure.sqlstate == _FOREIGN_KEY:
            without = await self._row_without_reference(connection, rows, failure)
            last = await self._copied(connection, rows)
            self.row_at_fault = without if last is None or last.sqlstate == _FOREIGN_KEY else self._row_of_line
        else:
            # Not tried once more: those whom the search has let go may be in the way by now.
            last = await self._first_refused(connection, rows, failure)
        if isinstance(last, ServerReport):
            # Deferred foreign keys are checked by now as well, and one of another row may come first.
            raise failure if last.sqlstate == failure.sqlstate == _FOREIGN_KEY else last
        # What was in the way has gone in the meantime, or it is a value that has no binary form.
        await run(connection, utility.rollback_to(_DEPTH), ())
        await self._insert_each(connection, rows)

    async def _give_up(self, connection: AsyncDbkitConnection, *, is_refused: bool, nested: bool = True) -> None:
        """Undo the search, whose rows would be in others' way; a refusal fails the caller's transaction as ever."""
        if connection.closed or not nested:
            return
        await run(connection, utility.rollback_to(_DEPTH), ())
        await run(connection, utility.release(_DEPTH), ())
        if is_refused:
            with suppress(ServerReport):
                # There is no such savepoint any more, which is an error like any other.
                await run(connection, utility.rollback_to(_DEPTH), ())

    async def _first_refused(
        self, connection: AsyncDbkitConnection, rows: Sequence[Sequence[Any]], failure: ServerReport
    ) -> ServerReport | ValueInvalid:
        """Note the last row of the shortest beginning that COPY refuses, and return why.

        What is accepted stays in place, so that the search writes each row about once.
        """
        found: ServerReport | ValueInvalid = failure
        placed, accepted, refused = 0, 0, len(rows)
        while refused - accepted > 1:
            middle = (accepted + refused) // 2
            await run(connection, utility.savepoint(_DEPTH + 1), ())
            refusal = await self._copied(connection, rows[placed:middle])
            if refusal is None:
                placed = accepted = middle
                continue
            await run(connection, utility.rollback_to(_DEPTH + 1), ())
            if isinstance(refusal, ServerReport) and refusal.sqlstate == _FOREIGN_KEY:
                # Rows refer to later ones of the same call, which this beginning lacks.
                accepted = middle
            elif isinstance(refusal, ServerReport) and self._line is not None and refusal.sqlstate in _OF_AN_INDEX:
                self.row_at_fault = placed + self._line - 1
                return refusal
            else:
                refused, found = middle, refusal
        self.row_at_fault = refused - 1
        return found

    @property
    def _row_of_line(self) -> int | None:
        return None if self._line is None else self._line - 1

    async def _row_without_reference(
        self, connection: AsyncDbkitConnection, rows: Sequence[Sequence[Any]], failure: ServerReport
    ) -> int | None:
        """Return the first row whose reference by the foreign key that failed is to nothing."""
        references = self._format.references(failure.constraint, rows)
        if references is None:
            return None
        statement = self._statements.absent(references.constraint)
        arrays = [list(part) for part in zip(*references.keys, strict=True)]
        positions = numbers(await run(connection, statement, arrays))
        absent = {references.keys[position - 1] for position in positions}
        return references.first_row_to(absent)

    async def _deferred(self, connection: AsyncDbkitConnection) -> ServerReport | None:
        """Check what was deferred and return None, or why it is refused."""
        try:
            await run(connection, utility.CONSTRAINTS_IMMEDIATE, ())
        except ServerReport as report:
            return report
        return None

    async def _insert_each(self, connection: AsyncDbkitConnection, rows: Sequence[Sequence[Any]]) -> None:
        for self.row_at_fault, row in enumerate(rows):
            await run(connection, self._statements.insert, row)
        self.row_at_fault = None

    async def _copied(
        self, connection: AsyncDbkitConnection, rows: Sequence[Sequence[Any]]
    ) -> ServerReport | ValueInvalid | None:
        """Copy rows and return None, or why not; raises `Timeout` at the caller's deadline."""
        require_time_left()
        self._line = None
        try:
            async with connection.cursor() as cursor, cursor.copy(self._format.copy_sql) as copy:
                for chunk in self._format.encoder.chunks(rows):
                    await copy.write(chunk)
                    require_time_left()
        except psycopg.Error as error:
            require_uninterrupted(error)
            self._line = line_of_copy(error.diag.context, self._table)
            return connection.looked_into(report_of_exception(error))
        except ValueInvalid as error:
            return error
        return None


@asynccontextmanager
async def _in_transaction(connection: AsyncDbkitConnection, *, already: bool) -> AsyncIterator[None]:
    """Run a block in a transaction of its own, unless it is in one already, or needs none."""
    if already:
        yield
        return
    await run(connection, utility.begin(TransactionOptions()), ())
    try:
        yield
    except BaseException:
        if not connection.closed:
            await run(connection, utility.ROLLBACK, ())
        raise
    await run(connection, utility.COMMIT, ())
