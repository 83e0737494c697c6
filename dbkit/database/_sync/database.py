# Generated from dbkit/database/_async/database.py by tools/unasync.py; edit that file instead.
"""The database: repositories, transactions, and the doors to SQL."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar

from sqlalchemy import Executable
from sqlalchemy.orm import Session

from dbkit._acompat import call, sleep
from dbkit.database._sync.block import Ending, TransactionBlock
from dbkit.database._sync.repositories import Repositories
from dbkit.database._sync.transaction import BaseTransaction, Transaction
from dbkit.database.code_line import own_folder
from dbkit.database.emissions import emissions_of
from dbkit.database.observing import closed, observed
from dbkit.database.queries import CountsQueries
from dbkit.database.repository import entities_of, transaction_class_of
from dbkit.database.retry import RetryPolicy
from dbkit.events.auditing import Audit
from dbkit.events.rules import Emissions, EntityEvents
from dbkit.models.entity import Entity
from dbkit.operations._sync.keyring import Keyring
from dbkit.pool.statistics import PoolStatistics
from dbkit.types.errors import DbkitError
from dbkit.verbs._sync.backend import Backend, BackendTransaction
from dbkit.verbs._sync.operations import Operations
from dbkit.verbs.deadline import leaves_time
from dbkit.verbs.reading import Position, ReadingOptions
from dbkit.verbs.transaction import Isolation, transaction_options

if TYPE_CHECKING:
    from dbkit.memory._sync.database import MemoryDatabase

__all__ = ["BaseDatabase", "Database"]

ResultT = TypeVar("ResultT")
TransactionT_co = TypeVar("TransactionT_co", bound=BaseTransaction, covariant=True)


class BaseDatabase(CountsQueries, Generic[TransactionT_co]):
    """A database without repositories of dbkit's own: what a service with its own entities alone extends.

    Each verb of a repository outside `transaction()` is a transaction of its own. A subclass
    declares repositories with `dbkit.repository(...)`, and may name the class of its transactions:
    `class Shop(BaseDatabase[ShopTransaction])`. They have all its repositories as well. `line`
    is the folder of the line of migrations that makes its tables: a service is held against it when it connects.
    """

    line: ClassVar[Path | None] = None
    retry_policy: ClassVar[RetryPolicy] = RetryPolicy()
    transaction_class: ClassVar[type[Any]] = BaseTransaction

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.transaction_class = transaction_class_of(cls)

    def __init__(
        self,
        backend: Backend,
        *,
        shown_as: str,
        after_close: Callable[[], object] | None = None,
    ) -> None:
        self._backend: Backend = observed(self, backend)
        self._shown_as = shown_as
        self._after_close = after_close
        self._replaced: dict[str, Any] = {}

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._shown_as}>"

    @classmethod
    def entities(cls) -> tuple[Entity[Any, Any, Any], ...]:
        """Return the entities that this class has repositories for."""
        return tuple(entities_of(cls).values())

    @classmethod
    def emissions(cls) -> Emissions | None:
        """Return the events that changes of this class's entities tell, in the transaction of the change, if any.

        Raises `ConfigurationInvalid` where entities have events and there is no repository `outbox_events` for them.
        """
        owner: Any = cls
        return emissions_of(owner)

    @classmethod
    def declared_events(cls) -> tuple[EntityEvents, ...]:
        """Return the events that the class declares beside its repositories."""
        return ()

    @classmethod
    def declared_audit(cls) -> Audit | None:
        """Return how changes are recorded with who made them, if they are."""
        return None

    def repository(self, entity: Entity[Any, Any, Any], operations: type[Operations] | None = None) -> Any:
        """Return the repository of an entity, with its operations beyond the verbs."""
        made = self._backend.repository(entity, operations)
        made._unit = self
        return made

    def transaction(
        self,
        *,
        isolation: Isolation = "read committed",
        read_only: bool = False,
        deferrable: bool = False,
        commit_token: bool = False,
    ) -> AbstractContextManager[TransactionT_co]:
        """Open a transaction: committed where the block ends, rolled back where an exception leaves it.

        Raises `TransactionAborted` at the end of a block that swallowed a database error, because
        PostgreSQL would turn its COMMIT into ROLLBACK. Where the connection is lost during COMMIT, the
        server is asked what became of it: committed, the block ends as always; rolled back, it
        raises `Unavailable`; `CommitUnknown` where nobody can say. With `commit_token` the transaction
        leaves a row in `commit_tokens`, by which that is known after a crash and a failover, too; raises
        `SchemaMismatch` where there is no such table.
        """
        return TransactionBlock(self, transaction_options(isolation, read_only, deferrable, commit_token))

    def run(
        self,
        work: Callable[[Any], ResultT],
        *,
        isolation: Isolation = "read committed",
        read_only: bool = False,
        deferrable: bool = False,
        commit_token: bool = False,
    ) -> ResultT:
        """Call `work(tx)` in a transaction and return its result, again from the start after a conflict.

        Retries what is certain to have stored nothing: serialization failures, deadlocks, locks not
        available, a connection lost before COMMIT, or during it where the server has rolled back;
        never `CommitUnknown`, of which `commit_token` leaves least (see `transaction`), and nothing for
        which the caller's deadline leaves no time. So work must not have effects outside the
        transaction; those belong into `tx.after_commit`.
        """
        options = transaction_options(isolation, read_only, deferrable, commit_token)
        attempt = 0
        while True:
            try:
                tx = self._begun(self._backend.begin(options))
                with Ending(tx):
                    result = work(tx)
                break
            except DbkitError as error:
                pause_seconds = self.retry_policy.wait_seconds(attempt)
                if not (self.retry_policy.allows(error, attempt) and leaves_time(pause_seconds)):
                    raise
            sleep(pause_seconds)
            attempt += 1
        tx._committed()
        return result

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Run a SQLAlchemy statement in a transaction of its own and return its rows."""
        return self._backend.execute(statement, parameters)

    def session(self) -> AbstractContextManager[Session]:
        """Open a SQLAlchemy session on the same connections."""
        return self._backend.session()

    def position(self) -> str:
        """Return a token for `reading(after=...)`: everything that was committed before this call is behind it.

        It costs a round trip to the primary, and is text that may travel, in a header for one. Raises
        `ReadOnly` where the database is connected to a replica.
        """
        return self._backend.position()

    @contextmanager
    def reading(
        self, *, after: str | None = None, wait_seconds: float = 0.05, lag_seconds_max: float = 10.0
    ) -> Iterator[Self]:
        """Give a database that only reads, from replicas that are caught up, else from the primary.

        With `after`, what `position()` returned, every read sees what was committed before that: a replica
        may take `wait_seconds` to get there. Without it, a replica may lag by `lag_seconds_max`. Where
        none serves, the primary does, and it is the primary for the rest of the block. Writing raises
        `ReadOnly`, a token that is none `ValueInvalid`, and reading after the block `DatabaseClosed`.
        """
        position = None if after is None else Position.read(after)
        backend = self._backend.reading(ReadingOptions(position, wait_seconds, lag_seconds_max))
        try:
            yield self._on(backend)
        finally:
            backend.close()

    @property
    def memory(self) -> MemoryDatabase:
        """What only a database in memory offers: snapshots, a clock that obeys, sessions step by step, faults.

        Raises `ConfigurationInvalid` for a database that is not in memory.
        """
        from dbkit.memory._sync.database import memory_of

        return memory_of(self, self._backend)

    @property
    def keyring(self) -> Keyring:
        """What seals and unseals columns of the rows here, with data keys that the environment's key service opens."""
        return Keyring.on(self, self._backend)

    def pool_statistics(self) -> PoolStatistics | None:
        """Return what the pool of connections did since it was opened, and has now; None where there is no pool.

        `memory://` has none, and a database of the context has none before its first use.
        """
        return self._backend.pool_statistics()

    def replacing(self, **repositories: Any) -> Self:
        """Return a database with some repositories replaced, here and in its transactions, on the same backend."""
        unknown = set(repositories) - set(entities_of(type(self)))
        if unknown:
            raise TypeError(f"{type(self).__name__} has no repository {', '.join(sorted(unknown))}")
        other = copy.copy(self)
        other._replaced = {**self._replaced, **repositories}
        other.__dict__.update(repositories)
        return other

    def close(self) -> None:
        """Give all connections back; later calls raise `DatabaseClosed`."""
        self._backend.close()
        closed(self)
        after_close, self._after_close = self._after_close, None
        if after_close is not None:
            call(after_close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _on(self, backend: Backend) -> Self:
        """Return the same database on another backend, which somebody else closes."""
        other = copy.copy(self)
        other.__dict__.update(_backend=backend, _after_close=None)
        for name in entities_of(type(self)).keys() - self._replaced.keys():
            # Made anew at the next look.
            other.__dict__.pop(name, None)
        return other

    def _begun(self, inner: BackendTransaction) -> TransactionT_co:
        begun: TransactionT_co = self.transaction_class(inner, self._replaced, self._backend)
        return begun


class Database(Repositories, BaseDatabase[Transaction]):
    """A database with repositories of dbkit's own entities.

    A subclass declares repositories of further entities with `dbkit.repository(...)`; its tables are no longer
    those of dbkit's own line then, and it names a `line` of its own.
    """

    line: ClassVar[Path | None] = own_folder()

    @classmethod
    def declared_events(cls) -> tuple[EntityEvents, ...]:
        """Return the events of dbkit's own entities."""
        from dbkit.events.declared import DECLARED

        return (*super().declared_events(), *DECLARED)

    @classmethod
    def declared_audit(cls) -> Audit | None:
        """Return how changes of dbkit's own entities are recorded."""
        from dbkit.events.declared.audited import AUDIT

        return AUDIT
