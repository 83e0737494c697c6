"""The caller's deadline: which one holds, and where."""

from __future__ import annotations

import asyncio
import math
import threading
from typing import Any

import pytest

import dbkit
from dbkit.database.retry import RetryPolicy
from dbkit.types import Timeout, TransactionConflict, ValueInvalid
from dbkit.verbs.deadline import (
    leaves_time,
    nearest_deadline,
    remaining_seconds,
    require_time_left,
    without_deadline,
)

AT_ONCE = 1e-9


def left() -> float:
    remaining = remaining_seconds()
    assert remaining is not None
    return remaining


def test_without_a_deadline_there_is_always_time() -> None:
    assert remaining_seconds() is None
    assert nearest_deadline(None) is None
    require_time_left()


def test_the_nearer_deadline_holds() -> None:
    with dbkit.deadline(100):
        with dbkit.deadline(1000):
            assert 50 < left() <= 100
        with dbkit.deadline(10):
            assert 5 < left() <= 10
        assert 50 < left() <= 100
    assert remaining_seconds() is None


def test_a_passed_deadline_leaves_nothing() -> None:
    with dbkit.deadline(AT_ONCE):
        assert left() == 0.0
        with pytest.raises(Timeout, match="the caller's deadline passed"):
            require_time_left()
        with dbkit.deadline(100), pytest.raises(Timeout):
            require_time_left()
    require_time_left()


def test_an_exception_ends_it_too() -> None:
    with pytest.raises(KeyError), dbkit.deadline(AT_ONCE):
        raise KeyError
    assert remaining_seconds() is None


@pytest.mark.parametrize("seconds", [0, -1, math.inf, math.nan, None, "1"])
def test_seconds_that_are_no_deadline(seconds: Any) -> None:
    with pytest.raises(ValueInvalid, match="seconds") as refused, dbkit.deadline(seconds):
        pass
    assert refused.value.fields == ("seconds",)


def test_a_statement_s_own_limit_may_be_nearer() -> None:
    own = nearest_deadline(10)
    assert own is not None
    with dbkit.deadline(100):
        assert (nearest_deadline(None) or 0) > own + 80
        assert (nearest_deadline(10) or 0) < own + 1
    with dbkit.deadline(1):
        assert (nearest_deadline(10) or 0) < own - 8


def test_what_is_not_for_one_caller_alone_has_none() -> None:
    with dbkit.deadline(AT_ONCE):
        with without_deadline():
            assert remaining_seconds() is None
        assert left() == 0.0


async def test_tasks_inherit_it() -> None:
    async def ask() -> float | None:
        return remaining_seconds()

    with dbkit.deadline(100):
        asked = asyncio.create_task(ask())
    assert 50 < (await asked or 0) <= 100
    assert await asyncio.create_task(ask()) is None


def test_a_thread_has_it_where_it_is_carried() -> None:
    seen: list[float | None] = []

    def look() -> None:
        seen.append(remaining_seconds())

    with dbkit.deadline(100):
        threads = [threading.Thread(target=target) for target in (look, dbkit.carry(look))]
        for thread in threads:
            thread.start()
            thread.join()
    plain, carried = seen
    assert plain is None
    assert 50 < (carried or 0) <= 100


def test_a_pause_has_to_leave_time() -> None:
    assert leaves_time(1e9)
    with dbkit.deadline(100):
        assert leaves_time(50)
        assert not leaves_time(100)


def test_work_is_not_tried_again_when_there_is_no_time_for_that() -> None:
    class Patient(dbkit.Database):
        retry_policy = RetryPolicy(base_seconds=100, cap_seconds=100, random=lambda: 1.0)

    def conflicts(_tx: Any) -> None:
        raise TransactionConflict

    with dbkit.connect("memory://", database=Patient) as db, dbkit.deadline(50), pytest.raises(TransactionConflict):
        db.run(conflicts)
