"""The parts of the simulation: what is known of queues in mathematics comes out of them."""

from __future__ import annotations

import math
from random import Random
from statistics import fmean

import pytest

from dbkit.pool.holds import P95_MAX, Holds
from dbkit.pool.queueing import mean_wait_seconds, share_waiting, wait_seconds
from dbkit.pool.simulation import pool as pool_module
from dbkit.pool.simulation.clock import Clock
from dbkit.pool.simulation.ledger import Ledger, Rejection, percentile
from dbkit.pool.simulation.pool import CONNECT_SECONDS, PoolPlan, SimulatedPool
from dbkit.pool.simulation.server import Curve, SharedServer, knee_curve
from dbkit.sqldb import guard

HOLD = 0.01
FAST = knee_curve(10_000)


def queue(plan: PoolPlan, rate: float, calls: int, seed: int) -> Ledger:
    """Let calls come independently of one another to one pool, holding it for exponentially distributed times."""
    random, clock, ledger = Random(seed), Clock(), Ledger(since=1)
    pool = SimulatedPool(clock, SharedServer(clock, FAST), plan, ledger)

    def arrive() -> None:
        pool.call(0.0, random.expovariate(1 / HOLD))
        clock.after(random.expovariate(rate), arrive)

    arrive()
    clock.run(1 + calls / rate)
    return ledger


@pytest.mark.parametrize(("size", "busy"), [(1, 0.6), (4, 0.7), (8, 0.8)])
def test_waits_are_those_of_erlangs_formula(size: int, busy: float) -> None:
    rate = busy * size / HOLD
    ledger = queue(PoolPlan(size, size), rate, 150_000, seed=1)
    assert ledger.mean_wait_seconds == pytest.approx(mean_wait_seconds(size, rate, HOLD), rel=0.03)
    assert ledger.wait_seconds(99) == pytest.approx(wait_seconds(99, size, rate, HOLD), rel=0.05)
    waited = sum(wait > 0 for wait in ledger.waits) / ledger.calls
    assert waited == pytest.approx(share_waiting(size, busy * size), rel=0.03)


def test_a_bounded_queue_turns_away_what_the_formula_says() -> None:
    size, waiting, offered = 3, 5, 3.0
    # M/M/c/K: the weights of its states, one for each number of calls in it.
    weights = [offered**count / math.factorial(min(count, size)) for count in range(size + waiting + 1)]
    weights = [weight / size ** max(count - size, 0) for count, weight in enumerate(weights)]
    ledger = queue(PoolPlan(size, size, waiting), offered / HOLD, 150_000, seed=2)
    assert ledger.turned_away.keys() == {Rejection.QUEUE_FULL}
    assert ledger.rejected_share == pytest.approx(weights[-1] / sum(weights), rel=0.03)


def test_nobody_waits_longer_than_the_timeout() -> None:
    ledger = queue(PoolPlan(2, 2, timeout_seconds=0.03), 250, 20_000, seed=3)
    assert ledger.turned_away.keys() == {Rejection.TIMED_OUT}
    assert 0.1 < ledger.rejected_share < 0.4
    assert max(ledger.waits) <= 0.03


def test_a_wait_that_times_out_does_so_at_its_time() -> None:
    clock, ledger = Clock(), Ledger()
    pool = SimulatedPool(clock, SharedServer(clock, FAST), PoolPlan(1, 1, timeout_seconds=0.5), ledger)
    clock.at(1, pool.call, 0.0, 10.0)
    clock.at(2, pool.call, 0.0, 1.0)
    clock.run(5)
    pool.expire()
    assert (list(ledger.times), list(ledger.turned_away_at)) == ([1.0], [2.5])


def test_statements_share_what_the_server_does() -> None:
    clock, ended = Clock(), []
    server = SharedServer(clock, Curve.of([(1, 10.0), (2, 10.0)]))
    clock.at(0, server.serve, 1.0, lambda: ended.append(("first", clock.now)))
    clock.at(0.5, server.serve, 1.0, lambda: ended.append(("second", clock.now)))
    clock.run(10)
    assert ended == [("first", pytest.approx(1.5)), ("second", pytest.approx(2.0))]


def test_a_shared_server_is_as_slow_as_the_formula_says() -> None:
    # Processor sharing on one core: a statement takes work / (1 - busy) on average.
    random, clock, took = Random(5), Clock(), list[float]()
    server = SharedServer(clock, Curve.of([(1, 1.0)]))

    def arrive() -> None:
        begun = clock.now
        server.serve(random.expovariate(1 / HOLD), lambda: took.append(clock.now - begun))
        clock.after(random.expovariate(60), arrive)

    arrive()
    clock.run(1000)
    assert fmean(took) == pytest.approx(HOLD / (1 - 0.6), rel=0.03)


def test_a_server_is_fast_up_to_its_knee() -> None:
    curve = knee_curve(4)
    assert [curve.speed(count) for count in (1, 2, 4)] == [1, 1, 1]
    done = [count * curve.speed(count) for count in (4, 8, 128, 256, 10_000)]
    assert done == sorted(done, reverse=True)
    # What two cores were measured to do with 32 times their knee.
    assert done[2] / done[0] == pytest.approx(0.5, abs=0.01)


def test_a_measured_curve_is_a_line_between_its_points() -> None:
    curve = Curve.of([(1, 500.0), (3, 900.0), (5, 700.0)])
    assert [count * curve.speed(count) for count in (1, 2, 3, 4, 5, 50)] == pytest.approx([1, 1.4, 1.8, 1.6, 1.4, 1.4])


def test_a_knee_of_one_is_a_server_too() -> None:
    assert knee_curve(1).speed(1) == 1


def test_a_pool_grows_for_who_waits_and_no_further() -> None:
    clock, ledger = Clock(), Ledger()
    server = SharedServer(clock, FAST)
    pool = SimulatedPool(clock, server, PoolPlan(1, 5), ledger)
    for _ in range(20):
        clock.at(1, pool.call, 0.0, 10.0)
    clock.run(1.1)
    assert (pool.connections, server.peak, len(ledger.waits)) == (5, 5, 5)
    # The first had one, another was opened for the first that waits, and the others a moment later, together.
    assert list(ledger.waits) == pytest.approx([0, CONNECT_SECONDS, *[2 * CONNECT_SECONDS] * 3])


def test_closing_gives_back_what_is_idle_at_once_and_the_rest_when_its_work_is_done() -> None:
    clock, ledger = Clock(), Ledger()
    server = SharedServer(clock, FAST)
    pool = SimulatedPool(clock, server, PoolPlan(3, 3), ledger)
    clock.at(1, pool.call, 0.0, 5.0)
    clock.at(2, pool.close)
    clock.run(3)
    assert server.connections == 1
    clock.run(7)
    assert (server.connections, ledger.rejected_share) == (0, 0)


def test_an_outage_loses_what_is_at_work_and_fails_others_at_once() -> None:
    clock, ledger = Clock(), Ledger()
    server = SharedServer(clock, FAST)
    pool = SimulatedPool(clock, server, PoolPlan(1, 1), ledger, Random(1))
    clock.at(1, pool.call, 5.0)
    clock.at(2, pool.call, 5.0)
    clock.at(3, server.stop)
    clock.at(3, pool.lose)
    clock.at(4, pool.call, 5.0)
    clock.run(10)
    assert ledger.turned_away == {Rejection.LOST: 1, Rejection.UNAVAILABLE: 2}
    assert list(ledger.turned_away_at) == [3.0, 3.0, 4.0]
    assert server.connections == 0
    clock.at(10, server.start)
    clock.at(12, pool.call, 0.5)
    clock.run(13)
    assert pool.back_at is not None
    assert 10 <= pool.back_at <= 11.05
    assert (len(ledger.waits), ledger.calls, server.connections) == (2, 4, 1)


def test_the_prober_is_quick_for_three_seconds_and_then_tries_once_a_second() -> None:
    clock = Clock()
    server = SharedServer(clock, FAST)
    pool = SimulatedPool(clock, server, PoolPlan(1, 1), Ledger(), Random(1))
    clock.at(0, server.stop)
    clock.at(0, pool.lose)
    clock.run(3)
    quick = pool.attempts
    clock.run(63)
    assert 60 < quick < 200
    assert 58 <= pool.attempts - quick <= 64


def test_the_prober_is_the_guarded_pools() -> None:
    assert (pool_module._QUICK_SECONDS, pool_module._QUICK_PAUSE_SECONDS, pool_module._SLOW_PAUSE_SECONDS) == (
        guard.QUICK_SECONDS,
        guard.QUICK_PAUSE_SECONDS,
        guard.SLOW_PAUSE_SECONDS,
    )


def test_a_pool_that_had_nothing_at_work_learns_of_an_outage_with_the_next_call() -> None:
    clock, ledger = Clock(), Ledger()
    server = SharedServer(clock, FAST)
    pool = SimulatedPool(clock, server, PoolPlan(2, 2), ledger)
    clock.at(1, server.stop)
    clock.at(2, pool.call, 0.1)
    clock.run(2)
    assert ledger.turned_away == {Rejection.UNAVAILABLE: 1}
    assert pool.connections == server.connections == 0


@pytest.mark.parametrize("times", [1.0, 1.5, 2.0, 3.0, P95_MAX])
def test_holds_have_the_mean_and_the_percentile_that_are_stated(times: float) -> None:
    random, holds = Random(1), Holds(0.02, 0.02 * times)
    drawn = sorted(holds.draw(random) for _ in range(50_000))
    assert fmean(drawn) == pytest.approx(0.02, rel=0.03)
    assert percentile(drawn, 95) == pytest.approx(0.02 * times, rel=0.03)


def test_holds_without_a_percentile_are_exponential() -> None:
    random, holds = Random(1), Holds(0.02)
    drawn = sorted(holds.draw(random) for _ in range(50_000))
    assert fmean(drawn) == pytest.approx(0.02, rel=0.02)
    assert percentile(drawn, 95) == pytest.approx(0.02 * math.log(20), rel=0.02)


def test_what_is_due_at_the_same_time_happens_in_the_order_of_its_planning() -> None:
    clock, done = Clock(), []
    for name in "abc":
        clock.at(1, done.append, name)
    clock.at(0.5, done.append, "first")
    clock.at(9, done.append, "late")
    clock.run(2)
    assert (done, clock.now) == (["first", "a", "b", "c"], 2)


def test_what_happens_before_the_measurement_is_forgotten() -> None:
    ledger = Ledger(since=5)
    ledger.began(4, 0.1)
    ledger.rejected(4, Rejection.QUEUE_FULL)
    ledger.began(6, 0.2)
    assert (ledger.calls, ledger.rejected_share, ledger.mean_wait_seconds) == (1, 0, 0.2)


def test_nothing_has_no_waits() -> None:
    ledger = Ledger()
    assert (ledger.calls, ledger.mean_wait_seconds, ledger.wait_seconds(99), ledger.rejected_share) == (0, 0, 0, 0)
