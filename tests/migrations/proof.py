"""One revision taken up, down and up with rows, and what its header claims held against what happened."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from dbkit.migrate.catalog import Catalog, differences
from dbkit.migrate.errors import DowngradeImpossible
from dbkit.migrate.header import Impossible, Lossless, Lossy
from dbkit.migrate.line import Revision
from tests.migrations.changes import Changes, Keys, changes, keys_of, values_differ
from tests.migrations.rows import Rows, Snapshot
from tests.migrations.stepping import go_down, go_up, history_of
from tests.migrations.walk import SIZE, plant
from tests.migrations.watching import Measure


@dataclass(frozen=True)
class State:
    """A database as it is: its catalogue, its rows, and how they are told apart."""

    catalog: Catalog
    rows: Snapshot
    keys: Keys

    @classmethod
    def of(cls, connection: psycopg.Connection[Any]) -> State:
        return cls(Catalog.read(connection), Snapshot.take(connection), keys_of(connection))

    def changes(self, other: State, ignored: Collection[str] = ()) -> Changes:
        """Return what happened to the rows on the way to another state of the same shape."""
        return changes(self.rows, other.rows, self.keys, ignored)


def complaints_of(revision: Revision, when: str, expected: State, found: State) -> list[str]:
    """Return in what a database is not as a run of the revision leaves it, but for what is made anew each time."""
    complaints = [f"{when}: {line}" for line in differences(expected.catalog, found.catalog)]
    downgrade = revision.header.downgrade
    ignored = (*getattr(downgrade, "remade", ()), *getattr(downgrade, "kept", ()))
    if changed := expected.changes(found, ignored):
        complaints.append(f"{when}: {changed}")
    return complaints


@dataclass
class Proof:
    """Takes a database (it is at the state before the revision) up, down and up, and collects complaints."""

    url: str
    looker: psycopg.Connection[Any]
    """Stays open: a connection that has read the catalogue before reads it in a third of the time."""
    revision: Revision
    complaints: list[str] = field(default_factory=list)
    states: dict[str, State] = field(default_factory=dict)
    """Where it was: `before`, `up`, `down`; with rows planted `planted` and `planted_down`."""
    error: Exception | None = None
    """What ended it before its end."""
    made_way: bool = False
    """Whether rows had to go before the downgrade would run."""

    def run(self) -> None:
        """Prove all that the header claims; the first step that fails ends it."""
        a = State.of(self.looker)
        measure = self._up_measured()
        up = State.of(self.looker)
        self.states |= {"before": a, "up": up}
        self._compare_claims(measure)
        history = history_of(self.revision)
        self._promise(history, "promise", a, up)
        if isinstance(self._downgrade, Impossible):
            self._plant()
            self._refused("the downgrade", State.of(self.looker))
            return
        self._down()
        c = self.states["down"] = State.of(self.looker)
        self._same_catalog("down", a, c)
        self._promise(history, "promise_down", up, c)
        self._up()
        up_again = State.of(self.looker)
        self._same_catalog("up again", up, up_again)
        self._plant()
        b = State.of(self.looker)
        if self._downgrade.refuses:
            self._refused(f"the downgrade ({self._downgrade.refuses})", b)
            if not hasattr(history, "make_way"):
                self._compare_losses(a.changes(c, self._ignored), Changes())
                return
            b = self._make_way(history)
        self._down()
        c_planted = State.of(self.looker)
        self.states |= {"planted": b, "planted_down": c_planted}
        self._same_catalog("down with rows planted", a, c_planted)
        self._promise(history, "promise_down", b, c_planted)
        self._up()
        d = State.of(self.looker)
        self._same_catalog("up with rows planted", up, d)
        self._compare_losses(a.changes(c, self._ignored), b.changes(d, self._ignored))
        self._compare_old_rows(a, c_planted, up_again.changes(b))
        self._compare_remade(a, c, b, d)

    @property
    def _downgrade(self) -> Lossless | Lossy | Impossible:
        return self.revision.header.downgrade

    @property
    def _ignored(self) -> Collection[str]:
        return () if isinstance(self._downgrade, Impossible) else {*self._downgrade.remade, *self._downgrade.kept}

    def _complain(self, text: str) -> None:
        self.complaints.append(text)

    def _up_measured(self) -> Measure:
        measures: list[Measure] = []

        def watch(connection: Connection) -> None:
            measures.append(Measure(connection))

        go_up(self.url, self.revision, watch)
        return measures[0]

    def _up(self) -> None:
        go_up(self.url, self.revision)

    def _down(self) -> None:
        go_down(self.url, self.revision)

    def _plant(self) -> None:
        error = plant(self.looker, self.revision)
        if error is not None:
            self._complain(f"its rows cannot be planted: {error!r}")

    def _promise(self, history: ModuleType | None, name: str, before: State, after: State) -> None:
        promise = getattr(history, name, None)
        if promise is not None:
            try:
                promise(before.rows, after.rows)
            except AssertionError as error:
                self._complain(f"{name}: {error}")

    def _compare_claims(self, measure: Measure) -> None:
        header = self.revision.header
        locks = {name: lock.value for name, lock in sorted(header.locks.items())}
        measured = {name: lock.value for name, lock in measure.locks.items()}
        if locks != measured:
            more = {name: lock for name, lock in measured.items() if locks.get(name) != lock}
            less = {name: lock for name, lock in locks.items() if measured.get(name) != lock}
            self._complain(f"locks: the header says {less}, but it takes {more}")
        rewritten = measure.rewritten(self.looker)
        if rewritten != set(header.rewrites):
            self._complain(f"rewrites: the header says {sorted(header.rewrites)}, but it rewrites {sorted(rewritten)}")

    def _same_catalog(self, when: str, expected: State, found: State) -> None:
        for line in differences(expected.catalog, found.catalog):
            self._complain(f"after {when}: {line}")

    def _refused(self, what: str, before: State) -> None:
        """See that the downgrade refuses, and that nothing is changed by it."""
        try:
            self._down()
        except (DowngradeImpossible, DBAPIError) as error:
            if isinstance(error, DBAPIError) and not str(getattr(error.orig, "sqlstate", "")).startswith("23"):
                raise
        else:
            self._complain(f"{what} should refuse, and with the rows that are planted it does not")
            return
        after = State.of(self.looker)
        self._same_catalog("the refused downgrade", before, after)
        if changed := before.changes(after):
            self._complain(f"the refused downgrade changed rows: {changed}")

    def _make_way(self, history: ModuleType | None) -> State:
        """Remove what the downgrade refuses to lose."""
        assert history is not None
        self.made_way = True
        with self.looker.transaction():
            history.make_way(Rows(self.looker, SIZE))
        return State.of(self.looker)

    def _compare_losses(self, unplanted: Changes, planted: Changes) -> None:
        """Hold what was lost on the way from A to C and from B to D against what the header says is lost."""
        lost, columns = {**unplanted.lost, **planted.lost}, {**unplanted.columns, **planted.columns}
        said: tuple[set[str], set[str]] = (set(), set())
        if isinstance(self._downgrade, Lossy):
            said = set(self._downgrade.rows), set(self._downgrade.columns)
        for name in sorted(lost.keys() - said[0]):
            self._complain(f"rows of {name} are lost, and the header does not say so: {lost[name]}")
        for name in sorted(columns.keys() - said[1]):
            self._complain(f"{name} is lost, and the header does not say so: {columns[name]}")
        for name in sorted(said[0] - lost.keys()):
            self._complain(
                f"the header says that rows of {name} are lost, and none were: plant some, or mend the header"
            )
        for name in sorted(said[1] - columns.keys()):
            self._complain(f"the header says that {name} is lost, and no value was: plant some, or mend the header")
        # Where values of a table are lost, rows may come back that were taken away on purpose.
        may_gain = said[0] | {name.partition(".")[0] for name in said[1]}
        for way, found in (("down", unplanted), ("down and up", planted)):
            for name in sorted(found.gained.keys() - may_gain):
                self._complain(f"{name} has rows after {way} that it had not before: {found.gained[name]}")

    def _compare_old_rows(self, a: State, c_planted: State, plants: Changes) -> None:
        """See that rows from before come back also where others were planted; those that were changed do not count."""
        found = a.changes(c_planted, self._ignored)
        touched = {*plants.lost, *(name.partition(".")[0] for name in plants.columns)}
        said = self._downgrade if isinstance(self._downgrade, Lossy) else None
        for table in sorted(found.lost.keys() - touched - set(said.rows if said else ())):
            self._complain(f"{table} lost a row from before, with rows planted: {found.lost[table]}")
        for name in sorted(found.columns.keys() - set(said.columns if said else ())):
            if name.partition(".")[0] not in touched:
                self._complain(f"{name} of a row from before changed, with rows planted: {found.columns[name]}")

    def _compare_remade(self, a: State, c: State, b: State, d: State) -> None:
        if isinstance(self._downgrade, Impossible):
            return
        # By the upgrade that is applied again, or by the downgrade.
        for name in self._downgrade.remade:
            if not values_differ(b.rows, d.rows, name) and not values_differ(a.rows, c.rows, name):
                self._complain(f"the header says that {name} is made anew, and it is the same")
        for name in self._downgrade.kept:
            if not values_differ(a.rows, c.rows, name):
                self._complain(f"the header says that {name} keeps filled values, and it is as before")
