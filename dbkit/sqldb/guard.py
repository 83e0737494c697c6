"""What a pool knows about its server: whether it can be reached, and whether older connections are to be trusted."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable

from dbkit.types.errors import DbkitError, SetupError

__all__ = ["SLOW_PAUSE_SECONDS", "Guard", "again", "is_served_soon"]

QUICK_SECONDS = (2.0, 2.6)
"""For so long after a server was lost it is tried again in quick succession: a restart takes no longer.

How long exactly differs, so that processes that lost it together do not come back to it together. An outage is not
noticed the moment it begins: what is left of three seconds is for that.
"""

QUICK_PAUSE_SECONDS = 0.025
SLOW_PAUSE_SECONDS = 1.0
SETUP_PAUSE_SECONDS = 5.0
"""A refusal that only people can change: a password that is tried often locks an account somewhere."""

TOGETHER_SECONDS = 1.0
"""Two connections that end within this time of each other do so for one reason."""

ASKED_AGAIN_SECONDS = 10.0
"""How long the reason of a failure is believed: to learn it costs memory that is not given back."""

NO_MORE_CONNECTIONS = ("53300", "53400")
_NEVER = float("-inf")


class Guard:
    """Judges by what happened to connections and to attempts to connect; does no I/O. Times are of the steady clock.

    `error` is why no connection can be opened, None while that is not known to be so.
    """

    def __init__(self, jitter: Callable[[float, float], float] = random.uniform) -> None:
        self._jitter = jitter
        self.error: DbkitError | None = None
        self._slow_from = _NEVER
        self._asked_at = _NEVER
        self._died_at = _NEVER
        self._refused_at = _NEVER
        self._server_started_at = _NEVER

    @property
    def is_answered(self) -> bool:
        """Whether it is the server that refuses: then the connections that are open still serve."""
        error = self.error
        return isinstance(error, SetupError) or (error is not None and error.sqlstate in NO_MORE_CONNECTIONS)

    def died(self, now: float) -> bool:
        """Take note that a connection was ended by the other side; return whether the others are gone with it.

        One alone is somebody's doing (`pg_terminate_backend`); two at once, or one whose server takes no new
        ones, are the server's.
        """
        is_general = now - max(self._died_at, self._refused_at) < TOGETHER_SECONDS
        self._died_at = now
        self._asked_at = _NEVER
        return is_general

    def is_restarted(self, server_started_at: float) -> bool:
        """Take note of when a new connection's server was started; return whether older ones had an older server."""
        before, self._server_started_at = self._server_started_at, max(self._server_started_at, server_started_at)
        return _NEVER < before < server_started_at

    def lost(self, now: float) -> None:
        """Take note that a connection could not be opened; `failed` and `reached` tell of further attempts."""
        self._slow_from = now + self._jitter(*QUICK_SECONDS)
        self._asked_at = _NEVER

    def wants_reason(self, now: float) -> bool:
        """Return whether the next attempt is to find out why it fails, and expect that it does."""
        if now - self._asked_at < ASKED_AGAIN_SECONDS:
            return False
        self._asked_at = now
        return True

    def failed(self, error: DbkitError, now: float) -> bool:
        """Take note of a failed attempt; return whether open connections are gone with the server."""
        self.error = error
        if self.is_answered:
            return False
        is_general = now - self._died_at < TOGETHER_SECONDS
        self._refused_at = now
        return is_general

    def reached(self) -> None:
        """Take note that a connection could be opened again."""
        self.error = None

    def pause_seconds(self, now: float) -> float:
        """Return how long after its own beginning an attempt is followed by the next one."""
        if isinstance(self.error, SetupError):
            return self._jitter(0.9, 1.1) * SETUP_PAUSE_SECONDS
        if now < self._slow_from and not self.is_answered:
            return self._jitter(0.6, 1.4) * QUICK_PAUSE_SECONDS
        return self._jitter(0.98, 1.02) * SLOW_PAUSE_SECONDS


def again(error: DbkitError) -> DbkitError:
    """Return an error once more, for each caller that is told: a raised one takes on its caller's traceback."""
    told = copy.copy(error)
    told.__cause__ = error.__cause__
    return told


def is_served_soon(waiting: int, served: int, seconds: float, opening_seconds: float) -> bool:
    """Tell whether a queue is served by the connections there are before more could be open and of use.

    So many wait, and so many others were served in the last seconds. In a burst of short statements each
    connection more would only take the processor from those that are at work.
    """
    return waiting * seconds < 2 * opening_seconds * served
