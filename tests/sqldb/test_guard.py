from __future__ import annotations

from itertools import pairwise

import pytest
from psycopg_pool import AsyncConnectionPool, ConnectionPool

from dbkit.sqldb.driver_pool import INTERNALS
from dbkit.sqldb.guard import Guard, again, is_served_soon
from dbkit.types import AuthenticationFailed, DbkitError, ServerReport, Unavailable

DOWN = Unavailable()
FULL = Unavailable(sqlstate="53300")
STARTING = Unavailable(sqlstate="57P03")


def middle(low: float, high: float) -> float:
    return (low + high) / 2


def longest(low: float, high: float) -> float:
    return high


def test_one_connection_that_ends_says_nothing_of_the_others() -> None:
    guard = Guard()
    assert [guard.died(now) for now in (10.0, 11.5, 13.0)] == [False, False, False]


def test_two_that_end_together_say_that_all_do() -> None:
    guard = Guard()
    assert [guard.died(now) for now in (10.0, 10.4)] == [False, True]


@pytest.mark.parametrize("error", [DOWN, STARTING])
def test_one_that_ends_with_its_server_says_that_all_do(error: DbkitError) -> None:
    first, second = Guard(), Guard()
    assert [first.died(10.0), first.failed(error, 10.2)] == [False, True]
    assert [second.failed(error, 10.0), second.died(10.2)] == [False, True]


def test_a_server_that_is_full_ends_nothing() -> None:
    guard = Guard()
    assert [guard.died(10.0), guard.failed(FULL, 10.2), guard.died(12.0)] == [False, False, False]
    assert guard.is_answered


def test_connections_of_a_server_that_was_started_again_are_told_apart() -> None:
    guard = Guard()
    assert [guard.is_restarted(started) for started in (100.0, 100.0, 250.0, 100.0, 250.0)] == [
        False,
        False,
        True,
        False,
        False,
    ]


def test_attempts_are_quick_for_three_seconds_and_then_one_a_second() -> None:
    guard = Guard(longest)
    guard.lost(10.0)
    now, attempts = 10.0, list[float]()
    while now < 60:
        guard.failed(DOWN, now)
        now += guard.pause_seconds(now)
        attempts.append(now)
    quick = [at for at in attempts if at <= 13]
    assert max(later - before for before, later in pairwise(quick)) < 0.05
    slow = [at for at in attempts if at > 13]
    assert min(later - before for before, later in pairwise(slow)) >= 1
    assert len(slow) <= 48


def test_attempts_are_a_second_apart_on_average() -> None:
    guard = Guard(middle)
    guard.lost(0.0)
    guard.failed(DOWN, 4.0)
    assert [guard.pause_seconds(4.0), guard.pause_seconds(5.0)] == [1.0, 1.0]


def test_a_full_server_is_left_alone_from_the_beginning() -> None:
    guard = Guard(middle)
    guard.lost(0.0)
    guard.failed(FULL, 0.0)
    assert guard.pause_seconds(0.0) >= 0.5


def test_a_refused_password_is_tried_slowly() -> None:
    guard = Guard(middle)
    guard.lost(0.0)
    guard.failed(AuthenticationFailed(), 0.0)
    assert guard.pause_seconds(0.0) == 5.0
    assert guard.is_answered


def test_a_reason_is_asked_for_at_first_then_seldom_and_when_something_has_happened() -> None:
    guard = Guard()
    guard.lost(0.0)
    assert [guard.wants_reason(now) for now in (0.0, 1.0, 9.0, 10.0)] == [True, False, False, True]
    guard.died(11.0)
    assert guard.wants_reason(11.0)


@pytest.mark.parametrize(
    ("waiting", "served", "opening_seconds", "soon"),
    [(20, 25, 0.15, True), (44, 1, 0.15, False), (45, 0, 0.15, False), (20, 25, 0.001, False)],
)
def test_a_queue_that_goes_fast_needs_no_more_connections(
    waiting: int, served: int, opening_seconds: float, soon: bool
) -> None:
    assert is_served_soon(waiting, served, 0.02, opening_seconds) is soon


def test_each_caller_gets_an_error_of_its_own() -> None:
    error = Unavailable("the server is gone", sqlstate="57P03")
    error.__cause__ = ServerReport("57P03", kind="connect")
    told = again(error)
    assert told is not error
    assert (str(told), told.sqlstate, told.__cause__) == (str(error), "57P03", error.__cause__)
    assert told.__traceback__ is None


@pytest.mark.parametrize("pool", [ConnectionPool, AsyncConnectionPool])
def test_the_driver_s_pool_has_the_parts_that_are_built_on(pool: type) -> None:
    missing = [name for name in INTERNALS if not callable(getattr(pool, name, None))]
    assert not missing, "psycopg_pool has moved these; see dbkit/sqldb/driver_pool.py"


def test_the_driver_s_pool_keeps_its_books_by_these_names() -> None:
    pool = ConnectionPool("", min_size=0, max_size=1, open=False)
    names = ("_pool", "_waiting", "_workers", "_lock", "_nconns", "_nconns_min", "_min_size", "_max_size")
    flags = ("_closed", "_growing", "_drained_at")
    assert [name for name in (*names, *flags) if not hasattr(pool, name)] == []
