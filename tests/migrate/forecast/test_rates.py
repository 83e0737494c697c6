"""Estimates are arithmetic: what was measured lies within them, and they grow as PostgreSQL's work does."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from dbkit.migrate.forecast.costs import Key, Server, build, rewrite, scan, update
from dbkit.migrate.forecast.estimating import estimated
from dbkit.migrate.forecast.kinds import Comparison, comparison, conversion_weight, shares_equal_values, width_bytes
from dbkit.migrate.forecast.ranges import NOTHING, Range, bytes_words, count_words, seconds_words
from dbkit.migrate.forecast.rates import GUESSED, Rates, Speed
from dbkit.migrate.forecast.sizes import ColumnSize, IndexSize, TableSize
from dbkit.migrate.trace.model import Statement

# Rows, bytes of the table, bytes of its indexes: PostgreSQL 15, everything in memory.
WIDE, NARROW, FAT = (
    TableSize(500_000, 83_700_000, 22_500_000),
    TableSize(1_000_000, 84_500_000, 45_000_000),
    TableSize(150_000, 136_600_000, 6_800_000),
)
GUESS = Server()
NUMBER, TEXT = Key(("id",)), Key(("words",))
COLUMNS = {
    "id": ColumnSize("bigint", 8, 0.0, -1.0, 0.2),
    "in_order": ColumnSize("bigint", 8, 0.0, -1.0, 1.0),
    "words": ColumnSize("text", 33, 0.0, -1.0, 0.0),
    "kind": ColumnSize("text", 7, 0.0, 5.0, 0.1),
    "amount": ColumnSize("numeric(10,2)", 6, 0.0, 400.0, 0.1),
}
TABLE = TableSize(1_000_000, 110_000_000, 22_000_000, COLUMNS, {"pk": IndexSize(("id",), 22_000_000, unique=True)})
MEASURED = Server(Speed.measured(GUESSED.best))


@pytest.mark.parametrize(("table", "seconds"), [(WIDE, 0.048), (NARROW, 0.106), (FAT, 0.051)])
def test_scans_that_were_measured_are_within_the_guess(table: TableSize, seconds: float) -> None:
    assert is_within(scan(GUESS, table).seconds, seconds)


@pytest.mark.parametrize(
    ("table", "key", "seconds"),
    [(WIDE, NUMBER, 0.142), (WIDE, TEXT, 0.265), (NARROW, NUMBER, 0.530), (FAT, TEXT, 0.431)],
)
def test_builds_that_were_measured_are_within_the_guess(table: TableSize, key: Key, seconds: float) -> None:
    assert is_within(build(GUESS, replace(table, columns=COLUMNS), key).seconds, seconds)


@pytest.mark.parametrize(
    ("table", "seconds", "wal_bytes"),
    [(WIDE, 1.354, 116.9e6), (NARROW, 2.849, 139.4e6), (FAT, 0.890, 141.1e6)],
)
def test_rewrites_that_were_measured_are_within_the_guess(table: TableSize, seconds: float, wal_bytes: float) -> None:
    found = rewrite(GUESS, table)
    assert is_within(found.seconds, seconds)
    assert found.wal_bytes.low <= wal_bytes <= found.wal_bytes.high


@pytest.mark.parametrize(
    ("table", "seconds", "wal_bytes"), [(WIDE, 2.696, 332.1e6), (NARROW, 8.152, 503.5e6), (FAT, 1.359, 311.8e6)]
)
def test_updates_are_of_no_row_or_of_all(table: TableSize, seconds: float, wal_bytes: float) -> None:
    found = update(GUESS, table)
    assert found.seconds.low == found.wal_bytes.low == 0
    assert seconds <= found.seconds.high
    assert wal_bytes <= found.wal_bytes.high
    assert found.disk.kept == Range(0, table.bytes + table.index_bytes)


def test_measured_rates_are_told_within_a_factor_of_two() -> None:
    found = scan(MEASURED, TABLE).seconds
    exact = 1e6 * GUESSED.best.scan_row + 110e6 * GUESSED.best.scan_byte
    assert (found.low, found.high) == (pytest.approx(exact / 2), pytest.approx(exact * 2))


@pytest.mark.parametrize(
    ("parents", "looks"), [(100, 1.0), (10_000, 1.0), (100_000, 1.5), (1_000_000, 3.5), (10_000_000, 5.5)]
)
def test_a_look_into_what_the_processor_has_no_room_for_is_slow(parents: int, looks: float) -> None:
    """Measured: 0.29 microseconds a row for a hash of 100,000 rows, and 0.83 to 1.05 for one of 1,000,000."""
    key = "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES o"
    others = TableSize(parents, 8192, 0)
    found = estimated(Statement(sql=key, scans=("o", "t")), {"t": TABLE, "o": others}, MEASURED)
    (seconds,) = (each.seconds for each in found.works if each.table == "t")
    assert seconds is not None
    row = (seconds.high / 2 - scan(MEASURED, TABLE).seconds.high / 2) / 1e6
    assert row / GUESSED.best.join_row == pytest.approx(looks)


def test_a_sort_grows_by_rows_times_their_logarithm() -> None:
    roomy = replace(MEASURED, sort_bytes=2**40, buffer_bytes=2**40)
    few, many = (
        middle(build(roomy, replace(TABLE, rows=rows, bytes=110 * rows), NUMBER).seconds) for rows in (10**5, 10**7)
    )
    assert 100 < many / few < 100 * math.log2(10**7) / math.log2(10**5)


def test_texts_take_longer_than_numbers_and_what_is_in_order_or_equal_is_soon_sorted() -> None:
    seconds = {name: middle(build(MEASURED, TABLE, Key((name,))).seconds) for name in COLUMNS}
    assert seconds["in_order"] < seconds["id"] < seconds["words"]
    assert seconds["kind"] < seconds["words"] / 2


def test_equal_values_share_an_entry_but_for_types_whose_equals_look_otherwise() -> None:
    kept = {name: build(MEASURED, TABLE, Key((name,))).disk.kept.high for name in COLUMNS}
    assert kept["kind"] < kept["amount"] / 2
    assert kept["id"] == kept["amount"]
    assert [shares_equal_values(each) for each in ("text", "bigint", "numeric", "real", "jsonb")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_part_of_the_rows_is_scanned_whole_and_built_in_part() -> None:
    whole, part = (build(MEASURED, TABLE, replace(NUMBER, part=Range(each, each))) for each in (1.0, 0.1))
    assert middle(scan(MEASURED, TABLE).seconds) < middle(part.seconds) < middle(whole.seconds) / 2
    assert part.disk.kept.high == pytest.approx(whole.disk.kept.high / 10)


def test_what_nobody_knows_of_a_predicate_is_none_to_all() -> None:
    found = build(MEASURED, TABLE, replace(NUMBER, part=Range(0.0, 1.0)))
    assert found.disk.kept.low == 0 < found.disk.kept.high
    assert found.seconds.high / found.seconds.low > 4


def test_an_index_of_another_kind_may_take_ten_times_as_long() -> None:
    tree, other = (build(MEASURED, TABLE, Key(("words",), method=method)).seconds for method in ("btree", "gin"))
    assert (other.low, other.high) == (tree.low, pytest.approx(tree.high * 10))


def test_a_build_beside_others_scans_twice() -> None:
    alone, beside = (build(MEASURED, TABLE, replace(NUMBER, is_concurrent=each)) for each in (False, True))
    assert middle(beside.seconds) > middle(alone.seconds) + middle(scan(MEASURED, TABLE).seconds)


def test_a_sort_without_enough_memory_needs_temporary_files() -> None:
    roomy = replace(MEASURED, sort_bytes=2**30)
    assert build(roomy, TABLE, TEXT).disk.temporary == NOTHING
    narrow = build(MEASURED, replace(TABLE, rows=5_000_000), TEXT)
    assert narrow.disk.temporary.low > MEASURED.sort_bytes
    assert middle(build(MEASURED, replace(TABLE, rows=5_000_000), TEXT).seconds) > middle(
        build(roomy, replace(TABLE, rows=5_000_000), TEXT).seconds
    )


def test_a_rewrite_needs_the_table_and_its_indexes_twice() -> None:
    found = rewrite(MEASURED, TABLE)
    assert found.disk.kept == NOTHING
    assert 100e6 < found.disk.until_commit.low < 132e6 < found.disk.until_commit.high < 160e6
    without = rewrite(MEASURED, replace(TABLE, indexes={}, index_bytes=0))
    assert middle(found.seconds) > middle(without.seconds) + middle(build(MEASURED, TABLE, NUMBER).seconds) / 2


def test_a_rewrite_leaves_out_what_dead_rows_took() -> None:
    bloated = replace(TABLE, bytes=1_100_000_000)
    assert rewrite(MEASURED, bloated).disk.until_commit.high < 200e6
    assert rewrite(MEASURED, replace(bloated, columns={})).disk.until_commit.low > 900e6


def test_new_values_take_their_time() -> None:
    weights = [conversion_weight(each) for each in ("bigint", "numeric(10,2)", "jsonb")]
    plain, *heavier = (middle(rewrite(MEASURED, TABLE, each).seconds) for each in [0.0, *weights])
    assert plain < heavier[0] < heavier[1] < heavier[2]


def test_what_is_not_in_the_buffers_is_read() -> None:
    small = middle(scan(replace(MEASURED, buffer_bytes=2**20), TABLE).seconds)
    assert small > middle(scan(MEASURED, TABLE).seconds)


def test_a_table_that_was_never_analyzed_is_told_by_its_bytes() -> None:
    assert middle(scan(MEASURED, TableSize(None, 8192 * 100, 0)).seconds) == pytest.approx(
        middle(scan(MEASURED, TableSize(6000, 8192 * 100, 0)).seconds)
    )


@pytest.mark.parametrize(
    ("type_", "kind", "width"),
    [
        ("integer", Comparison.NUMBER, 4),
        ("timestamp with time zone", Comparison.NUMBER, 8),
        ("timestamp(3) without time zone", Comparison.NUMBER, 8),
        ("uuid", Comparison.NUMBER, 16),
        ("character varying(50)", Comparison.TEXT, 24),
        ("text[]", Comparison.OTHER, 16),
        ("numeric(12,2)", Comparison.OTHER, 16),
        ("int8", Comparison.NUMBER, 8),
        ("mood", Comparison.OTHER, 16),
    ],
)
def test_types(type_: str, kind: Comparison, width: int) -> None:
    assert (comparison(type_), width_bytes(type_)) == (kind, width)


def test_rates_go_to_a_file_and_back() -> None:
    assert Rates.from_json(GUESSED.best.as_json()) == GUESSED.best
    with pytest.raises(KeyError):
        Rates.from_json({"scan_row": 1})


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


def is_within(span: Range, seconds: float) -> bool:
    """Tell whether a time lies between the bounds, the lower of which is not too far away to say anything."""
    return seconds / 8 < span.low <= seconds <= span.high


def middle(span: Range) -> float:
    return math.sqrt(span.low * span.high)
