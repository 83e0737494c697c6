"""The size of the next batch."""

from __future__ import annotations

from dbkit.migrate.backfill.size import BATCH_SECONDS, BatchSize


def settled(seconds_per_row: float) -> int:
    size = BatchSize()
    for _ in range(30):
        size.took(size.rows * seconds_per_row)
    return size.rows


def test_it_comes_to_what_takes_the_time_of_a_batch() -> None:
    rows = settled(5e-6)
    assert BATCH_SECONDS / 2 <= rows * 5e-6 <= BATCH_SECONDS


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
    size.took(BATCH_SECONDS * 2)
    assert size.rows == 1
    for _ in range(20):
        size.took(0.001)
    assert size.rows == 50_000
