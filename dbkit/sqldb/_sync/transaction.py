# Generated from dbkit/sqldb/_async/transaction.py by tools/unasync.py; edit that file instead.
"""Transactions and savepoints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg.pq import TransactionStatus
from sqlalchemy import Executable
from sqlalchemy.orm import Session

from dbkit.events.rules import Emissions
from dbkit.models.entity import Entity
from dbkit.sqldb import utility
from dbkit.sqldb._sync.committing import commit
from dbkit.sqldb._sync.repository import PostgresTransactionRepository
from dbkit.sqldb._sync.resolving import resolve
from dbkit.sqldb._sync.session import Sessions
from dbkit.sqldb._sync.transaction_source import TransactionSource
from dbkit.sqldb.blame import Blame
from dbkit.sqldb.commit import LostCommit
from dbkit.sqldb.wire import Statement
from dbkit.types.errors import DbkitError, ServerReport, TransactionAborted
from dbkit.verbs._sync.operations import Operations, repository_class

__all__ = ["PostgresTransaction"]


class PostgresTransaction:
    """A transaction, or at `depth` 1 and more a savepoint inside it."""

    def __init__(
        self,
        source: TransactionSource,
        sessions: Sessions,
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
        self, entity: Entity[Any, Any, Any], operations: type[Operations] | None = None
    ) -> PostgresTransactionRepository:
        """Return the repository of an entity on this transaction."""
        audit = None if self._emissions is None else self._emissions.audit_of(entity)
        kind = repository_class(PostgresTransactionRepository, operations, audit)
        return kind(entity, self._source, self._emissions)

    def savepoint(self) -> PostgresTransaction:
        """Begin a savepoint."""
        depth = self._depth + 1
        self._run(utility.savepoint(depth))
        return PostgresTransaction(self._source, self._sessions, self._blame, self._emissions, depth)

    def commit(self) -> None:
        """Make the work last, or raise; then nothing of it has been stored.

        Raises `TransactionAborted` after a statement has failed, what a deferred constraint or a
        conflict makes of it, and `Timeout` where the deadline has passed before. Where the connection
        went before the answer, the server is asked over another one what became of the transaction:
        raises `Unavailable` where it was rolled back, and `CommitUnknown` where nobody can say.
        """
        if self._depth:
            self._release()
            return
        try:
            lost = self._commit()
        finally:
            self._source.end()
        if lost is not None:
            resolve(self._source.connections, lost)

    def rollback(self) -> None:
        """Undo the work; never raises for a connection that is gone."""
        if self._depth:
            self._undo_savepoint()
            return
        try:
            self._source.undo(utility.ROLLBACK)
        finally:
            self._source.end()

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Run a SQLAlchemy statement and return its rows."""
        self._source.has_written = True
        try:
            return self._sessions.execute(statement, parameters, self._source.held)
        except DbkitError as error:
            self._source.failed(error)
            raise

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a SQLAlchemy session inside this transaction: a savepoint, kept unless an exception leaves its block."""
        self._source.has_written = True
        with self._sessions.session_on(self._source.held) as session:
            yield session

    def _commit(self) -> LostCommit | None:
        if self._source.status is not TransactionStatus.INTRANS:
            aborted = self._aborted()
            self._source.undo(utility.ROLLBACK)
            raise aborted
        return commit(self._source, self._blame)

    def _release(self) -> None:
        if self._source.status is TransactionStatus.INTRANS:
            self._run(utility.release(self._depth))
            return
        aborted = self._aborted()
        self._undo_savepoint()
        raise aborted

    def _undo_savepoint(self) -> None:
        self._source.undo(utility.rollback_to(self._depth))
        # Else the savepoints of a loop would pile up.
        if self._source.status is TransactionStatus.INTRANS:
            self._source.run(utility.release(self._depth), ())

    def _run(self, statement: Statement) -> None:
        try:
            self._source.run(statement, ())
        except ServerReport as report:
            failure = self._blame.error(report, "transaction")
        else:
            return
        raise self._source.failed(failure)

    def _aborted(self) -> TransactionAborted:
        aborted = TransactionAborted()
        aborted.__cause__ = self._source.error
        return aborted
