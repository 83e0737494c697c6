# Generated from dbkit/testing/conformance/_async/stage.py by tools/unasync.py; edit that file instead.
"""Transactions that are played against each other, step by step, on any backend.

    async with Stage(world.db) as stage:
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

from dbkit.testing.conformance.background import Background
from dbkit.testing.conformance.expectation import refused
from dbkit.types.errors import DbkitError, TransactionConflict
from dbkit.verbs._sync.backend import BackendTransaction
from dbkit.verbs.transaction import Isolation, TransactionOptions

__all__ = ["Actor", "Stage", "Step", "first_done", "lost"]

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


class Step:
    """A call of an actor that has been made."""

    def __init__(self, call: Any) -> None:
        self.call = call

    @property
    def is_waiting(self) -> bool:
        """Whether it is not done."""
        return not self.call.done()

    def result(self) -> Any:
        """Return what the call returns, or raise what it raises, when it is done."""
        Background.wait([self.call], _PATIENCE_SECONDS)
        assert self.call.done(), "nothing lets it go on"
        return self.call.result()


class Actor:
    """A transaction, its calls made one after the other by a thread or a task of its own."""

    def __init__(self, stage: Stage, options: TransactionOptions) -> None:
        self._stage = stage
        self._options = options
        self._background = Background()
        self._open: list[BackendTransaction] = []

    def begin(self) -> None:
        """Begin the transaction; `last` is its last call from then on."""
        self._take(self._stage.backend.begin, self._options)
        if self._options.isolation == "serializable" and self._stage.is_server:
            for setting in _FIND_BY_INDEX:
                self.do(_setting(setting))

    def start(self, call: Callable[[Any], Any]) -> Step:
        """Call something with the transaction, and go on once it is done or waits."""
        return self._start(call, self._open[-1])

    def do(self, call: Callable[[Any], Any]) -> Any:
        """Call something with the transaction, which must not wait; return its result, or raise its error."""
        return _done(self.start(call))

    def savepoint(self) -> None:
        """Begin a savepoint, in which the next calls are."""
        self._take(self._open[-1].savepoint)

    def commit(self) -> None:
        """Commit what is open: the innermost savepoint, or the transaction."""
        _done(self.start_commit())

    def start_commit(self) -> Step:
        """Commit, and go on once that is done or waits."""
        return self._start(self._open.pop().commit)

    def rollback(self) -> None:
        """Roll back what is open: to the innermost savepoint, or the transaction."""
        _done(self._start(self._open.pop().rollback))

    def end(self, how: str) -> None:
        """Commit or roll back what is open, as is said by name."""
        (self.commit() if how == "commit" else self.rollback())

    @property
    def is_waiting(self) -> bool:
        """Whether its last call is not done."""
        return self.last.is_waiting

    def leave(self) -> None:
        """Roll back all that is open, the last call being done."""
        while self._open:
            with suppress(DbkitError):
                self._make(self._open.pop().rollback).result()
        self._background.close()

    def _take(self, opening: Callable[..., Any], *arguments: Any) -> None:
        self._open.append(_done(self._start(opening, *arguments)))

    def _start(self, function: Callable[..., Any], *arguments: Any) -> Step:
        step = self._make(function, *arguments)
        self._stage.settle()
        return step

    def _make(self, function: Callable[..., Any], *arguments: Any) -> Step:
        self.last = Step(self._background.start(function, *arguments))
        self._stage.steps.append(self.last)
        return self.last


class Stage:
    """Where actors meet, for a block; at its end what is open is rolled back."""

    def __init__(self, db: Any) -> None:
        self.db = db
        self.backend = db._backend  # noqa: SLF001 (its transactions are ended by hand here)
        self.steps: list[Step] = []
        self._actors: list[Actor] = []
        self._asides: list[Background] = []

    def begin(self, isolation: Isolation = "read committed", **options: Any) -> Actor:
        """Return an actor with a new transaction."""
        actor = Actor(self, TransactionOptions(isolation, **options))
        self._actors.append(actor)
        actor.begin()
        return actor

    def aside(self, function: Callable[..., Any], *arguments: Any) -> Step:
        """Call something that is no actor's, and go on once it is done or waits."""
        self._asides.append(Background())
        step = Step(self._asides[-1].start(function, *arguments))
        self.steps.append(step)
        self.settle()
        return step

    def settle(self) -> None:
        """Wait until each call is done, or waits for another transaction."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            under_way = self._under_way()
            if under_way:
                Background.wait([step.call for step in under_way], _LOOK_AGAIN_SECONDS)
            if self._under_way() == under_way and (not under_way or len(under_way) == self._count_waiting()):
                return
        raise AssertionError("a call is not done, and does not wait for another transaction")

    def _under_way(self) -> list[Step]:
        self.steps = [step for step in self.steps if step.is_waiting]
        return self.steps

    @property
    def is_server(self) -> bool:
        """Whether a server has to be asked who waits."""
        return not hasattr(self.backend, "waiting")

    def _count_waiting(self) -> int:
        if not self.is_server:
            return len(self.backend.waiting)
        (row,) = self.db.execute(_WAITING)
        return int(row["waiting"])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        while self._actors:
            free = [actor for actor in self._actors if not actor.is_waiting]
            for actor in free:
                actor.leave()
                self._actors.remove(actor)
            if not free:
                Background.wait([actor.last.call for actor in self._actors], _PATIENCE_SECONDS)
        for background in self._asides:
            background.close()


def _setting(setting: Executable) -> Callable[[Any], Any]:
    return lambda tx: tx.execute(setting)


def first_done(steps: Sequence[Step]) -> None:
    """Wait until one of some calls is done."""
    Background.wait([step.call for step in steps], _PATIENCE_SECONDS)
    assert not all(step.is_waiting for step in steps), "nothing lets any of them go on"


def lost(step: Step) -> None:
    """See that a call is done, and that its transaction lost against another one."""
    with refused(TransactionConflict, sqlstate="40001"):
        _done(step)


def _done(step: Step) -> Any:
    assert not step.is_waiting, "it waits for another transaction"
    return step.result()
