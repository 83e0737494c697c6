"""A transaction's own changes, laid over a committed state."""

from __future__ import annotations

from dbkit.memory.base import RowChange
from dbkit.memory.indexes import State

__all__ = ["Overlay"]


class Overlay:
    """The state that a transaction sees or makes: its changes over a committed state, which may go on meanwhile.

    What was laid over a state once is kept; where that goes on, only the tables are done again that others changed.
    `changes` is the transaction's list, which grows here and there shrinks by a rollback (`cut`).
    """

    __slots__ = ("_base", "_changes", "_count", "_state")

    def __init__(self, changes: list[RowChange]) -> None:
        self._changes = changes
        self._base: State | None = None
        self._count = 0
        self._state: State = ()

    def over(self, base: State) -> State:
        """Return the state with the changes."""
        if not self._changes:
            return base
        if self._base is base and self._count == len(self._changes):
            return self._state
        return self._laid(base)

    def keep(self, base: State, state: State) -> None:
        """Take over what a statement has made of all changes over a state."""
        self._base, self._count, self._state = base, len(self._changes), state

    def cut(self) -> None:
        """Take note that changes were undone."""
        self._base = None

    def _laid(self, base: State) -> State:
        tables = list(base)
        done: set[int] = set()
        if self._base is not None:
            # Whatever nobody else has changed since is as it was made.
            done = {change.place for change in self._changes if base[change.place] is self._base[change.place]}
            for place in done:
                tables[place] = self._state[place]
        for number, (place, removed, added, is_second) in enumerate(self._changes):
            if number >= self._count or place not in done:
                base[place].is_shared = True
                tables[place] = tables[place].changed(removed, added, is_second=is_second)
        self.keep(base, tuple(tables))
        return self._state
