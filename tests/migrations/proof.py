"""One revision taken up, down and up with rows, and what its header claims held against what happened."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from dbkit.migrate.catalog import differences
from dbkit.migrate.errors import DowngradeImpossible
from dbkit.migrate.header import Impossible, Lossless, Lossy
from dbkit.migrate.line import Revision
from dbkit.migrate.proving.changes import Changes
from dbkit.migrate.proving.losses import lost_of_before, lost_unsaid, remade_or_not, said_unlost
from dbkit.migrate.proving.state import State, made_anew
from tests.migrations.rows import Rows
from tests.migrations.stepping import go_down, go_up, history_of
from tests.migrations.walk import SIZE, plant
from tests.migrations.watching import Measure


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
        plants = up_again.changes(b)
        self.complaints += lost_of_before(self._downgrade, a.changes(c_planted, self._ignored), plants)
        self.complaints += remade_or_not(self._downgrade, a, c, b, d)

    @property
    def _downgrade(self) -> Lossless | Lossy | Impossible:
        return self.revision.header.downgrade

    @property
    def _ignored(self) -> Collection[str]:
        return made_anew(self.revision)

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
        self.complaints += lost_unsaid(self._downgrade, unplanted, planted)
        unlost = said_unlost(self._downgrade, unplanted, planted)
        self.complaints += (f"{each}: plant some, or mend the header" for each in unlost)
