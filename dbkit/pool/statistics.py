"""What a pool did: counted where it happens, read as values."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Hashable, Mapping, Sized
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from dbkit.pool.histogram import Durations, Histogram

__all__ = ["CloseReason", "PoolRecorder", "PoolStatistics", "RefusalReason"]

_FOLDED_AT = 256
"""So many times are noted before they are counted: the cost of counting is shared, and memory stays bounded."""

ReasonT = TypeVar("ReasonT", bound=Hashable)


class CloseReason(StrEnum):
    """Why the pool closed a connection.

    `LIFETIME` and `IDLE` are the profile's limits; `BROKEN` was found dead; `DRAINED` was closed because others were
    found dead, or to let a failover be seen; `SHUT_DOWN` with the pool.
    """

    LIFETIME = "lifetime"
    IDLE = "idle"
    BROKEN = "broken"
    DRAINED = "drained"
    SHUT_DOWN = "shut_down"


class RefusalReason(StrEnum):
    """Why a caller got no connection.

    `QUEUE_FULL`: as many waited as may. `TIMED_OUT`: the pool's own limit passed. `DEADLINE`: the caller's passed.
    `UNAVAILABLE`: the server is known to be down. `CLOSED`: the pool is.
    """

    QUEUE_FULL = "queue_full"
    TIMED_OUT = "timed_out"
    UNAVAILABLE = "unavailable"
    DEADLINE = "deadline"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PoolStatistics:
    """A pool at one moment, and what it did since it was opened.

    `wait` is how long callers waited for a connection that they got, `hold` how long they kept it, `server` how long
    of that the server was being waited for; the rest of `hold` is the application's own. `opening` is how long new
    connections took. `open_failures` counts attempts by the error's `code`.
    """

    size: int
    idle: int
    in_use: int
    waiting: int
    size_min: int
    size_max: int
    waiting_max: int
    is_up: bool
    outages: int = 0
    open_failures: Mapping[str, int] = field(default_factory=dict)
    closed: Mapping[CloseReason, int] = field(default_factory=lambda: dict.fromkeys(CloseReason, 0))
    refused: Mapping[RefusalReason, int] = field(default_factory=lambda: dict.fromkeys(RefusalReason, 0))
    wait: Histogram = field(default_factory=Histogram)
    hold: Histogram = field(default_factory=Histogram)
    server: Histogram = field(default_factory=Histogram)
    opening: Histogram = field(default_factory=Histogram)

    @property
    def opened(self) -> int:
        """How many connections were opened."""
        return self.opening.count


class _Reasons(Generic[ReasonT]):
    """Counts by reason, noted by any number of threads as `Durations` are."""

    __slots__ = ("_counts", "_noted", "note")

    def __init__(self, known: tuple[ReasonT, ...] = ()) -> None:
        self._noted: list[ReasonT] = []
        self.note = self._noted.append
        self._counts = Counter(dict.fromkeys(known, 0))

    def __len__(self) -> int:
        return len(self._noted)

    def fold(self) -> dict[ReasonT, int]:
        number = len(self._noted)
        noted = self._noted[:number]
        del self._noted[:number]
        self._counts.update(noted)
        return dict(self._counts)


class PoolRecorder:
    """Takes down what a pool does, from any thread and from signal handlers, without a lock and without a loss.

    Each call appends to a list; what is there is counted by whoever comes once it is long enough, and by `snapshot`.
    """

    def __init__(self) -> None:
        self.is_up = True
        self._folding = threading.Lock()
        self._wait, self._hold, self._server, self._opening = Durations(), Durations(), Durations(), Durations()
        # Kept at hand: these three are called for each statement.
        self._note_wait, self._note_hold, self._note_server = self._wait.note, self._hold.note, self._server.note
        self._holds = self._hold.noted
        self._closed = _Reasons(tuple(CloseReason))
        self._refused = _Reasons(tuple(RefusalReason))
        # Known from the start: a rate over a series that begins with its first failure does not see that one.
        self._open_failures = _Reasons(("unavailable", "authentication_failed"))
        self._outages = _Reasons[None]((None,))

    def taken(self, wait_seconds: float) -> None:
        """Take down that a caller got a connection, after so long."""
        self._note_wait(wait_seconds)

    def given_back(self, hold_seconds: float, server_seconds: float) -> None:
        """Take down that a caller gave one back: kept so long, and for so long of that waited for the server."""
        self._note_server(server_seconds)
        self._note_hold(hold_seconds)
        if len(self._holds) >= _FOLDED_AT:
            self._fold_unless_others_do()

    def opened(self, seconds: float) -> None:
        """Take down that a connection was opened, which took so long."""
        self._opening.note(seconds)
        self._keep_short(self._opening)

    def open_failed(self, reason: str) -> None:
        """Take down that none could be opened; the reason is the `code` of the error."""
        self._open_failures.note(reason)
        self._keep_short(self._open_failures)

    def closed(self, reason: CloseReason) -> None:
        """Take down that a connection was closed."""
        self._closed.note(reason)
        self._keep_short(self._closed)

    def refused(self, reason: RefusalReason) -> None:
        """Take down that a caller got no connection."""
        self._refused.note(reason)
        self._keep_short(self._refused)

    def state_changed(self, *, is_up: bool) -> None:
        """Take down that the server was found to be down, or up again; called once for each change."""
        self.is_up = is_up
        if not is_up:
            self._outages.note(None)

    def snapshot(
        self, *, size: int, idle: int, in_use: int, waiting: int, size_min: int, size_max: int, waiting_max: int
    ) -> PoolStatistics:
        """Return everything that was taken down until now, with what the pool says of its present state.

        Not for signal handlers: it waits for whoever is counting.
        """
        with self._folding:
            return PoolStatistics(
                size=size,
                idle=idle,
                in_use=in_use,
                waiting=waiting,
                size_min=size_min,
                size_max=size_max,
                waiting_max=waiting_max,
                is_up=self.is_up,
                outages=self._outages.fold()[None],
                open_failures=self._open_failures.fold(),
                closed=self._closed.fold(),
                refused=self._refused.fold(),
                wait=self._wait.fold(),
                hold=self._hold.fold(),
                server=self._server.fold(),
                opening=self._opening.fold(),
            )

    def _keep_short(self, noted: Sized) -> None:
        if len(noted) >= _FOLDED_AT:
            self._fold_unless_others_do()

    def _fold_unless_others_do(self) -> None:
        """Count what was noted; where another thread does, or the code that a signal handler interrupted, go on."""
        if self._folding.acquire(blocking=False):
            try:
                for each in (self._wait, self._hold, self._server, self._opening):
                    each.fold()
                for reasons in (self._closed, self._refused, self._open_failures, self._outages):
                    reasons.fold()
            finally:
                self._folding.release()
