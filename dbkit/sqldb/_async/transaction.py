"""Transactions and savepoints."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from psycopg.pq import TransactionStatus
from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncSession

from dbkit.events.rules import Emissions
from dbkit.models.entity import Entity
from dbkit.sqldb import utility
from dbkit.sqldb._async.committing import commit
from dbkit.sqldb._async.repository import AsyncPostgresTransactionRepository
from dbkit.sqldb._async.resolving import resolve
from dbkit.sqldb._async.session import AsyncSessions
from dbkit.sqldb._async.transaction_source import AsyncTransactionSource
from dbkit.sqldb.blame import Blame
from dbkit.sqldb.commit import LostCommit
from dbkit.sqldb.wire import Statement
from dbkit.types.errors import DbkitError, ServerReport, TransactionAborted
from dbkit.verbs._async.operations import AsyncOperations, repository_class

__all__ = ["AsyncPostgresTransaction"]


class AsyncPostgresTransaction:
    """A transaction, or at `depth` 1 and more a savepoint inside it."""

    def __init__(
        self,
        source: AsyncTransactionSource,
        sessions: AsyncSessions,
        blame: Blame,
        emissions: Emissions | None = None,
        depth: int = 0,
    ) -> None:
        self._source = source
        self._sessions = sessions
        self._blame = blame
        self._emissions = emissions
        self._depth = depth

    def repository(
        self, entity: Entity[Any, Any, Any], operations: type[AsyncOperations] | None = None
    ) -> AsyncPostgresTransactionRepository:
        """Return the repository of an entity on this transaction."""
        audit = None if self._emissions is None else self._emissions.audit_of(entity)
        kind = repository_class(AsyncPostgresTransactionRepository, operations, audit)
        return kind(entity, self._source, self._emissions)

    async def savepoint(self) -> AsyncPostgresTransaction:
        """Begin a savepoint."""
        depth = self._depth + 1
        await self._run(utility.savepoint(depth))
        return AsyncPostgresTransaction(self._source, self._sessions, self._blame, self._emissions, depth)

    async def commit(self) -> None:
        """Make the work last, or raise; then nothing of it has been stored.

        Raises `TransactionAborted` after a statement has failed, what a deferred constraint or a
        conflict makes of it, and `Timeout` where the deadline has passed before. Where the connection
        went before the answer, the server is asked over another one what became of the transaction:
        raises `Unavailable` where it was rolled back, and `CommitUnknown` where nobody can say.
        """
        if self._depth:
            await self._release()
            return
        try:
            lost = await self._commit()
        finally:
            await self._source.end()
        if lost is not None:
            await resolve(self._source.connections, lost)

    async def rollback(self) -> None:
        """Undo the work; never raises for a connection that is gone."""
        if self._depth:
            await self._undo_savepoint()
            return
        try:
            await self._source.undo(utility.ROLLBACK)
        finally:
            await self._source.end()

    async def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Run a SQLAlchemy statement and return its rows."""
        self._source.has_written = True
        try:
            return await self._sessions.execute(statement, parameters, self._source.held)
        except DbkitError as error:
            self._source.failed(error)
            raise

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """Open a SQLAlchemy session inside this transaction: a savepoint, kept unless an exception leaves its block."""
        self._source.has_written = True
        async with self._sessions.session_on(self._source.held) as session:
            yield session

    async def _commit(self) -> LostCommit | None:
        if self._source.status is not TransactionStatus.INTRANS:
            aborted = self._aborted()
            await self._source.undo(utility.ROLLBACK)
            raise aborted
        return await commit(self._source, self._blame)

    async def _release(self) -> None:
        if self._source.status is TransactionStatus.INTRANS:
            await self._run(utility.release(self._depth))
            return
        aborted = self._aborted()
        await self._undo_savepoint()
        raise aborted

    async def _undo_savepoint(self) -> None:
        await self._source.undo(utility.rollback_to(self._depth))
        # Else the savepoints of a loop would pile up.
        if self._source.status is TransactionStatus.INTRANS:
            await self._source.run(utility.release(self._depth), ())

    async def _run(self, statement: Statement) -> None:
        try:
            await self._source.run(statement, ())
        except ServerReport as report:
            failure = self._blame.error(report, "transaction")
        else:
            return
        raise self._source.failed(failure)

    def _aborted(self) -> TransactionAborted:
        aborted = TransactionAborted()
        aborted.__cause__ = self._source.error
        return aborted
