"""A revision that is to be proved, and the databases to do it on."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

from dbkit.migrate.line import Line, Revision
from dbkit.migrate.proving.aging import Older
from dbkit.migrate.proving.filling import add_rows, filled
from dbkit.migrate.proving.refusal import CouldNotRun
from dbkit.migrate.proving.rules import Rule, rules_of
from dbkit.migrate.proving.state import State
from dbkit.migrate.proving.waiving import Waiver
from dbkit.migrate.scratch import scratch_database
from dbkit.migrate.scratch_steps import StepFailed, take
from dbkit.migrate.session import Session, Target

__all__ = ["Bounds", "Command", "Fill", "Filled", "Subject"]

_WORD: Final = re.compile(r"\w+")

Command = Callable[[Sequence[str]], Any]
"""The command line, given its arguments (`migrate`, `apply`, ...); a function of a module, for processes run it."""


class Fill(StrEnum):
    """How rows are made: some revisions ago; every other one without what may be empty; each with all values; not.

    Those that are fitting are held to what the schema demands of rows behind the revision.
    """

    AGED = "aged"
    MIXED = "mixed"
    FULL = "full"
    FITTING = "fitting"
    FITTING_FULL = "fitting and full"
    NONE = "none"

    @property
    def is_full(self) -> bool:
        """Whether each row has all values."""
        return self in (Fill.FULL, Fill.FITTING_FULL)

    @property
    def is_fitting(self) -> bool:
        """Whether rows are held to rules that are not there yet."""
        return self in (Fill.FITTING, Fill.FITTING_FULL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much is proved with, and how long it may take.

    `rows` is how many each table gets where time counts, a statement may take `seconds_max`, and a revision twice
    as long; a process that applies one, `seconds_beside` more. It is killed in `every_way` at each statement, or in
    one.
    """

    rows: int = 20_000
    seconds_max: float = 30.0
    seconds_beside: float = 30.0
    every_way: bool = True


@dataclass(frozen=True, slots=True)
class Filled:
    """A database with rows before a revision: how they were made, and why some tables have none, or all of them.

    Of tables without rows those count that the revision's file names. `before` and `after` are what it is then, and
    once the revision has been applied without disturbance.
    """

    target: Target
    fill: Fill
    before: State
    after: State
    empty: Mapping[str, str] = field(default_factory=dict[str, str])
    refused: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know: where nothing was proved about rows."""
        if self.refused:
            return (f"no table had rows: with them, {self.refused}",)
        if not self.empty:
            return ()
        return (f"without rows in {', '.join(sorted(self.empty))}: {'; '.join(sorted(set(self.empty.values())))}",)


@dataclass
class Subject:
    """A revision, and databases at the state before it.

    `before` has the rows that revisions of the line made, and nobody is connected to it; `aged` those that were made
    some revisions ago, and have come along, where the revision is a contract or it is told when they were made;
    `older` is that state then, without them. `told` is false of no row of before. `filled` has rows in every table,
    made when it is first asked for. All are there to be copied. `command` is given where a process of its own is to run
    the command line, `statements` where a file says what code sends, `models` where it is known what code works
    with. Once it is `given_up` no check begins anything more. What it made goes with its block.
    """

    revision: Revision
    line: Line
    server: Target
    before: Target
    aged: Target | None = None
    older: Older | None = None
    told: tuple[Rule, ...] = ()
    bounds: Bounds = field(default_factory=Bounds)
    waivers: tuple[Waiver, ...] = ()
    command: Command | None = None
    statements: Path | None = None
    models: str | None = None
    given_up: threading.Event = field(default_factory=threading.Event, init=False, repr=False)
    _stack: ExitStack = field(default_factory=ExitStack, init=False, repr=False)
    _filling: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    @property
    def filled(self) -> Filled:
        """The database before the revision, with such rows as the revision can be applied to.

        Where it refuses those that are made first, as one does that sets NOT NULL, each row has all values; where
        it refuses these as well, they fit what the schema demands behind it; else there are none, and `notes` say
        so. Raises `CouldNotRun` where it fails for another reason than its rows.
        """
        # Checks in several threads want the same one.
        with self._filling:
            return self._filled

    @cached_property
    def _filled(self) -> Filled:
        refused = ""
        for fill, target, empty in self._ways_to_fill():
            found = self._applied_to(target)
            if not isinstance(found, StepFailed):
                return Filled(target, fill, *found, _concerned(self.revision, empty))
            if not found.is_about_rows:
                raise CouldNotRun(f"with rows in the tables, {found.words}")
            refused = found.words
        found = self._applied_to(self.before)
        if isinstance(found, StepFailed):
            raise CouldNotRun(found.words)
        return Filled(self.before, Fill.NONE, *found, refused=refused)

    def _ways_to_fill(self) -> Iterator[tuple[Fill, Target, Mapping[str, str]]]:
        """Yield databases with rows, and why tables have none."""
        if self.aged is not None:
            yield Fill.AGED, self.aged, add_rows(self.aged, self.line, lambda _table, _column: False)
        for fill in self.ways_at_once:
            target = self._stack.enter_context(scratch_database(self.server, template=self.before))
            empty = filled(target, self.line, everywhere=fill.is_full, rules=self.rules(fill))
            # Without rows in a table that it adds rules for, nothing fits them.
            if not (fill.is_fitting and empty.keys() & {rule.table for rule in self._added}):
                yield fill, target, empty

    @property
    def ways_at_once(self) -> Iterator[Fill]:
        """How rows can be made right before the revision, the plainest first."""
        yield from (Fill.MIXED, Fill.FULL)
        if self._added:
            yield from (Fill.FITTING, Fill.FITTING_FULL)

    def rules(self, fill: Fill) -> tuple[Rule, ...]:
        """Return what such rows are held to besides the schema's rules: what is told, what the revision adds."""
        return (*self.told, *self._added) if fill.is_fitting else self.told

    @cached_property
    def _added(self) -> tuple[Rule, ...]:
        with self.copy(with_rows=False) as target:
            with Session(target, "dbkit migrate prove") as session:
                before = rules_of(session.connection)
            if take(target, (self.revision,), seconds_max=self.bounds.seconds_max) is not None:
                return ()
            with Session(target, "dbkit migrate prove") as session:
                return tuple(each for each in rules_of(session.connection) if each not in before)

    @contextmanager
    def copy(self, *, with_rows: bool = True) -> Iterator[Target]:
        """Give a copy of the database before the revision, for a block."""
        template = self.filled.target if with_rows else self.before
        with scratch_database(self.server, template=template) as target:
            yield target

    @contextmanager
    def given_up_on_error(self) -> Iterator[None]:
        """Give it up where the block fails, or is interrupted: what runs beside it ends soon."""
        try:
            yield
        except BaseException:
            self.given_up.set()
            raise

    def waiver_of(self, check: str) -> Waiver | None:
        """Return the waiver of a check, in the header or beside the line."""
        return next((each for each in self.waivers if each.check == check), None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Drop what was made."""
        self._stack.close()

    def _applied_to(self, template: Target) -> tuple[State, State] | StepFailed:
        """Return what a copy of a database is before and after the revision, or how that fails."""
        table = self.line.version_table.name
        with scratch_database(self.server, template=template) as target:
            with Session(target, "dbkit migrate prove") as session:
                before = State.of(session.connection, table)
            failed = take(target, (self.revision,), seconds_max=self.bounds.seconds_max)
            if failed is not None:
                return failed
            with Session(target, "dbkit migrate prove") as session:
                return before, State.of(session.connection, table)


def _concerned(revision: Revision, empty: Mapping[str, str]) -> Mapping[str, str]:
    words = set(_WORD.findall(revision.path.read_text(encoding="utf-8")))
    return {table: why for table, why in empty.items() if table in words}
