# Generated from dbkit/database/_async/transaction.py by tools/unasync.py; edit that file instead.
"""Transactions: all repositories on one, committed where the block ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Self

from sqlalchemy import Executable
from sqlalchemy.orm import Session

from dbkit._acompat import call
from dbkit.database._sync.block import SavepointBlock
from dbkit.database._sync.repositories import TransactionRepositories
from dbkit.database.emissions import outbox_of
from dbkit.database.queries import CountsQueries
from dbkit.database.repository import RepositoryAttribute
from dbkit.events.event import Event, message_of
from dbkit.models.entity import Entity
from dbkit.operations._sync.keyring import Keyring
from dbkit.verbs._sync.backend import Backend, BackendTransaction
from dbkit.verbs._sync.operations import Operations

__all__ = ["BaseTransaction", "Transaction"]


class BaseTransaction(CountsQueries):
    """A transaction, or a savepoint inside one; `transaction()` of a database gives it."""

    def __init__(self, inner: BackendTransaction, replaced: Mapping[str, Any], backend: Backend | None = None) -> None:
        self._inner = inner
        self._replaced = replaced
        self._backend = backend
        self._callbacks: list[Callable[[], object]] = []
        for name, stand_in in replaced.items():
            # A stand-in may have to know in which transaction it is: a partial mock does.
            bind = getattr(type(stand_in), "bound_to", None)
            self.__dict__[name] = stand_in if bind is None else bind(stand_in, self)

    def repository(self, entity: Entity[Any, Any, Any], operations: type[Operations] | None = None) -> Any:
        """Return the repository of an entity on this transaction, with its operations beyond the verbs."""
        made = self._inner.repository(entity, operations)
        made._unit = self
        return made

    def transaction(self) -> AbstractContextManager[Self]:
        """Open a savepoint: leaving its block by an exception undoes the block, and no more."""
        return SavepointBlock(self)

    def after_commit(self, callback: Callable[[], object]) -> None:
        """Call this once the outermost transaction has been committed, and never if it is not.

        Callbacks run in order, outside the transaction, and all of them run; then the first error
        among theirs is raised, which changes nothing of what was stored.
        """
        self._callbacks.append(callback)

    @property
    def keyring(self) -> Keyring:
        """What seals and unseals columns of the rows here, with data keys that the environment's key service opens."""
        return Keyring.on(self, self._backend)

    def emit(self, event: Event) -> None:
        """Store an event that no row tells of; it is there for others once this transaction is committed.

        Raises `ValueInvalid` where the event fails its schema, or its topic is none of the outbox's, and
        `ConfigurationInvalid` where there is no repository `outbox_events`. What changes of rows tell is stored
        with them, and not to be emitted.
        """
        outbox = outbox_of(self)
        outbox.create(message_of(event, outbox.entity.new))

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Run a SQLAlchemy statement in this transaction and return its rows."""
        return self._inner.execute(statement, parameters)

    def session(self) -> AbstractContextManager[Session]:
        """Open a SQLAlchemy session inside this transaction; its commit ends a savepoint only."""
        return self._inner.session()

    def is_of(self, database: Any) -> bool:
        """Tell whether this database began it, or another one on the same backend."""
        return self._backend is database._backend  # noqa: SLF001 (a database and its transactions are friends)

    def _savepoint(self) -> Self:
        return type(self)(self._inner.savepoint(), self._replaced, self._backend)

    def _forget_repositories(self) -> None:
        """Keep none that was made at a look; a later look makes another one."""
        kept, kind = self.__dict__, type(self)
        for name in [name for name in kept if name[0] != "_" and name not in self._replaced]:
            if isinstance(getattr(kind, name, None), RepositoryAttribute):
                del kept[name]

    def _committed(self) -> None:
        errors = []
        for callback in self._callbacks:
            try:
                call(callback)
            except Exception as error:  # noqa: BLE001 (the others have to run first)
                errors.append(error)
        if errors:
            raise errors[0]


class Transaction(TransactionRepositories, BaseTransaction):
    """A transaction with repositories of dbkit's own entities."""
