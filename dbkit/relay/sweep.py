"""Where a relay looks next, and which keys have to wait: colourless, and forgotten with each sweep."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

__all__ = ["OrderingKey", "Sweep", "ordering_key"]

OrderingKey: TypeAlias = tuple[str, str]

_SHARE: Final = 10
"""A sweep takes no more than one part in so many of a relay's time."""


def ordering_key(row: Any) -> OrderingKey:
    """Return the topic and key within which messages go out in order."""
    return str(row.topic), row.key


class Sweep:
    """A walk over all that is pending, from the lowest number on, and short looks at its end between two walks.

    A number is no cursor: a message is sent because it is there, and what is committed late, with a low number, is
    found by the next walk. Short looks begin where the walk before the last one ended, so they find what is committed
    up to `seconds` after it was numbered. Nothing of it outlives the process.
    """

    def __init__(self, seconds: float, batch: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._batch = batch
        self._clock = clock
        self._top = self._next_floor = 0
        self.restart()

    def restart(self) -> None:
        """Begin a walk: who may send what has changed, or it is time."""
        self.after = self._floor = 0
        self._blocked: set[OrderingKey] = set()
        self._began_at = self._clock()
        self._next_at = float("inf")
        self.is_whole = False
        """Whether a walk has come to its end since the last restart."""

    def begin(self) -> None:
        """Begin a walk if it is time."""
        if self._clock() >= self._next_at:
            # A failover may go on with lower numbers.
            self._top = 0
            self.restart()

    def ready(self, rows: Sequence[Any], is_due: Callable[[Any], bool]) -> list[Any]:
        """Return those of the rows found next that may be sent: nothing of their keys waits before them."""
        found = []
        for row in rows:
            key = ordering_key(row)
            if key in self._blocked:
                continue
            if is_due(row):
                found.append(row)
            else:
                self._blocked.add(key)
        self._go_on(rows)
        return found

    def block(self, key: OrderingKey) -> None:
        """Leave a key alone until the next walk."""
        self._blocked.add(key)

    @property
    def goes_on(self) -> bool:
        """Whether there may be more to find at once."""
        return self._is_cut

    def _go_on(self, rows: Sequence[Any]) -> None:
        self._is_cut = len(rows) == self._batch
        if rows:
            self._top = max(self._top, rows[-1].id)
        if self._is_cut:
            self.after = rows[-1].id
            return
        if not self.is_whole:
            self.is_whole = True
            self._floor, self._next_floor = self._next_floor, self._top
            took = self._clock() - self._began_at
            self._next_at = self._clock() + max(self._seconds, _SHARE * took)
        self.after = self._floor
