"""Whether a revision can be taken back, and loses what its header says and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from dbkit.migrate import step as stepping
from dbkit.migrate.catalog import differences
from dbkit.migrate.header import Impossible, Unknown
from dbkit.migrate.proving.changes import Changes
from dbkit.migrate.proving.filling import add_rows, columns_of
from dbkit.migrate.proving.losses import lost_of_before, lost_unsaid, remade_or_not, said_unlost
from dbkit.migrate.proving.model import Finding, Outcome
from dbkit.migrate.proving.refusal import CouldNotRun
from dbkit.migrate.proving.state import State, made_anew
from dbkit.migrate.proving.subject import Subject
from dbkit.migrate.scratch_steps import StepFailed, take
from dbkit.migrate.session import Session, Target
from dbkit.migrate.step import Step

__all__ = ["Reversible"]

_NAME: Final = "dbkit migrate prove"


class Reversible:
    """Applies a revision, takes it back and applies it again, with rows of the old shape and of the new one."""

    name = "reversible"
    asks = (
        "Up, down and up again with full tables: does the schema come back, and is lost what the header names,"
        " and nothing else?"
    )

    def prove(self, subject: Subject) -> Outcome:
        """Go up, down and up on one copy."""
        filled = subject.filled
        with subject.copy() as target:
            way = _Way(subject, target)
            way.go()
        return Outcome.of(map(Finding, way.found), notes=(*filled.notes, *way.notes))


@dataclass
class _Way:
    """The way of a revision up and down on a database; `found` is what should not have been."""

    subject: Subject
    target: Target
    found: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])

    def go(self) -> None:
        """Go it as far as the header says that it leads.

        States are called: a before, u up, c down again, b up with rows of the new shape, d up again from there.
        """
        downgrade = self.subject.revision.header.downgrade
        a, u = self.subject.filled.before, self.subject.filled.after
        known = set(columns_of(self.target).values())
        self._first_up()
        if isinstance(downgrade, Impossible):
            self._refused("the downgrade is impossible")
            return
        if not self._down():
            return
        c = self._state()
        self._same_catalog("down", a, c)
        if not self._up_again():
            return
        up_again = self._state()
        self._same_catalog("up again", u, up_again)
        b = self._with_new_rows(known)
        if not self._down():
            return
        planted_down = self._state()
        self._same_catalog("down with rows of the new shape", a, planted_down)
        if not self._up_again():
            return
        d = self._state()
        self._same_catalog("up with rows of the new shape", u, d)
        ignored = made_anew(self.subject.revision)
        self._losses(a.changes(c, ignored), b.changes(d, ignored))
        if not isinstance(downgrade, Unknown):
            plants = up_again.changes(b)
            self.found += lost_of_before(downgrade, a.changes(planted_down, ignored), plants)
            self.notes += remade_or_not(downgrade, a, c, b, d)

    def _losses(self, unplanted: Changes, planted: Changes) -> None:
        downgrade = self.subject.revision.header.downgrade
        lost = list(lost_unsaid(downgrade, unplanted, planted))
        if isinstance(downgrade, Unknown):
            # A header says nothing that could be untrue: it is told what goes.
            self.notes += (each.replace(", and the header does not say so", "") for each in lost)
            return
        self.found += lost
        # Rows that are made for any schema need not be of the kind that goes.
        self.notes += said_unlost(downgrade, unplanted, planted)

    def _first_up(self) -> None:
        failed = self._step(stepping.upgrade)
        if failed is not None:
            raise CouldNotRun(failed.words)

    def _up_again(self) -> bool:
        """Apply it again; tell whether that came to its end."""
        failed = self._step(stepping.upgrade)
        if failed is not None:
            self.found.append(f"applied again after its downgrade, it fails: {failed.words}")
        return failed is None

    def _down(self) -> bool:
        """Take it back; tell whether that came to its end. Where it refuses, as the header may say, nothing changes."""
        before = self._state()
        failed = self._step(stepping.downgrade)
        if failed is None:
            return True
        refuses = getattr(self.subject.revision.header.downgrade, "refuses", "")
        if refuses and failed.is_about_rows:
            self.notes.append(f"with the rows made here the downgrade refuses, as the header says: {refuses}")
            self._unchanged(before)
        else:
            self.found.append(f"its downgrade fails: {failed.words}")
        return False

    def _refused(self, what: str) -> None:
        """See that the downgrade refuses, and changes nothing."""
        before = self._state()
        failed = self._step(stepping.downgrade)
        if failed is None:
            self.found.append(f"{what}, says the header, and it came to its end")
            return
        if not failed.is_about_rows:
            self.found.append(f"{what}, says the header; it fails, and does not refuse: {failed.words}")
        self._unchanged(before)

    def _step(self, step: Step) -> StepFailed | None:
        seconds = self.subject.bounds.seconds_max
        return take(self.target, (self.subject.revision,), step, seconds_max=seconds, name=_NAME)

    def _unchanged(self, before: State) -> None:
        after = self._state()
        self._same_catalog("the refused downgrade", before, after)
        if changed := before.changes(after):
            self.found.append(f"the refused downgrade changed rows: {changed}")

    def _same_catalog(self, when: str, expected: State, found: State) -> None:
        self.found += (f"after {when}: {line}" for line in differences(expected.catalog, found.catalog))

    def _with_new_rows(self, known: set[tuple[int, int]]) -> State:
        """Add rows to tables that are new, and values to columns that are; return what there is then."""
        columns = columns_of(self.target)
        tables = {table for table, _ in known}
        failed = add_rows(self.target, self.subject.line, lambda *name: columns[name] not in known)
        new = {table for (table, _), (oid, _) in columns.items() if oid not in tables}
        self.notes += (f"no rows in {table}: {why}" for table, why in failed.items() if table in new)
        return self._state()

    def _state(self) -> State:
        with Session(self.target, _NAME) as session:
            return State.of(session.connection, self.subject.line.version_table.name)
