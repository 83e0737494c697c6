"""Waits of threads and tasks: when they end, what they say that lasted too long, and what wakes them."""

from __future__ import annotations

import asyncio
import math
import threading
from collections.abc import Callable

import pytest

import dbkit
from dbkit.memory.row_locks import EndWanted, Holder
from dbkit.memory.waits import AsyncTurn, Turn
from dbkit.types.errors import DbkitError, LockNotAvailable, Timeout

_LIMITS = pytest.mark.parametrize(
    ("limit_seconds", "deadline_seconds", "error", "sqlstate"),
    [
        (0.0, 60, LockNotAvailable, "55P03"),
        (0.01, 60, LockNotAvailable, "55P03"),
        (0.01, None, LockNotAvailable, "55P03"),
        (60, 0.01, Timeout, "57014"),
        (math.inf, 0.01, Timeout, "57014"),
        (0.0, 1e-9, Timeout, "57014"),
    ],
)
"""Who gives up first: the transaction, by its `lock_timeout`, or the caller, by its deadline."""


@_LIMITS
def test_a_thread_waits_as_long_as_it_may(
    limit_seconds: float, deadline_seconds: float | None, error: type[DbkitError], sqlstate: str
) -> None:
    with pytest.raises(error) as caught:
        if deadline_seconds is None:
            _turn().wait(limit_seconds)
        else:
            with dbkit.deadline(deadline_seconds):
                _turn().wait(limit_seconds)
    assert caught.value.sqlstate == sqlstate


@_LIMITS
async def test_a_task_waits_as_long_as_it_may(
    limit_seconds: float, deadline_seconds: float | None, error: type[DbkitError], sqlstate: str
) -> None:
    with pytest.raises(error) as caught:
        if deadline_seconds is None:
            await _async_turn().wait(limit_seconds)
        else:
            with dbkit.deadline(deadline_seconds):
                await _async_turn().wait(limit_seconds)
    assert caught.value.sqlstate == sqlstate


@pytest.mark.parametrize("limit_seconds", [60, math.inf])
def test_a_thread_that_is_woken_goes_on(limit_seconds: float) -> None:
    turn = _turn()
    turn.wake()
    turn.wait(limit_seconds)


@pytest.mark.parametrize("limit_seconds", [60, math.inf])
async def test_a_task_that_is_woken_goes_on(limit_seconds: float) -> None:
    turn = _async_turn()
    turn.wake()
    await turn.wait(limit_seconds)


@pytest.mark.parametrize("from_elsewhere", [False, True])
async def test_a_task_that_waits_no_more_may_be_woken(*, from_elsewhere: bool) -> None:
    """It has just given up, and whoever wakes it cannot know."""
    loop = asyncio.get_running_loop()
    failures: list[object] = []
    loop.set_exception_handler(lambda _, context: failures.append(context))
    turn = _async_turn()
    waiting = asyncio.create_task(turn.wait(math.inf))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await _called(turn.wake, from_elsewhere=from_elsewhere)
    await asyncio.sleep(0)
    assert failures == []


async def test_tasks_and_threads_are_told_apart() -> None:
    def callers() -> list[object]:
        return [_turn().caller, _async_turn().caller]

    async def of_task() -> list[object]:
        return callers()

    own, again = callers(), callers()
    other = await asyncio.create_task(of_task())
    assert own == again
    assert (own[0] == other[0], own[1] == other[1]) == (True, False)
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(_turn().caller))
    thread.start()
    thread.join()
    assert found != own[:1]


def _turn() -> Turn:
    return Turn(Holder(), EndWanted(Holder()))


def _async_turn() -> AsyncTurn:
    return AsyncTurn(Holder(), EndWanted(Holder()))


async def _called(function: Callable[[], None], *, from_elsewhere: bool) -> None:
    if from_elsewhere:
        await asyncio.to_thread(function)
    else:
        function()
