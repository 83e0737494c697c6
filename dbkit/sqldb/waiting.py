"""How a connection waits for its socket: the one difference between the colours below the pool.

The driver's async waiting adds the socket to the event loop and removes it again for each answer,
and sets a timer beside it. Here the socket stays with the loop, and the loop's callback reads the
answer itself: one call costs one wake-up of the task. What the driver promises stays: a cancelled
task leaves its connection idle or closed, never half-way.
"""

from __future__ import annotations

import asyncio
import os
import weakref
from collections.abc import Generator
from contextlib import suppress
from typing import Any, TypeVar, cast

import psycopg
from psycopg import generators
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow
from psycopg.waiting import Ready, Wait

__all__ = ["AsyncWaitingConnection", "WaitingConnection"]

Result = TypeVar("Result")

CANCEL_TIMEOUT_S = 5.0
"""How long it may take to reach the server with a cancel."""

CANCEL_ANSWER_S = 0.2
CANCEL_TRIES = 25
"""How often a statement is cancelled, and its end waited for, before the connection is closed."""


class WaitingConnection(psycopg.Connection[TupleRow]):
    """A connection that waits as the driver does: in compiled code, open to Ctrl-C."""


class AsyncWaitingConnection(psycopg.AsyncConnection[TupleRow]):
    """A connection whose socket stays registered with the event loop."""

    _socket: LoopSocket | None = None
    _release: weakref.finalize[[], AsyncWaitingConnection] | None = None

    async def wait(
        self,
        gen: PQGen[Result],
        interval: float = 0.1,
        timeout: float | None = None,  # noqa: ASYNC109 - the driver's signature
    ) -> Result:
        """Drive a protocol generator to its end, as the driver's `wait` does."""
        if timeout is not None:
            return await super().wait(gen, interval, timeout)
        try:
            wanted = next(gen)
        except StopIteration as done:
            return cast("Result", done.value)
        try:
            if wanted == Wait.R:
                finished, value = await self._loop_socket().drive(gen)
                if finished:
                    return cast("Result", value)
                wanted = cast("Wait", value)
        except (asyncio.CancelledError, KeyboardInterrupt, SystemExit):
            await self._abandon(gen)
            raise
        # A statement too large for the socket's buffer, or a COPY: the driver's way handles writing too.
        return await super().wait(_resumed(gen, wanted), interval)

    async def close(self) -> None:
        """Close the connection, unless a pool takes it back."""
        await super().close()
        if self.closed:
            self._release_socket()

    def _loop_socket(self) -> LoopSocket:
        loop = asyncio.get_running_loop()
        if self._socket is None or self._socket.loop is not loop:
            self._release_socket()
            self._socket = LoopSocket(loop, self.pgconn.socket)
            # The loop keeps the socket alive, not the connection: one that is dropped unclosed lets go of it too.
            self._release = weakref.finalize(self, self._socket.close)
            self._release.atexit = False
        return self._socket

    def _release_socket(self) -> None:
        if self._release is not None:
            self._release()
        self._socket = self._release = None

    async def _abandon(self, gen: PQGen[Any]) -> None:
        """Cancel what the server is doing and read its answer; close the connection if that fails."""
        # It is not driven on: what it was preparing, it would execute next.
        gen.close()
        try:
            for _ in range(CANCEL_TRIES):
                if self.pgconn.transaction_status != TransactionStatus.ACTIVE:
                    return
                # More than once: the server ignores a cancel that overtakes the statement.
                await self.cancel_safe(timeout=CANCEL_TIMEOUT_S)
                with suppress(psycopg.Error):
                    await super().wait(generators.execute(self.pgconn), timeout=CANCEL_ANSWER_S)
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()
        except Exception:  # noqa: BLE001 - in no known state, whatever the reason
            self.pgconn.finish()
        except BaseException:
            self.pgconn.finish()
            raise


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

    async def drive(self, gen: PQGen[Any]) -> tuple[bool, object]:
        """Advance a generator each time there is something to read.

        Returns True and its result, or False and what it wants when that is not reading.
        """
        if not self._registered:
            self.loop.add_reader(self._socket, self._readable)
            self._registered = True
        self._generator = gen
        self._outcome = self.loop.create_future()
        try:
            return await self._outcome
        finally:
            self._generator = None

    def close(self) -> None:
        """Leave the loop and close the duplicate."""
        # A forked child shares the loop's kernel object with its parent, and must not change it.
        if self._registered and os.getpid() == self._process and not self.loop.is_closed():
            self.loop.remove_reader(self._socket)
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


def _resumed(gen: PQGen[Result], wanted: Wait) -> Generator[Wait, Ready | int, Result]:
    """Continue a generator that has said already what it wants next."""
    try:
        while True:
            ready = yield wanted
            wanted = gen.send(ready)
    except StopIteration as done:
        return cast("Result", done.value)
