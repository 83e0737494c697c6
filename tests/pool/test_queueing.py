"""The formulas of queues, against values that are known otherwise."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from dbkit.pool.queueing import mean_wait_seconds, share_waiting, size_for, wait_seconds


@pytest.mark.parametrize(
    ("size", "offered", "share"),
    [
        (1, 0.5, 0.5),
        (2, 1.0, 1 / 3),
        # Of the tables that telephone exchanges were built by.
        (10, 7.0, 0.2217),
        (6, 2.16, 0.0252),
    ],
)
def test_the_share_of_calls_that_wait(size: int, offered: float, share: float) -> None:
    assert share_waiting(size, offered) == pytest.approx(share, abs=0.0003)


@pytest.mark.parametrize(("size", "offered"), [(3, 2), (64, 50), (500, 480)])
def test_large_pools_do_not_overflow(size: int, offered: int) -> None:
    # The formula as textbooks have it, in exact numbers.
    full = Fraction(offered**size, math.factorial(size)) * Fraction(size, size - offered)
    all_states = sum(Fraction(offered**count, math.factorial(count)) for count in range(size)) + full
    assert share_waiting(size, offered) == pytest.approx(float(full / all_states))


def test_with_too_few_connections_all_wait_and_for_ever() -> None:
    assert share_waiting(4, 4) == 1
    assert mean_wait_seconds(4, 400, 0.01) == math.inf
    assert wait_seconds(99, 4, 400, 0.01) == math.inf


def test_the_wait_for_a_single_connection() -> None:
    # The textbook's M/M/1: rate / (service * (service - rate)).
    assert mean_wait_seconds(1, 60, 0.01) == pytest.approx(60 / (100 * 40))
    assert wait_seconds(99, 1, 60, 0.01) == pytest.approx(math.log(0.6 / 0.01) / 40)


def test_whoever_does_not_wait_has_no_percentile_of_a_wait() -> None:
    assert wait_seconds(90, 6, 180, 0.012) == 0


@pytest.mark.parametrize("share", [0.5, 0.03, 0.001])
def test_the_size_is_the_smallest_that_will_do(share: float) -> None:
    size = size_for(180, 0.012, share)
    assert share_waiting(size, 180 * 0.012) <= share < share_waiting(size - 1, 180 * 0.012)


def test_production_api_is_sized_as_its_profile_says() -> None:
    assert size_for(180, 0.012, 0.03) == 6
