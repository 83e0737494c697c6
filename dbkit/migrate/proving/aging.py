"""Rows that have come along the line: a contract finds what the revisions before it have made of older ones."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Final, Self

from dbkit.migrate.header import Phase
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.proving.filling import filled
from dbkit.migrate.proving.told import Told
from dbkit.migrate.scratch import scratch_database
from dbkit.migrate.scratch_steps import take
from dbkit.migrate.session import Target

__all__ = ["Aging", "Older"]

_REVISIONS: Final = 8
"""How many revisions before a contract its rows are made: before those that it ends."""


@dataclass(frozen=True, slots=True)
class Older:
    """A database some revisions before another, without rows made for it, and the revisions on the way there.

    It is told that rows were made there, or that is a guess.
    """

    target: Target
    way: tuple[Revision, ...]
    is_told: bool


class Aging:
    """Databases that were filled some revisions before a contract, each for one, and go along the line since.

    Rows that are made right before a contract would lack what its data revision has made of those that were there.
    Where it is told before which revision those of another were made, that has such a database too.
    """

    def __init__(
        self,
        server: Target,
        line: Line,
        wanted: Sequence[Revision],
        seconds_max: float,
        told: Mapping[str, Told],
    ) -> None:
        self._server = server
        self._line = line
        self._seconds_max = seconds_max
        self._start_of = {each: max(line.position[each.id] - _REVISIONS, 0) for each in wanted if _is_contract(each)}
        self._told = told
        for each in wanted:
            if made_before := self._told_of(each).made_before:
                self._start_of[each] = line.position[made_before.id]
        self._older: dict[Revision, tuple[Target, ExitStack]] = {}
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
                filled(target, self._line, rules=self._told_of(contract).rules)
                older = ExitStack()
                self._older[contract] = older.enter_context(scratch_database(self._server, template=base)), older

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

    @contextmanager
    def older(self, revision: Revision) -> Iterator[Older | None]:
        """Give the state that a revision's database was filled at, for a block; None where it has none."""
        target, stack = self._older.pop(revision, (None, ExitStack()))
        with stack:
            way = self._line.revisions[self._start_of.get(revision, 0) : self._line.position[revision.id]]
            yield (
                None if target is None else Older(target, way, is_told=self._told_of(revision).made_before is not None)
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Drop what is under way."""
        for contract in list(self._under_way):
            self._end(contract)
        for older in self._older.values():
            older[1].close()

    def _told_of(self, revision: Revision) -> Told:
        return self._told.get(revision.id, Told())

    def _end(self, contract: Revision) -> None:
        _, stack = self._under_way.pop(contract)
        stack.close()


def _is_contract(revision: Revision) -> bool:
    return revision.header.phase is Phase.CONTRACT
