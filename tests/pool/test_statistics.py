"""What a pool takes down is what happened, however many threads take it down."""

from __future__ import annotations

import random
import threading
from bisect import bisect_left
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbkit.pool.histogram import BOUNDS_SECONDS, Durations, Histogram
from dbkit.pool.statistics import CloseReason, PoolRecorder, RefusalReason

PRESENT: Any = {"size": 3, "idle": 1, "in_use": 2, "waiting": 0, "size_min": 1, "size_max": 4, "waiting_max": 8}

seconds = st.one_of(st.floats(0, 100), st.sampled_from(BOUNDS_SECONDS))


def histogram(*times: float) -> Histogram:
    durations = Durations()
    for time in times:
        durations.note(time)
    return durations.fold()


@given(st.lists(seconds), st.lists(seconds))
def test_a_histogram_counts_as_prometheus_does(first: list[float], second: list[float]) -> None:
    durations = Durations()
    for part in (first, second):
        for time in part:
            durations.note(time)
        counted = durations.fold()
    times = [*first, *second]
    assert counted.count == len(times)
    assert counted.sum_seconds == pytest.approx(sum(times))
    assert counted.cumulated == tuple(sum(time <= bound for time in times) for bound in BOUNDS_SECONDS)
    by_bucket = [0] * (len(BOUNDS_SECONDS) + 1)
    for time in times:
        by_bucket[bisect_left(BOUNDS_SECONDS, time)] += 1
    assert counted.by_bucket() == tuple(by_bucket)


@given(st.lists(seconds, min_size=1), st.floats(0.01, 1))
def test_a_quantile_lies_in_the_bucket_of_the_time_at_its_rank(times: list[float], share: float) -> None:
    at_rank = sorted(times)[max(0, -int(-share * len(times) // 1) - 1)]
    quantile = histogram(*times).quantile_seconds(share)
    bucket = min(bisect_left(BOUNDS_SECONDS, at_rank), len(BOUNDS_SECONDS) - 1)
    assert quantile is not None
    assert (0.0, *BOUNDS_SECONDS)[bucket] <= quantile <= BOUNDS_SECONDS[bucket] + 1e-12


def test_a_histogram_of_nothing_has_no_mean_and_no_quantile() -> None:
    assert Histogram().mean_seconds is None
    assert Histogram().quantile_seconds(0.99) is None


@given(st.lists(seconds), st.lists(seconds))
def test_what_was_counted_since_an_earlier_look(first: list[float], second: list[float]) -> None:
    since = histogram(*first, *second).since(histogram(*first))
    alone = histogram(*second)
    assert (since.cumulated, since.count) == (alone.cumulated, alone.count)
    assert since.sum_seconds == pytest.approx(alone.sum_seconds, abs=1e-6)


def test_a_recorder_tells_everything_with_its_reasons() -> None:
    recorder = PoolRecorder()
    recorder.taken(0.0)
    recorder.given_back(0.3, 0.2)
    recorder.opened(0.02)
    recorder.open_failed("unavailable")
    recorder.closed(CloseReason.BROKEN)
    recorder.refused(RefusalReason.QUEUE_FULL)
    recorder.refused(RefusalReason.QUEUE_FULL)
    recorder.state_changed(is_up=False)
    told = recorder.snapshot(**PRESENT)
    assert (told.size, told.idle, told.in_use, told.waiting) == (3, 1, 2, 0)
    assert (told.is_up, told.outages, told.opened) == (False, 1, 1)
    assert told.open_failures == {"unavailable": 1, "authentication_failed": 0}
    assert told.closed == {**dict.fromkeys(CloseReason, 0), CloseReason.BROKEN: 1}
    assert told.refused == {**dict.fromkeys(RefusalReason, 0), RefusalReason.QUEUE_FULL: 2}
    assert (told.wait, told.hold) == (histogram(0.0), histogram(0.3))
    assert (told.server, told.opening) == (histogram(0.2), histogram(0.02))
    recorder.state_changed(is_up=True)
    assert recorder.snapshot(**PRESENT).is_up


def test_a_snapshot_stays_as_it_was() -> None:
    recorder = PoolRecorder()
    before = recorder.snapshot(**PRESENT)
    recorder.taken(1.0)
    recorder.closed(CloseReason.IDLE)
    assert (before.wait, before.closed[CloseReason.IDLE]) == (Histogram(), 0)
    assert recorder.snapshot(**PRESENT).wait.count == 1


def test_eight_threads_lose_nothing_while_others_look() -> None:
    recorder = PoolRecorder()
    calls, stopped = 20_000, threading.Event()
    counts: list[int] = []

    def work(seed: int) -> None:
        random_ = random.Random(seed)
        for _ in range(calls):
            recorder.taken(random_.random())
            recorder.given_back(1.0, 0.5)
            recorder.refused(RefusalReason.DEADLINE)

    def look() -> None:
        while not stopped.is_set():
            counts.append(recorder.snapshot(**PRESENT).hold.count)

    watcher = threading.Thread(target=look)
    watcher.start()
    workers = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    stopped.set()
    watcher.join()
    told = recorder.snapshot(**PRESENT)
    assert told.wait.count == told.hold.count == told.server.count == 8 * calls
    assert (told.hold.sum_seconds, told.server.sum_seconds) == (8 * calls, 4 * calls)
    assert told.refused[RefusalReason.DEADLINE] == 8 * calls
    assert counts == sorted(counts)


def test_what_is_noted_while_somebody_counts_is_kept_for_later() -> None:
    recorder = PoolRecorder()
    with recorder._folding:  # as where a signal handler interrupts who counts
        for _ in range(1_000):
            recorder.taken(0.0)
            recorder.given_back(0.1, 0.1)
            recorder.closed(CloseReason.SHUT_DOWN)
    told = recorder.snapshot(**PRESENT)
    assert (told.wait.count, told.hold.count, told.closed[CloseReason.SHUT_DOWN]) == (1_000, 1_000, 1_000)


def test_memory_stays_bounded_where_nobody_looks() -> None:
    recorder = PoolRecorder()
    for _ in range(10_000):
        recorder.taken(0.0)
        recorder.given_back(0.1, 0.1)
        recorder.opened(0.1)
        recorder.open_failed("unavailable")
    noted = (recorder._wait, recorder._hold, recorder._server, recorder._opening, recorder._open_failures)
    assert max(map(len, noted)) <= 256
