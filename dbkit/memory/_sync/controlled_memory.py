# Generated from dbkit/memory/_async/controlled_memory.py by tools/unasync.py; edit that file instead.
"""The twin with what controls it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast
from weakref import WeakSet

from dbkit.events.rules import Emissions
from dbkit.memory._sync.backend import MemoryBackend, MemoryTransaction
from dbkit.memory._sync.controlled import Control, ControlledTransaction, controlled, uncontrolled
from dbkit.memory._sync.repository import MemoryRepository
from dbkit.memory.control.clock import ControlledClock
from dbkit.memory.control.identifiers import IdentifierSource
from dbkit.memory.control.points import Points
from dbkit.memory.control.snapshots import Snapshot
from dbkit.memory.rows import Rows
from dbkit.memory.shuffling import Shuffler, seed_of_process
from dbkit.memory.store import Clock
from dbkit.memory.table import AnyEntity
from dbkit.verbs._sync.operations import Operations
from dbkit.verbs.transaction import TransactionOptions

__all__ = ["ControlledMemory"]


class ControlledMemory(MemoryBackend):
    """An empty database in memory that can be controlled: what `memory://` opens.

    Until somebody controls it, it costs what the plain one costs. From `seed` follow the order of results where none is
    asked for and what goes wrong in `faults()`; without one `DBKIT_MEMORY_SEED` says it, else chance.
    """

    def __init__(
        self,
        entities: Iterable[AnyEntity],
        *,
        clock: Clock | None = None,
        lock_timeout_s: float = 10.0,
        seed: int | None = None,
        emissions: Emissions | None = None,
    ) -> None:
        super().__init__(entities, clock=clock, lock_timeout_s=lock_timeout_s, emissions=emissions)
        self.control = Control()
        self.clock = ControlledClock(self._set_clock, clock)
        self.seed = seed_of_process() if seed is None else seed
        self.identifiers: IdentifierSource | None = None
        self.points = Points(entity.name for entity in self._store.schema.rows)
        self._store.order = Shuffler(self.seed).shuffled
        self._given: WeakSet[MemoryRepository] = WeakSet()

    def repository(self, entity: AnyEntity, operations: type[Operations] | None = None) -> MemoryRepository:
        """Return the repository of an entity, each call of it a transaction of its own."""
        made = super().repository(entity, operations)
        self._given.add(made)
        return made if self.control.is_idle else controlled(made, self.control)

    def begin(self, options: TransactionOptions) -> MemoryTransaction:
        """Begin a transaction."""
        if self.control.is_idle:
            return super().begin(options)
        unit = self.control.begin(options)
        begun = super().begin(options)
        # It passes on what it does not do itself, as what puts spans around a transaction does.
        return cast("MemoryTransaction", ControlledTransaction(begun, self.control, unit))

    @property
    def tables(self) -> Iterable[Rows]:
        """What is done with the rows of each table."""
        return self._store.schema.rows.values()

    def snapshot(self) -> Snapshot:
        """Return how the database is now, as far as it is committed."""
        store, identifiers = self._store, self.identifiers
        state, mark = store.mark()
        source = None if identifiers is None else (identifiers, identifiers.drawn)
        return Snapshot(store, state, mark, store.numbers.drawn(), self.clock.at, source)

    def go_back(self, snapshot: Snapshot) -> None:
        """Make the database as it was. No transaction may be under way."""
        with self._store.mutex:
            self._store.go_back(snapshot)
        if self.clock.at is not snapshot.clock_at:
            self.clock.go_back(snapshot.clock_at)
        if snapshot.identifiers is not None:
            identifiers, drawn = snapshot.identifiers
            identifiers.drawn = drawn

    @property
    def open_transactions(self) -> int:
        """How many transactions have begun and not ended."""
        return len(self._store.open)

    def take_control(self) -> None:
        """Put the repositories under control that were given before, too."""
        for repository in list(self._given):
            controlled(repository, self.control)

    def give_up_control(self) -> None:
        """Leave repositories as they were, where there is nothing to control any more."""
        if self.control.is_idle:
            for repository in list(self._given):
                uncontrolled(repository)

    def _set_clock(self, clock: Clock | None) -> None:
        self._store.clock = clock
