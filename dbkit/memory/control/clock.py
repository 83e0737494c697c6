"""A clock that obeys: the time of a database in memory, and of the values that a block makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from dbkit.types.clock import told_by
from dbkit.types.errors import ValueInvalid

__all__ = ["ControlledClock"]

_Clock: TypeAlias = Callable[[], datetime]


class ControlledClock:
    """The clock of a database: that of the machine, or what it was given, until it is set; then it stands still.

    It gives the time of transactions that begin from then on: `created_at`, `updated_at`, `deleted_at`, and what
    operations compare with now.
    """

    def __init__(self, govern: Callable[[_Clock | None], None], clock: _Clock | None = None) -> None:
        self._govern = govern
        self._own = clock
        self._at: datetime | None = None

    @property
    def at(self) -> datetime | None:
        """The time at which it stands; None while it runs."""
        return self._at

    def now(self) -> datetime:
        """Return the time in UTC."""
        if self._at is not None:
            return self._at
        return datetime.now(UTC) if self._own is None else self._own().astimezone(UTC)

    def set(self, at: datetime) -> None:
        """Stand still at a time. Raises `ValueInvalid` for a naive one."""
        if at.tzinfo is None:
            raise ValueInvalid("a naive time has no place on this clock", advice="Give the time a zone: tzinfo=UTC.")
        self.go_back(at.astimezone(UTC))

    def advance(self, *, seconds: float = 0, by: timedelta | None = None) -> datetime:
        """Stand still so much later than now, and return that time. It may be earlier: a server's clock can be set."""
        self.go_back(self.now() + timedelta(seconds=seconds) + (by or timedelta()))
        return self.now()

    def release(self) -> None:
        """Run again, as the machine's clock does, or the one that the database was given."""
        self.go_back(None)

    @contextmanager
    def frozen(self, at: datetime | None = None) -> Iterator[ControlledClock]:
        """Stand still for a block, at a time or at now, and run on as before after it.

        Values that the block makes, and tasks started in it, take their times from this clock, too. It may be set and
        advanced meanwhile.
        """
        before = self._at
        self.set(self.now() if at is None else at)
        try:
            with told_by(self.now):
                yield self
        finally:
            self.go_back(before)

    def go_back(self, at: datetime | None) -> None:
        """Stand where it stood, or run."""
        self._at = at
        self._govern(self._own if at is None else self.now)
