"""A connection's socket as the event loop sees it."""

from __future__ import annotations

import asyncio
import math
import os
import time
from typing import Any

from psycopg.abc import PQGen
from psycopg.errors import _WaitTimeout
from psycopg.waiting import Ready, Wait

__all__ = ["LoopSocket"]


class LoopSocket:
    """A duplicate of a connection's socket, registered with one event loop until it is closed.

    The duplicate has a number that nobody else closes, so the loop never holds a stale one, and the
    driver may register the original as it likes.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, socket: int) -> None:
        self.loop = loop
        self._socket = os.dup(socket)
        self._process = os.getpid()
        self._registered = False
        self._generator: PQGen[Any] | None = None
        self._outcome: asyncio.Future[tuple[bool, object]] | None = None
        self._until = math.inf
        self._alarm: asyncio.TimerHandle | None = None
        self._alarm_at = math.inf

    async def drive(self, gen: PQGen[Any], until: float | None) -> tuple[bool, object]:
        """Advance a generator each time there is something to read.

        Returns True and its result, or False and what it wants when that is not reading. Raises the
        driver's `_WaitTimeout` at `until`, a time of the steady clock; the generator can be driven on.
        """
        if not self._registered:
            self.loop.add_reader(self._socket, self._readable)
            self._registered = True
        self._generator = gen
        outcome: asyncio.Future[tuple[bool, object]] = self.loop.create_future()
        self._outcome = outcome
        if until is not None:
            self._until = until
            # One alarm serves many calls: it is set again only where it would ring too late.
            if until < self._alarm_at:
                self._set_alarm(until)
        try:
            return await outcome
        finally:
            self._generator = None
            self._until = math.inf

    def close(self) -> None:
        """Leave the loop and close the duplicate."""
        # A forked child shares the loop's kernel object with its parent, and must not change it.
        if os.getpid() == self._process and not self.loop.is_closed():
            if self._registered:
                self.loop.remove_reader(self._socket)
            if self._alarm is not None:
                self._alarm.cancel()
        os.close(self._socket)

    def _readable(self) -> None:
        gen, outcome = self._generator, self._outcome
        if gen is None or outcome is None or outcome.done():
            # Nobody waits: the server hung up or sent a notice. Left registered, it would wake the loop for ever.
            self.loop.remove_reader(self._socket)
            self._registered = False
            return
        try:
            wanted = gen.send(Ready.R)
        except StopIteration as done:
            outcome.set_result((True, done.value))
        except Exception as error:  # noqa: BLE001 - it belongs to the task that waits
            outcome.set_exception(error)
        else:
            if wanted != Wait.R:
                outcome.set_result((False, wanted))

    def _set_alarm(self, at: float) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm_at = at
        self._alarm = self.loop.call_later(max(0.0, at - time.monotonic()), self._ring)

    def _ring(self) -> None:
        self._alarm, self._alarm_at = None, math.inf
        if self._until == math.inf:
            return
        # Loops may ring a little early, by the grain of their clock.
        if time.monotonic() < self._until - 0.001:
            self._set_alarm(self._until)
        elif self._outcome is not None and not self._outcome.done():
            self._outcome.set_exception(_WaitTimeout())
