"""A revision that is to be proved, and the databases to do it on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

from dbkit.migrate.line import Line, Revision
from dbkit.migrate.proving.filling import filled
from dbkit.migrate.proving.refusal import CouldNotRun
from dbkit.migrate.proving.waiving import Waiver
from dbkit.migrate.scratch import scratch_database
from dbkit.migrate.scratch_steps import StepFailed, take
from dbkit.migrate.session import Target

__all__ = ["Bounds", "Command", "Fill", "Filled", "Subject"]

Command = Callable[[Sequence[str]], Any]
"""The command line, given its arguments (`migrate`, `apply`, ...); a function of a module, for processes run it."""


class Fill(StrEnum):
    """How rows are made: every other one without what may be empty, each with all values, or none at all."""

    MIXED = "mixed"
    FULL = "full"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much is proved with, and how long it may take.

    `rows` is how many each table gets where time counts, a statement may take `seconds_max`, and a revision twice
    as long.
    """

    rows: int = 20_000
    seconds_max: float = 30.0


@dataclass(frozen=True, slots=True)
class Filled:
    """A database with rows: how they were made, why tables have none, by name, and why there are none at all."""

    target: Target
    fill: Fill
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

    `before` has the rows that revisions of the line made, and nobody is connected to it; `filled` has rows in
    every table, made when it is first asked for. Both are there to be copied. `command` is given where a
    process of its own is to run the command line. What it made goes with its block.
    """

    revision: Revision
    line: Line
    server: Target
    before: Target
    bounds: Bounds = field(default_factory=Bounds)
    waivers: tuple[Waiver, ...] = ()
    command: Command | None = None
    _stack: ExitStack = field(default_factory=ExitStack, init=False, repr=False)

    @cached_property
    def filled(self) -> Filled:
        """The database before the revision, with such rows as the revision can be applied to.

        Where it refuses those that are made first, as one does that sets NOT NULL, each row has all values; where
        it refuses these as well there are none, and `notes` say so. Raises `CouldNotRun` where it fails for
        another reason than its rows.
        """
        refused: StepFailed | None = None
        for fill in (Fill.MIXED, Fill.FULL):
            target = self._stack.enter_context(scratch_database(self.server, template=self.before))
            empty = filled(target, self.line, everywhere=fill is Fill.FULL)
            refused = self._refused(target)
            if refused is None:
                return Filled(target, fill, empty)
            if not refused.is_about_rows:
                raise CouldNotRun(f"with rows in the tables, {refused.words}")
        assert refused is not None
        return Filled(self.before, Fill.NONE, refused=refused.words)

    @contextmanager
    def copy(self, *, with_rows: bool = True) -> Iterator[Target]:
        """Give a copy of the database before the revision, for a block."""
        template = self.filled.target if with_rows else self.before
        with scratch_database(self.server, template=template) as target:
            yield target

    def waiver_of(self, check: str) -> Waiver | None:
        """Return the waiver of a check, in the header or beside the line."""
        return next((each for each in self.waivers if each.check == check), None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Drop what was made."""
        self._stack.close()

    def _refused(self, template: Target) -> StepFailed | None:
        """Return why the revision cannot be applied to a database; None where it can."""
        with scratch_database(self.server, template=template) as target:
            return take(target, (self.revision,), seconds_max=self.bounds.seconds_max)
