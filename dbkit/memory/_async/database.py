"""What only a database in memory offers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from dbkit.memory._async.controlled_memory import AsyncControlledMemory
from dbkit.memory._async.stepping import AsyncSteps
from dbkit.memory.control.clock import ControlledClock
from dbkit.memory.control.differences import Difference, differences
from dbkit.memory.control.dumping import Dump, dump_of, loading, read_dump, write_dump
from dbkit.memory.control.errors import SnapshotForeign, TransactionsOpen
from dbkit.memory.control.fault_rules import FAULT_KINDS, FaultKind
from dbkit.memory.control.faults import Faults
from dbkit.memory.control.identifiers import IdentifierSource
from dbkit.memory.control.snapshots import Snapshot
from dbkit.types.errors import ConfigurationInvalid
from dbkit.types.identifiers import drawn_from
from dbkit.verbs.transaction import TransactionOptions

__all__ = ["AsyncMemoryDatabase", "async_memory_of"]


class AsyncMemoryDatabase:
    """The controls of a database in memory; `db.memory` is one, whatever the class of `db`.

    with db.memory.steps() as steps: ...
    """

    def __init__(self, backend: AsyncControlledMemory, database: Any) -> None:
        self._backend = backend
        self._database = database

    def __repr__(self) -> str:
        return f"<memory of {self._database!r}>"

    @property
    def clock(self) -> ControlledClock:
        """Its clock, which can be set, advanced and frozen."""
        return self._backend.clock

    @property
    def seed(self) -> int:
        """What the order of results follows from where none is asked for."""
        return self._backend.seed

    @property
    def open_transactions(self) -> int:
        """How many transactions have begun and not ended."""
        return self._backend.open_transactions

    def snapshot(self) -> Snapshot:
        """Return how the database is now, in microseconds, however large it is: what has been committed."""
        return self._backend.snapshot()

    def restore(self, snapshot: Snapshot) -> None:
        """Make the database as it was: rows, numbers of identities, clock, identifiers.

        It takes time for the rows that changed since. Raises `TransactionsOpen` while there are transactions, and
        `SnapshotForeign` for a snapshot of another database.
        """
        if snapshot.taken_from is not self._backend.origin:
            raise SnapshotForeign
        self._require_alone()
        self._backend.go_back(snapshot)

    def reset(self) -> None:
        """Forget all rows, and begin the numbers of identities anew. Raises `TransactionsOpen`."""
        self._require_alone()
        self._backend.reset()

    def diff(self, before: Snapshot, after: Snapshot | None = None) -> Difference:
        """Return the rows that differ between two snapshots, or a snapshot and now, with old and new values.

        It takes time for what differs, not for what is there. Raises `SnapshotForeign`.
        """
        later = self.snapshot() if after is None else after
        if not before.taken_from is later.taken_from is self._backend.origin:
            raise SnapshotForeign
        return differences(self._backend.tables, before.state, later.state)

    def dump(self, folder: str | Path | None = None) -> dict[str, list[dict[str, Any]]]:
        """Return all rows by table as seed JSON has them, with what the server filled in, and write them to a folder.

        Without a folder nothing is written. `load` makes exactly these rows of it again, and `dbkit db seed --folder`
        stores the live ones on a server.
        """
        dump = dump_of(self._backend.tables, self._backend.view())
        if folder is not None:
            write_dump(dump, Path(folder))
        return dump

    async def load(self, source: Dump | str | Path) -> int:
        """Store the rows of a dump, or of a folder of seed JSON, all or none, and return how many.

        What a row does not say the database fills in. Raises what `create` raises for a row that does not fit or is
        there already, with its number in `row`; `TransactionsOpen`; and `ConfigurationInvalid` for a source that is
        none.
        """
        dump = read_dump(source)
        self._require_alone()
        transaction = await self._backend.begin(TransactionOptions())
        try:
            stored = [await transaction.write(change) for change in loading(self._backend.tables, dump)]
        except BaseException:
            await transaction.rollback()
            raise
        await transaction.commit()
        return sum(stored)

    @contextmanager
    def ids(self, *, seed: int | str) -> Iterator[IdentifierSource]:
        """Draw the identifiers that a block, and the tasks started in it, make from a seed: the same in each run.

        Each is larger than the one before. Their time is that of the clock while it stands still.
        """
        source = IdentifierSource(seed, lambda: self.clock.at)
        before, self._backend.identifiers = self._backend.identifiers, source
        try:
            with drawn_from(source):
                yield source
        finally:
            self._backend.identifiers = before

    @asynccontextmanager
    async def steps(self, *, limit_seconds: float = 5.0) -> AsyncIterator[AsyncSteps]:
        """Give a block sessions that stop at points, so that a race becomes a plain test.

        `limit_seconds` bounds how long a session may take to where it is sent. Raises `SessionsUnfinished` where the
        block ends before its sessions have; these are rolled back.
        """
        control = self._backend.control
        if control.steps is not None:
            raise ConfigurationInvalid("steps() is under way on this database", advice="Use the sessions of one block.")
        steps = control.steps = AsyncSteps(self._database, self._backend.points, limit_seconds)
        self._backend.take_control()
        try:
            yield steps
        except BaseException:
            await steps.end()
            raise
        else:
            unfinished = await steps.end()
        finally:
            control.steps = None
            self._backend.give_up_control()
        if unfinished is not None:
            raise unfinished

    @contextmanager
    def faults(
        self, *, seed: int | str | None = None, rate: float = 0.0, kinds: Collection[FaultKind] = FAULT_KINDS
    ) -> Iterator[Faults]:
        """Raise faults in a block, where PostgreSQL could raise them, and with the effects that they have there.

        At each such place one of `kinds` comes about with the probability `rate`, drawn from the seed (without one:
        from the seed of the database). `next` of what is given asks for a single one.
        """
        control = self._backend.control
        if control.faults is not None:
            raise ConfigurationInvalid("faults() is under way on this database", advice="Use the faults of one block.")
        faults = Faults(self.seed if seed is None else seed, rate, kinds, self._backend.points.is_place)
        control.faults = faults
        self._backend.take_control()
        try:
            yield faults
        finally:
            control.faults = None
            self._backend.give_up_control()
        faults.require_raised()

    def _require_alone(self) -> None:
        """Raise `TransactionsOpen` while there are transactions that see the rows."""
        open_transactions = self._backend.open_transactions
        if open_transactions:
            number = "1 transaction is" if open_transactions == 1 else f"{open_transactions} transactions are"
            raise TransactionsOpen(f"{number} open on this database")


def async_memory_of(database: Any, backend: Any) -> AsyncMemoryDatabase:
    """Return the controls of a database on this backend, or raise `ConfigurationInvalid` where it is not in memory."""
    while not isinstance(backend, AsyncControlledMemory):
        inner = getattr(backend, "inner", None)
        if inner is None:
            raise ConfigurationInvalid(
                "this database is not in memory, or not open yet",
                advice="db.memory is for what dbkit.connect('memory://') opens.",
            )
        backend = inner
    return AsyncMemoryDatabase(backend, database)
