"""Estimates hold what was measured, and ranges read well."""

from __future__ import annotations

import pytest

from dbkit.migrate.forecast.ranges import NOTHING, Range, bytes_words, count_words, seconds_words
from dbkit.migrate.forecast.rates import BUILD, REWRITE, SCAN, WRITE, Rate

# Rows, bytes of the table, bytes of its indexes: PostgreSQL 15, everything in memory.
WIDE, NARROW, FAT = (500_000, 83.7e6, 22.5e6), (1_000_000, 84.5e6, 45.0e6), (150_000, 136.6e6, 6.8e6)


@pytest.mark.parametrize(
    ("rate", "table", "seconds", "wal_bytes"),
    [
        (SCAN, WIDE, 0.048, 0),
        (SCAN, NARROW, 0.106, 0),
        (SCAN, FAT, 0.051, 0),
        (BUILD, WIDE, 0.142, 10.3e6),
        (BUILD, WIDE, 0.265, 3.7e6),
        (BUILD, NARROW, 0.530, 20.5e6),
        (BUILD, FAT, 0.431, 1.0e6),
        (REWRITE, WIDE, 0.791, 116.9e6),
        (REWRITE, WIDE, 1.354, 124.9e6),
        (REWRITE, NARROW, 2.849, 169.4e6),
        (REWRITE, FAT, 0.890, 141.1e6),
        (WRITE, WIDE, 2.696, 332.1e6),
        (WRITE, NARROW, 8.152, 503.5e6),
        (WRITE, FAT, 1.359, 311.8e6),
    ],
)
def test_what_was_measured_is_within_the_bounds(
    rate: Rate, table: tuple[int, float, float], seconds: float, wal_bytes: float
) -> None:
    rows, size, index_size = table
    time, wal = rate.seconds(rows, size), rate.wal_bytes(rows, size + index_size)
    assert time.low <= seconds <= time.high
    assert time.low > seconds / 8
    assert wal.low <= wal_bytes <= wal.high


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.02, 0.02, "20 ms"),
        (0.02, 0.5, "20 to 500 ms"),
        (0.02, 3, "20 ms to 3 s"),
        (90, 90, "90 s"),
        (60, 600, "60 s to 10 min"),
        (3600, 9000, "60 min to 2.5 h"),
    ],
)
def test_times(low: float, high: float, words: str) -> None:
    assert seconds_words(Range(low, high)) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(0, 0, "0 B"), (512, 2048, "512 B to 2.0 kB"), (3e6, 8e6, "3.0 to 8.0 MB"), (41e9, 41e9, "41 GB")],
)
def test_sizes(low: float, high: float, words: str) -> None:
    assert bytes_words(Range(low, high)) == words


def test_counts() -> None:
    assert [count_words(each) for each in (12, 4_000, 41_200_000, 3e9)] == [
        "12",
        "4,000",
        "41.2 million",
        "3.0 billion",
    ]


def test_ranges_add_up() -> None:
    assert NOTHING + Range(1, 2) + Range(3, 5) == Range(4, 7)
    assert Range(1 / 3, 2000.4).as_json() == [0.333, 2000.0]
