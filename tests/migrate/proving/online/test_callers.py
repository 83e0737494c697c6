"""What callers see of a revision that runs beside them: their errors, and how long they waited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from dbkit.migrate.line import Line
from dbkit.migrate.proving.online.callers import Call, Caller
from dbkit.migrate.proving.online.judging import errors, stalls
from dbkit.migrate.proving.online.loading import Load, loaded
from dbkit.migrate.session import Target
from tests.migrate.lines import LineFolder

SCHEMA = (
    "CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL)",
    "CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(50) NOT NULL)",
    "CREATE TABLE notes (words text)",
)
FAILING = {
    "a result of another type": (["ALTER TABLE orders ALTER COLUMN note TYPE varchar(60)"], {"0A000"}),
    "a table that is gone": (["ALTER TABLE orders RENAME TO purchases"], {"42P01"}),
    "a column that rows now need": (
        ["ALTER TABLE orders ADD COLUMN rank int NOT NULL DEFAULT 0, ADD CHECK (rank > 0) NOT VALID"],
        {"23514"},
    ),
}
WORKING = {
    "a table behind a view": [
        "ALTER TABLE customers RENAME TO buyers",
        "CREATE VIEW customers AS SELECT id, name FROM buyers",
    ],
    "a column": ["ALTER TABLE orders ADD COLUMN rank int"],
}

Beside = Callable[[Sequence[str]], Load]


@pytest.fixture
def beside(line: LineFolder, place: Callable[[int], Target]) -> Beside:
    """Apply a revision beside callers of each table."""

    def beside(upgrade: Sequence[str]) -> Load:
        line.add("create_tables", *SCHEMA)
        line.add("change", *upgrade)
        return loaded(place(50), Line.read(line.folder), ("customers", "orders", "notes"), 20.0)

    return beside


@pytest.mark.parametrize("what", FAILING)
def test_callers_tell_what_fails(what: str, beside: Beside) -> None:
    upgrade, states = FAILING[what]
    load = beside(upgrade)
    failed = {sqlstate for caller in load.callers for sqlstate, _, _ in caller.failures}
    assert failed == states
    assert all(each.statement and "of orders fail" in each.what for each in errors(load))


@pytest.mark.parametrize("what", WORKING)
def test_callers_go_on(what: str, beside: Beside) -> None:
    load = beside(WORKING[what])
    assert list(errors(load)) == []
    assert {caller.who for caller in load.callers} == {
        f"{who} of {table}" for who in ("readers", "writers") for table in ("customers", "orders", "notes")
    }
    assert all(any(call.at_seconds > load.ended for call in caller.calls) for caller in load.callers)


def a_load(*, read_seconds: float, write_seconds: float) -> Load:
    reader = Caller("orders", False, ("SELECT",), [], [Call(9.0, 0.001), Call(10.0, read_seconds)], Counter())
    writer = Caller("orders", True, ("UPDATE",), [], [Call(2.0, 7.0), Call(10.0, write_seconds)], Counter())
    return Load((reader, writer), began=10.0, ended=11.0)


def test_who_waits_too_long_is_named() -> None:
    load = a_load(read_seconds=0.31, write_seconds=0.02)
    assert [each.what for each in stalls(load, 80_000, 300)] == [
        "readers of orders stand still for 310 ms with 80000 rows in each table, and 300 ms are allowed"
    ]
    assert list(stalls(load, 80_000, 400)) == []


def test_calls_before_a_revision_are_no_stalls_of_it() -> None:
    load = a_load(read_seconds=0.01, write_seconds=0.02)
    assert (load.stall_seconds(writes=False), load.stall_seconds(writes=True)) == (0.01, 0.02)


def test_latencies_are_kept_over_time() -> None:
    reads, writes = a_load(read_seconds=0.25, write_seconds=0.5).series()
    assert (reads.name, reads.unit, reads.begins, reads.ends) == ("reads", "milliseconds", 8.0, 9.0)
    assert reads.points == ((7.0, 1.0), (8.0, 250.0))
    assert writes.points == ((0.0, 7000.0), (8.0, 500.0))
