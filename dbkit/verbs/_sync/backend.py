# Generated from dbkit/verbs/_async/backend.py by tools/unasync.py; edit that file instead.
"""What a backend is to the database object above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Executable
from sqlalchemy.orm import Session

from dbkit.models.entity import Entity
from dbkit.pool.statistics import PoolStatistics
from dbkit.verbs._sync.operations import Operations
from dbkit.verbs._sync.repository import Repository, TransactionRepository
from dbkit.verbs.reading import ReadingOptions
from dbkit.verbs.transaction import TransactionOptions

__all__ = ["Backend", "BackendTransaction"]


class BackendTransaction(Protocol):
    """A transaction, or a savepoint inside one, that is under way.

    It is ended once, by `commit` or `rollback`. After a statement has failed, `commit` rolls back
    and raises `TransactionAborted`. For a savepoint `commit` is RELEASE and `rollback` ROLLBACK TO.
    """

    def repository(
        self, entity: Entity[Any, Any, Any], operations: type[Operations] | None = None
    ) -> TransactionRepository:
        """Return the repository of an entity on this transaction, with its operations beyond the verbs."""
        ...

    def savepoint(self) -> BackendTransaction:
        """Begin a savepoint."""
        ...

    def commit(self) -> None:
        """Make the work last, or raise; then nothing of it has been stored (or `CommitUnknown`)."""
        ...

    def rollback(self) -> None:
        """Undo the work; never raises for a connection that is gone."""
        ...

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Run a SQLAlchemy statement and return its rows."""
        ...

    def session(self) -> AbstractContextManager[Session]:
        """Open a SQLAlchemy session inside this transaction."""
        ...


class Backend(Protocol):
    """Where the rows live."""

    @property
    def origin(self) -> object:
        """What its queries are noted under, those of its transactions too; see `counting`."""
        ...

    def repository(self, entity: Entity[Any, Any, Any], operations: type[Operations] | None = None) -> Repository:
        """Return the repository of an entity, each call of it a transaction of its own."""
        ...

    def begin(self, options: TransactionOptions) -> BackendTransaction:
        """Begin a transaction."""
        ...

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Run a SQLAlchemy statement in a transaction of its own and return its rows."""
        ...

    def session(self) -> AbstractContextManager[Session]:
        """Open a SQLAlchemy session on the same connections."""
        ...

    def position(self) -> str:
        """Return how far the log of changes has come; what was committed before is behind it."""
        ...

    def reading(self, options: ReadingOptions) -> Backend:
        """Return a backend that only reads, what the options say at the least, until it is closed."""
        ...

    def pool_statistics(self) -> PoolStatistics | None:
        """Return what the pool did, and has; None where there is none."""
        ...

    def close(self) -> None:
        """Give everything back; later calls raise `DatabaseClosed`."""
        ...
