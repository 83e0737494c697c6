"""Transactions that are played against each other, step by step, on any backend.

    async with AsyncStage(world.db) as stage:
        one, two = await stage.begin(), await stage.begin("serializable")
        await one.do(change)
        step = await two.start(change)
        assert step.is_waiting
        await one.commit()
        await step.result()

A step that was started is done when `start` returns, or waits for another transaction: the backend is asked which.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Executable, text

from dbkit.testing.conformance.background import AsyncBackground
from dbkit.testing.conformance.expectation import refused
from dbkit.types.errors import DbkitError, TransactionConflict
from dbkit.verbs._async.backend import AsyncBackendTransaction
from dbkit.verbs.transaction import Isolation, TransactionOptions

__all__ = ["AsyncActor", "AsyncStage", "AsyncStep", "first_done", "lost"]

_PATIENCE_SECONDS = 20.0
_LOOK_AGAIN_SECONDS = 0.002
# Granted is a lock by who gives it up, before that call has returned: nobody is found waiting who waits no more.
_WAITING = text("""
    SELECT count(DISTINCT pid) AS waiting FROM pg_stat_activity LEFT JOIN pg_locks USING (pid)
    WHERE datname = current_database() AND (NOT granted OR wait_event = 'SafeSnapshot')
""")

# Where a table is small, PostgreSQL looks at all of it: to a serializable transaction these are rows that it has read.
_FIND_BY_INDEX = tuple(
    text(f"SET LOCAL {setting}")
    for setting in ("enable_seqscan = off", "plan_cache_mode = force_custom_plan", "jit = off")
)


class AsyncStep:
    """A call of an actor that has been made."""

    def __init__(self, call: Any) -> None:
        self.call = call

    @property
    def is_waiting(self) -> bool:
        """Whether it is not done."""
        return not self.call.done()

    async def result(self) -> Any:
        """Return what the call returns, or raise what it raises, when it is done."""
        await AsyncBackground.wait([self.call], _PATIENCE_SECONDS)
        assert self.call.done(), "nothing lets it go on"
        return self.call.result()


class AsyncActor:
    """A transaction, its calls made one after the other by a thread or a task of its own."""

    def __init__(self, stage: AsyncStage, options: TransactionOptions) -> None:
        self._stage = stage
        self._options = options
        self._background = AsyncBackground()
        self._open: list[AsyncBackendTransaction] = []

    async def begin(self) -> None:
        """Begin the transaction; `last` is its last call from then on."""
        await self._take(self._stage.backend.begin, self._options)
        if self._options.isolation == "serializable" and self._stage.is_server:
            for setting in _FIND_BY_INDEX:
                await self.do(_setting(setting))

    async def start(self, call: Callable[[Any], Any]) -> AsyncStep:
        """Call something with the transaction, and go on once it is done or waits."""
        return await self._start(call, self._open[-1])

    async def do(self, call: Callable[[Any], Any]) -> Any:
        """Call something with the transaction, which must not wait; return its result, or raise its error."""
        return await _done(await self.start(call))

    async def savepoint(self) -> None:
        """Begin a savepoint, in which the next calls are."""
        await self._take(self._open[-1].savepoint)

    async def commit(self) -> None:
        """Commit what is open: the innermost savepoint, or the transaction."""
        await _done(await self.start_commit())

    async def start_commit(self) -> AsyncStep:
        """Commit, and go on once that is done or waits."""
        return await self._start(self._open.pop().commit)

    async def rollback(self) -> None:
        """Roll back what is open: to the innermost savepoint, or the transaction."""
        await _done(await self._start(self._open.pop().rollback))

    async def end(self, how: str) -> None:
        """Commit or roll back what is open, as is said by name."""
        await (self.commit() if how == "commit" else self.rollback())

    @property
    def is_waiting(self) -> bool:
        """Whether its last call is not done."""
        return self.last.is_waiting

    async def leave(self) -> None:
        """Roll back all that is open, the last call being done."""
        while self._open:
            with suppress(DbkitError):
                await self._make(self._open.pop().rollback).result()
        await self._background.close()

    async def _take(self, opening: Callable[..., Any], *arguments: Any) -> None:
        self._open.append(await _done(await self._start(opening, *arguments)))

    async def _start(self, function: Callable[..., Any], *arguments: Any) -> AsyncStep:
        step = self._make(function, *arguments)
        await self._stage.settle()
        return step

    def _make(self, function: Callable[..., Any], *arguments: Any) -> AsyncStep:
        self.last = AsyncStep(self._background.start(function, *arguments))
        self._stage.steps.append(self.last)
        return self.last


class AsyncStage:
    """Where actors meet, for a block; at its end what is open is rolled back."""

    def __init__(self, db: Any) -> None:
        self.db = db
        self.backend = db._backend  # noqa: SLF001 (its transactions are ended by hand here)
        self.steps: list[AsyncStep] = []
        self._actors: list[AsyncActor] = []
        self._asides: list[AsyncBackground] = []

    async def begin(self, isolation: Isolation = "read committed", **options: Any) -> AsyncActor:
        """Return an actor with a new transaction."""
        actor = AsyncActor(self, TransactionOptions(isolation, **options))
        self._actors.append(actor)
        await actor.begin()
        return actor

    async def aside(self, function: Callable[..., Any], *arguments: Any) -> AsyncStep:
        """Call something that is no actor's, and go on once it is done or waits."""
        self._asides.append(AsyncBackground())
        step = AsyncStep(self._asides[-1].start(function, *arguments))
        self.steps.append(step)
        await self.settle()
        return step

    async def settle(self) -> None:
        """Wait until each call is done, or waits for another transaction."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            under_way = self._under_way()
            if under_way:
                await AsyncBackground.wait([step.call for step in under_way], _LOOK_AGAIN_SECONDS)
            if self._under_way() == under_way and (not under_way or len(under_way) == await self._count_waiting()):
                return
        raise AssertionError("a call is not done, and does not wait for another transaction")

    def _under_way(self) -> list[AsyncStep]:
        self.steps = [step for step in self.steps if step.is_waiting]
        return self.steps

    @property
    def is_server(self) -> bool:
        """Whether a server has to be asked who waits."""
        return not hasattr(self.backend, "waiting")

    async def _count_waiting(self) -> int:
        if not self.is_server:
            return len(self.backend.waiting)
        (row,) = await self.db.execute(_WAITING)
        return int(row["waiting"])

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        while self._actors:
            free = [actor for actor in self._actors if not actor.is_waiting]
            for actor in free:
                await actor.leave()
                self._actors.remove(actor)
            if not free:
                await AsyncBackground.wait([actor.last.call for actor in self._actors], _PATIENCE_SECONDS)
        for background in self._asides:
            await background.close()


def _setting(setting: Executable) -> Callable[[Any], Any]:
    return lambda tx: tx.execute(setting)


async def first_done(steps: Sequence[AsyncStep]) -> None:
    """Wait until one of some calls is done."""
    await AsyncBackground.wait([step.call for step in steps], _PATIENCE_SECONDS)
    assert not all(step.is_waiting for step in steps), "nothing lets any of them go on"


async def lost(step: AsyncStep) -> None:
    """See that a call is done, and that its transaction lost against another one."""
    with refused(TransactionConflict, sqlstate="40001"):
        await _done(step)


async def _done(step: AsyncStep) -> Any:
    assert not step.is_waiting, "it waits for another transaction"
    return await step.result()
