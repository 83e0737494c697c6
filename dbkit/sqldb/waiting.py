"""How a connection waits for its socket: the one difference between the colours below the pool.

The driver's async waiting adds the socket to the event loop and removes it again for each answer,
and sets a timer beside it. Here the socket stays with the loop, and the loop's callback reads the
answer itself: one call costs one wake-up of the task. What the driver promises stays: a cancelled
task leaves its connection idle or closed, never half-way.

Both colours wait until the deadline at the longest. Then the statement is cancelled, and its answer,
whichever it is, is still taken for a moment; a connection on which none comes is closed.
"""

from __future__ import annotations

import asyncio
import time
import weakref
from collections.abc import Generator
from contextlib import suppress
from typing import Any, TypeVar, cast

import psycopg
from psycopg import waiting
from psycopg.abc import PQGen
from psycopg.errors import _WaitTimeout
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.rows import TupleRow
from psycopg.waiting import Ready, Wait

from dbkit.sqldb import bounds
from dbkit.sqldb.bounds import CANCEL_AGAIN_SECONDS, Bounded, NoAnswerInTime
from dbkit.sqldb.limits import drained
from dbkit.sqldb.loop_socket import LoopSocket

__all__ = ["AsyncWaitingConnection", "WaitingConnection"]

Result = TypeVar("Result")

_INTERVAL_SECONDS = 0.1
"""How often the driver's waiting looks up, so that Ctrl-C gets through."""

_ACTIVE = TransactionStatus.ACTIVE


class WaitingConnection(Bounded, psycopg.Connection[TupleRow]):
    """A connection that waits as the driver does, in compiled code, open to Ctrl-C, but never past the deadline."""

    def wait(self, gen: PQGen[Result], interval: float = _INTERVAL_SECONDS, timeout: float | None = None) -> Result:
        """Drive a protocol generator to its end, as the driver's `wait` does."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        until, grace = self._bounds()
        if until is None:
            return super().wait(gen, interval)
        try:
            return super().wait(gen, interval, until - time.monotonic())
        except _WaitTimeout:
            pass
        if not _is_active(self):
            # Nothing is under way: it waits for notifications, which come when they come.
            return super().wait(gen, interval)
        return self._stop(gen, grace)

    def _stop(self, gen: PQGen[Result], seconds: float) -> Result:
        """Cancel what the server is doing and return its answer after all; without one close the connection."""
        self.is_stopping = True
        until = time.monotonic() + seconds
        try:
            while (left := until - time.monotonic()) > 0:
                with suppress(psycopg.Error, OSError):
                    self.cancel_safe(timeout=left)
                with suppress(_WaitTimeout):
                    return waiting.wait(gen, self.pgconn.socket, _INTERVAL_SECONDS, _moment(until))
        except BaseException as error:
            if not isinstance(error, psycopg.Error):
                self.pgconn.finish()
            raise
        finally:
            self.is_stopping = False
            self._interrupted(until)
        self.pgconn.finish()
        raise _no_answer()


class AsyncWaitingConnection(Bounded, psycopg.AsyncConnection[TupleRow]):
    """A connection whose socket stays registered with the event loop."""

    _socket: LoopSocket | None = None
    _release: weakref.finalize[[], AsyncWaitingConnection] | None = None

    async def wait(
        self,
        gen: PQGen[Result],
        interval: float = _INTERVAL_SECONDS,
        timeout: float | None = None,  # noqa: ASYNC109 - the driver's signature
    ) -> Result:
        """Drive a protocol generator to its end, as the driver's `wait` does."""
        if timeout is not None:
            return await super().wait(gen, interval, timeout)
        until, grace = self._bounds()
        try:
            wanted = next(gen)
        except StopIteration as done:
            return cast("Result", done.value)
        if until is not None and not _is_active(self):
            # Nothing is under way: it waits for notifications, which come when they come.
            until = None
        try:
            if wanted == Wait.R:
                finished, value = await self._loop_socket().drive(gen, until)
                if finished:
                    return cast("Result", value)
                wanted = cast("Wait", value)
            # A statement too large for the socket's buffer, or a COPY: the driver's way handles writing too.
            left = None if until is None else max(0.0, until - time.monotonic())
            return await waiting.wait_async(_resumed(gen, wanted), self.pgconn.socket, interval, left)
        except _WaitTimeout:
            pass
        except (asyncio.CancelledError, KeyboardInterrupt, SystemExit):
            await self._abandon(gen)
            raise
        return await self._stop(gen, grace)

    async def close(self) -> None:
        """Close the connection, unless a pool takes it back."""
        await super().close()
        if self.closed:
            self._release_socket()

    async def _stop(self, gen: PQGen[Result], seconds: float) -> Result:
        """Cancel what the server is doing and return its answer after all; without one close the connection."""
        self.is_stopping = True
        until = time.monotonic() + seconds
        try:
            while (left := until - time.monotonic()) > 0:
                with suppress(psycopg.Error, OSError):
                    await self.cancel_safe(timeout=left)
                with suppress(_WaitTimeout):
                    return await waiting.wait_async(gen, self.pgconn.socket, _INTERVAL_SECONDS, _moment(until))
        except BaseException as error:
            if not isinstance(error, psycopg.Error):
                self._finish()
            raise
        finally:
            self.is_stopping = False
            self._interrupted(until)
        self._finish()
        raise _no_answer()

    async def _abandon(self, gen: PQGen[Any]) -> None:
        """Cancel what the server is doing and read its answer; close the connection if that fails."""
        # It is not driven on: what it was preparing, it would execute next.
        gen.close()
        until = time.monotonic() + bounds.ANSWER_SECONDS
        try:
            while _is_active(self) and (left := until - time.monotonic()) > 0:
                await self.cancel_safe(timeout=left)
                if await self._is_in_copy(until):
                    break
            if _is_active(self):
                self._finish()
            self._interrupted(until)
        except Exception:  # noqa: BLE001 - in no known state, whatever the reason
            self._finish()
        except BaseException:
            self._finish()
            raise

    async def _is_in_copy(self, until: float) -> bool:
        """Read the answer to a cancel; tell whether the server is in a COPY, to which there is none before its end."""
        answer = drained(self.pgconn)
        with suppress(_WaitTimeout):
            results = await waiting.wait_async(answer, self.pgconn.socket, _INTERVAL_SECONDS, _moment(until))
            return bool(results) and results[-1].status == ExecStatus.COPY_IN
        return False

    def _loop_socket(self) -> LoopSocket:
        loop = asyncio.get_running_loop()
        if self._socket is None or self._socket.loop is not loop:
            self._release_socket()
            self._socket = LoopSocket(loop, self.pgconn.socket)
            # The loop keeps the socket alive, not the connection: one that is dropped unclosed lets go of it too.
            self._release = weakref.finalize(self, self._socket.close)
            self._release.atexit = False
        return self._socket

    def _finish(self) -> None:
        """Close the connection at once; its socket closes with its duplicate."""
        self.pgconn.finish()
        self._release_socket()

    def _release_socket(self) -> None:
        if self._release is not None:
            self._release()
        self._socket = self._release = None


def _is_active(connection: psycopg.BaseConnection[Any]) -> bool:
    return connection.pgconn.transaction_status == _ACTIVE


def _moment(until: float) -> float:
    """Return how long to wait for the answer to one cancel."""
    return min(CANCEL_AGAIN_SECONDS, max(0.0, until - time.monotonic()))


def _no_answer() -> NoAnswerInTime:
    return NoAnswerInTime("the server answered neither in time nor to a cancel")


def _resumed(gen: PQGen[Result], wanted: Wait) -> Generator[Wait, Ready | int, Result]:
    """Continue a generator that has said already what it wants next."""
    try:
        while True:
            ready = yield wanted
            wanted = gen.send(ready)
    except StopIteration as done:
        return cast("Result", done.value)
