"""Rows that have come along the line: a contract finds what the revisions before it have made of older ones."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Final, Self

from dbkit.migrate.header import Phase
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.proving.filling import filled
from dbkit.migrate.scratch import scratch_database
from dbkit.migrate.scratch_steps import take
from dbkit.migrate.session import Target

__all__ = ["Aging"]

_REVISIONS: Final = 8
"""How many revisions before a contract its rows are made: before those that it ends."""


class Aging:
    """Databases that were filled some revisions before a contract, each for one, and go along the line since.

    Rows that are made right before a contract would lack what its data revision has made of those that were there.
    """

    def __init__(self, server: Target, line: Line, wanted: Sequence[Revision], seconds_max: float) -> None:
        self._server = server
        self._line = line
        self._seconds_max = seconds_max
        contracts = [each for each in wanted if each.header.phase is Phase.CONTRACT]
        self._start_of = {each: max(line.position[each.id] - _REVISIONS, 0) for each in contracts}
        self._starts = sorted(set(self._start_of.values()))
        self._under_way: dict[Revision, tuple[Target, ExitStack]] = {}

    def stretch(self, revision: Revision) -> int:
        """Return the number of the stretch of the line that a revision is in: databases begin at its first one."""
        return bisect_right(self._starts, self._line.position[revision.id])

    def begin(self, revision: Revision, base: Target) -> None:
        """Begin those that begin before a revision, as copies of a database that is there."""
        place = self._line.position[revision.id]
        for contract, start in self._start_of.items():
            if start == place and contract not in self._under_way:
                stack = ExitStack()
                target = stack.enter_context(scratch_database(self._server, template=base))
                self._under_way[contract] = target, stack
                filled(target, self._line)

    def past(self, revisions: Sequence[Revision]) -> None:
        """Go past revisions; one that refuses the rows ends their way."""
        for contract, (target, _) in list(self._under_way.items()):
            if take(target, revisions, seconds_max=self._seconds_max) is not None:
                self._end(contract)

    @contextmanager
    def arrived(self, revision: Revision) -> Iterator[Target | None]:
        """Give the database that was made for a revision, for a block; None where there is none."""
        target, stack = self._under_way.pop(revision, (None, ExitStack()))
        with stack:
            yield target

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Drop what is under way."""
        for contract in list(self._under_way):
            self._end(contract)

    def _end(self, contract: Revision) -> None:
        _, stack = self._under_way.pop(contract)
        stack.close()
