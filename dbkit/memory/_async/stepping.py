"""Sessions step by step: each runs by itself, and stops at the points to which a test sends it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any, Generic, TypeVar, cast

from dbkit.memory.control.errors import PointNotReached, SessionsUnfinished
from dbkit.memory.control.points import RELEASED, Points
from dbkit.memory.control.signals import AsyncRunner, AsyncSignal
from dbkit.types.errors import ValueInvalid
from dbkit.verbs.transaction import Isolation

__all__ = ["AsyncStepSession", "AsyncSteps", "async_current_session"]

ResultT = TypeVar("ResultT")


class _Abandoned(BaseException):
    """Ends a session whose test is over; no handler of errors is to keep it."""


class AsyncStepSession(Generic[ResultT]):
    """Code that runs beside the test and stops at points. Nothing of it runs before it is sent somewhere."""

    def __init__(self, name: str, work: Callable[[], Awaitable[ResultT]], points: Points, limit_seconds: float) -> None:
        self.name = name
        self._work = work
        self._points = points
        self._limit_seconds = limit_seconds
        self._may_go, self._stopped = AsyncSignal(), AsyncSignal()
        self._runner: AsyncRunner | None = None
        self._at: str | None = None
        self._wanted: str | None = None
        self._is_sent = False
        self._is_abandoned = self._is_leaving = False
        self._waits: Callable[[], bool] = _no
        self._result: ResultT | None = None
        self._error: BaseException | None = None
        self._is_done = False
        self.is_finished = False

    def __repr__(self) -> str:
        return f"<session {self.name}: {self._state()}>"

    @property
    def at(self) -> str | None:
        """The point at which it stands; `released` where it got a lock for which it had waited; None elsewhere."""
        return self._at

    @property
    def is_done(self) -> bool:
        """Whether its code has ended, by a result or an error."""
        return self._is_done

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for a lock that another session holds."""
        return not self._is_done and self._waits()

    async def run_to(self, point: str) -> None:
        """Let it run to a point, and return when it stands there.

        `update connections` is the moment before such a statement, `after update connections` the one behind it; and
        there is `commit`, `after commit`, `rollback`. Raises `PointNotReached` where it ends before, waits for a lock
        of another session, or has not come within the limit, and `ValueInvalid` for a name of no point.
        """
        wanted = self._wanted = self._points.read(point)
        if not await self._sent(lambda: self.is_waiting or self._at == wanted) or self._at != wanted:
            raise self._not_reached(f"did not reach {point!r}")

    async def run_until_waiting(self) -> None:
        """Let it run until it waits for a lock of another session; raises `PointNotReached` where it does not."""
        self._wanted = None
        if not await self._sent(lambda: self.is_waiting):
            raise self._not_reached("did not wait for a lock")

    async def finish(self) -> ResultT:
        """Let it run to its end, through waits for locks too, and return its result, or raise its error.

        Raises `PointNotReached` where it has not ended within the limit.
        """
        self._wanted = None
        if not self._is_done and not await self._sent(_no):
            raise self._not_reached("did not end")
        self.is_finished = True
        if self._error is not None:
            raise self._error
        return cast("ResultT", self._result)

    async def reach(self, point: str) -> None:
        """Stop where this is the point to which it was sent. Called by the session itself."""
        self._leave_if_abandoned()
        if point == self._wanted:
            self._wanted = None
            await self._stop(point)

    def begin_waiting(self, waits: Callable[[], bool]) -> None:
        """Take note that it is about to wait for a lock. Called by the session itself."""
        self._waits = waits
        self._stopped.give()

    def end_waiting(self) -> None:
        """Take note that it waits no longer. Called by the session itself."""
        self._waits = _no

    async def released(self) -> None:
        """Stop, unless it was sent on, for it got what it waited for. Called by the session itself."""
        self._leave_if_abandoned()
        if not self._is_sent:
            await self._stop(RELEASED)

    def abandon(self) -> None:
        """Make it roll back and end."""
        self._is_abandoned = True
        self._may_go.give()

    async def ended(self) -> bool:
        """Wait for its end, and tell whether it came within the limit."""
        return self._runner is None or await self._runner.end(self._limit_seconds)

    async def _sent(self, is_there: Callable[[], bool]) -> bool:
        """Send it on, and tell whether it came where it should, or for `_no` to its end, within the limit."""
        until = time.monotonic() + self._limit_seconds
        if self.is_waiting and is_there is not _no:
            return is_there()
        self._is_sent = True
        self._stopped.take_back()
        self._go_on()
        try:
            while await self._stopped.wait(max(0.0, until - time.monotonic())):
                self._stopped.take_back()
                if self._is_done:
                    return is_there is _no
                if is_there():
                    return True
                # It had stopped by itself before it could see that it was sent on.
                self._go_on()
            return False
        finally:
            self._is_sent = False

    def _go_on(self) -> None:
        if self._runner is None:
            self._runner = AsyncRunner(self._run, f"session {self.name}")
        elif self._at is not None:
            self._may_go.give()

    async def _run(self) -> None:
        _current.set(self)
        try:
            self._result = await self._work()
        except BaseException as error:  # noqa: BLE001 (it is raised again by `finish`)
            self._error = error
        finally:
            self._is_done = True
            self._stopped.give()

    async def _stop(self, point: str) -> None:
        self._at = point
        self._stopped.give()
        await self._may_go.wait()
        self._may_go.take_back()
        self._at = None
        self._leave_if_abandoned()

    def _leave_if_abandoned(self) -> None:
        # Once: what rolls back on the way out is not to be stopped.
        if self._is_abandoned and not self._is_leaving:
            self._is_leaving = True
            raise _Abandoned

    def _not_reached(self, what: str) -> PointNotReached:
        error = PointNotReached(
            f"{self.name} {what}: it {self._state()}", advice="Look at the order in which the sessions are sent on."
        )
        error.__cause__ = self._error
        return error

    def _state(self) -> str:
        if self._is_done:
            return "has ended" if self._error is None else f"has ended by {type(self._error).__name__}"
        if self.is_waiting:
            return "waits for a lock of another session"
        if self._at is not None:
            return f"stands at {self._at!r}"
        return "has not begun" if self._runner is None else f"still runs, after {self._limit_seconds:g} s"


class AsyncSteps:
    """The sessions of a block."""

    def __init__(self, database: Any, points: Points, limit_seconds: float) -> None:
        if limit_seconds <= 0:
            raise ValueInvalid(f"a limit of {limit_seconds!r} seconds is none", fields=("limit_seconds",))
        self._database = database
        self._points = points
        self._limit_seconds = limit_seconds
        self._sessions: list[AsyncStepSession[Any]] = []

    def session(
        self,
        work: Callable[[Any], Awaitable[ResultT]],
        *,
        isolation: Isolation = "read committed",
        read_only: bool = False,
        name: str | None = None,
    ) -> AsyncStepSession[ResultT]:
        """Return a session that runs `work(tx)` in a transaction of its own, once, without retries."""

        async def in_transaction() -> ResultT:
            async with self._database.transaction(isolation=isolation, read_only=read_only) as tx:
                return await work(tx)

        return self.call(in_transaction, name=name)

    def call(self, work: Callable[[], Awaitable[ResultT]], *, name: str | None = None) -> AsyncStepSession[ResultT]:
        """Return a session that runs `work()`: any code that uses this database, with transactions of its own."""
        name = f"session {len(self._sessions) + 1}" if name is None else name
        session = AsyncStepSession(name, work, self._points, self._limit_seconds)
        self._sessions.append(session)
        return session

    async def end(self) -> SessionsUnfinished | None:
        """End what has not been finished, and return the error that says so, if there is any."""
        unfinished = [session for session in self._sessions if not session.is_finished]
        said = ", ".join(map(repr, unfinished))
        # Whoever waits for a lock gets it when its holder is gone, so all are told before any is waited for.
        for session in unfinished:
            session.abandon()
        ended = [await session.ended() for session in unfinished]
        if not unfinished:
            return None
        left = "" if all(ended) else "; some of them still run"
        return SessionsUnfinished(f"sessions were not finished: {said}{left}")


_current: ContextVar[AsyncStepSession[Any] | None] = ContextVar("dbkit_session", default=None)


def async_current_session() -> AsyncStepSession[Any] | None:
    """Return the session that the caller is; None outside of all."""
    return _current.get()


def _no() -> bool:
    return False
