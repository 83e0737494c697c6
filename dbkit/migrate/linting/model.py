"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from dbkit.migrate.linting.steps import Run, Step

__all__ = ["Decide", "Example", "Finding", "Place", "Rule", "by_step"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A revision that shows a rule: its statements, on a schema; one that starts with `>` is a line of Python.

    `downgrade` is what its header says of it, `undo` are the statements that it takes itself back with; `also`
    names rules that find something in it as well. `seconds_max` is what its header allows, and `lock_order` the
    application's order.
    """

    sql: tuple[str, ...]
    schema: str = ""
    phase: str = "EXPAND"
    transactional: bool = True
    downgrade: str = 'Impossible("for the example")'
    undo: tuple[str, ...] = ('> refuse_downgrade("for the example")',)
    imports: str = ""
    rows: Mapping[str, int] = field(default_factory=dict[str, int])
    models: Mapping[str, frozenset[str]] | None = None
    is_edited: bool = False
    overtaken_by: str = ""
    lock_order: tuple[str, ...] = ()
    seconds_max: float | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule finds something, and what: a statement, or a line of the file, or the revision as a whole."""

    what: str
    step: Step | None = None
    line: int | None = None


Decide: TypeAlias = Callable[[Run], Iterator[Place]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: what it catches, what that does, how to get there otherwise, and who decides.

    `recipes` has the safe way of newer servers by their version: the oldest server of a fleet says which counts.
    """

    id: str
    name: str
    catches: str
    effect: str
    safe: str
    bad: Example
    good: Example
    decide: Decide
    recipes: Mapping[int, str] = field(default_factory=dict[int, str])

    def safe_way(self, server_version: int) -> str:
        """Return the safe way that the oldest server of a fleet knows."""
        known = [version for version in self.recipes if version <= server_version]
        return self.recipes[max(known)] if known else self.safe


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found in a revision; `line` is that of its file, None where none tells."""

    rule: Rule
    revision: str
    path: str
    line: int | None
    what: str
    statement: str
    safe: str


def by_step(decide: Callable[[Step], Iterator[str]]) -> Decide:
    """Make a rule of what is decided for each statement alone."""

    def each(run: Run) -> Iterator[Place]:
        for step in run.steps:
            for what in decide(step):
                yield Place(what, step)

    return each
