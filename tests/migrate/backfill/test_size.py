"""The size of the next batch."""

from __future__ import annotations

import pytest

from dbkit.migrate.backfill.size import BATCH_SECONDS, BatchSize


def settled(seconds_per_row: float) -> int:
    size = BatchSize()
    for _ in range(30):
        size.took(size.rows, size.rows * seconds_per_row)
    return size.rows


def test_it_comes_to_what_takes_the_time_of_a_batch() -> None:
    assert settled(5e-6) * 5e-6 == pytest.approx(BATCH_SECONDS, rel=0.01)


def test_a_single_fast_batch_does_not_make_the_next_one_slow() -> None:
    size = BatchSize(2_400)
    size.took(2_400, BATCH_SECONDS / 2)
    assert size.rows == 3_000
    size.took(3_000, BATCH_SECONDS * 1.25)
    assert size.rows == 2_400


def test_a_single_slow_batch_is_soon_made_up_for() -> None:
    size = BatchSize(2_400)
    size.took(2_400, BATCH_SECONDS * 10)
    assert size.rows == 1_200
    for _ in range(4):
        size.took(size.rows, size.rows * BATCH_SECONDS / 2_400)
    assert size.rows == pytest.approx(2_400, rel=0.01)


def test_it_has_bounds() -> None:
    assert settled(1e-9) == 50_000
    assert settled(0.1) == 100


def test_a_batch_that_is_cut_off_may_lead_to_a_single_row() -> None:
    size = BatchSize()
    for _ in range(5):
        size.cut_off()
    assert size.rows == 1


def test_few_rows_become_more_again() -> None:
    size = BatchSize(1)
    size.took(size.rows, BATCH_SECONDS * 2)
    assert size.rows == 1
    for _ in range(20):
        size.took(size.rows, 0.001)
    assert size.rows == 50_000
