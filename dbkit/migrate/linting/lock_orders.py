"""Who locks which tables in which order: the application, as it says, and revisions, as their traces say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from dbkit.migrate.line import Line, Revision
from dbkit.migrate.linting.accepting import ACCEPTED_FILE, lock_order
from dbkit.migrate.linting.steps import Orders
from dbkit.migrate.table_locks import STRONG
from dbkit.migrate.trace.file import Trace
from dbkit.migrate.trace.model import RevisionTrace, Statement

__all__ = ["LockOrders"]


@dataclass
class LockOrders:
    """The orders that are known before a revision of a line: it is asked for revisions as they stand there."""

    line: Line
    _found: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    _next: int = 0

    def __post_init__(self) -> None:
        self._trace = Trace.read(self.line.folder)
        declared = lock_order(self.line)
        self._found |= dict.fromkeys(combinations(declared, 2), f"lock_order of {ACCEPTED_FILE}")

    def before(self, revision: Revision) -> Orders:
        """Return who locks one table and then another: what is declared, else the first revision of those before."""
        place = self.line.position[revision.id]
        for each in self.line.revisions[self._next : place]:
            trace = self._trace.of(each)
            for pair in () if trace is None else _pairs(each, trace):
                self._found.setdefault(pair, str(each))
        self._next = max(self._next, place)
        return dict(self._found)


def _pairs(revision: Revision, trace: RevisionTrace) -> Iterator[tuple[str, str]]:
    """Return the tables that a revision locks, each with one that it locks while it holds the first."""
    for group in _transactions(trace.statements, transactional=revision.header.transactional):
        held: list[str] = []
        for statement in group:
            # An index or a view has a word before its name, or behind it.
            names = [name for name, lock in statement.locks.items() if lock in STRONG and " " not in name]
            new = [name for name in names if name not in held]
            yield from ((first, second) for first in held for second in new)
            held += new


def _transactions(statements: Sequence[Statement], *, transactional: bool) -> Iterator[list[Statement]]:
    if transactional:
        yield list(statements)
        return
    numbers = dict.fromkeys(each.transaction for each in statements if each.transaction is not None)
    yield from ([each for each in statements if each.transaction == number] for number in numbers)
