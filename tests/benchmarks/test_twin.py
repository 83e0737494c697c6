"""The twin and its peers: they do the same work, and their figures are judged."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest

from benchmarks.document import write_document
from benchmarks.results import ASYNC, MORE, PLAIN_DICT, SQLITE, SYNC, Growth, Peak, Results
from benchmarks.rows import new_connections, new_tenant
from benchmarks.twin.blocks import FIRST_PAGE, RESTORE, RESTORE_MANY, SNAPSHOT, VERBS, Stock
from benchmarks.twin.measure import shelves
from benchmarks.twin.musts import twin_verdicts
from benchmarks.twin.reset import reset_figures
from benchmarks.twin.shelf import twins_of
from benchmarks.twin.sqlite import Sqlite
from benchmarks.ways.catalogue import DBKIT
from dbkit.types import Connection, ConnectionFilter

_PAGE = "Prose.\n\n<!-- twin: begin -->\nold\n<!-- twin: end -->\n\nMore prose.\n"


def test_the_twin_in_both_colours_and_sqlite_do_the_same_work() -> None:
    tenant = new_tenant("twin")
    sqlite, twins, stock = Sqlite(tenant), twins_of(tenant), Stock(tenant.project.id)
    rows = new_connections(tenant.project.id, 200)
    for store in (sqlite.add, twins[SYNC].database.connections.create_many, stock.add):
        store(rows)
    for colour, twin in twins.items():
        block = stock.block(Random(1))
        for verb in VERBS:
            if hasattr(sqlite, verb.method):
                getattr(sqlite, verb.method)(verb.arguments(block))
            done = getattr(twin, verb.method)(verb.arguments(block))
            if colour == ASYNC:
                asyncio.run(done)
    held = twins[SYNC].database.connections.iterate(ConnectionFilter(project_id=tenant.project.id))
    assert list(map(_given, held)) == list(map(_given, sqlite.iterate()))
    sqlite.close()


def test_each_way_is_measured_at_each_size() -> None:
    with shelves((150, 300)) as filled:
        assert [held.rows for held in filled.holdings] == [150, 300]
        growths = filled.measure(rounds=1)
    found = {(growth.way, growth.colour, growth.verb) for growth in growths}
    common = {verb.title for verb in VERBS} - {FIRST_PAGE}
    own = common | {FIRST_PAGE, SNAPSHOT, RESTORE, RESTORE_MANY}
    twins = {(DBKIT, colour): own for colour in (SYNC, ASYNC, MORE)}
    ways = {**twins, (SQLITE, SYNC): common, (PLAIN_DICT, SYNC): {"get"}}
    assert found == {(*way, title) for way, titles in ways.items() for title in titles}
    assert all(min(growth.seconds_by_rows.values()) > 0 for growth in growths if growth.colour != MORE)
    assert all(growth.seconds_by_rows.keys() == {150, 300} for growth in growths)


def _judged(*growths: Growth) -> list[tuple[str, bool]]:
    return _verdicts(Results(1, growths=list(growths)))


def _verdicts(results: Results) -> list[tuple[str, bool]]:
    return [(verdict.what, verdict.met) for verdict in twin_verdicts(results)]


@pytest.mark.parametrize(("microseconds", "met"), [(24.0, True), (26.0, False)])
def test_a_call_is_judged_by_its_time_alone(microseconds: float, met: bool) -> None:
    alone, beside = ([Growth("create", SYNC, DBKIT, {10_000: seconds})] for seconds in (microseconds * 1e-6, 99e-6))
    assert _verdicts(Results(1, alone=alone, growths=beside)) == [("create, 10,000 rows", met)]


@pytest.mark.parametrize(("microseconds", "met"), [(299.0, True), (301.0, False)])
def test_a_page_of_many_rows_is_judged_beside_the_others(microseconds: float, met: bool) -> None:
    assert ("page of 50, 1,000,000 rows", met) in _judged(
        Growth("page of 50", SYNC, DBKIT, {10_000: 100e-6, 1_000_000: microseconds * 1e-6})
    )


@pytest.mark.parametrize(("microseconds", "met"), [(1.9, True), (2.1, False)])
def test_async_is_judged_by_what_it_adds(microseconds: float, met: bool) -> None:
    more = Growth("update", MORE, DBKIT, {10_000: microseconds * 1e-6})
    assert _verdicts(Results(1, alone=[more])) == [("update, 10,000 rows: more than sync", met)]


@pytest.mark.parametrize(
    ("verb", "most", "met"),
    [("create", 39e-6, True), ("create", 41e-6, False), ("get", 41e-6, True), ("get", 50e-6, False)],
)
def test_growth_is_judged_by_the_logarithm_and_lookups_without_a_dicts_time(verb: str, most: float, met: bool) -> None:
    growth = Growth(verb, SYNC, DBKIT, {1_000: 20e-6, 1_000_000: most})
    plain = Growth("get", SYNC, PLAIN_DICT, {1_000: 1e-6, 1_000_000: 4e-6})
    assert (f"{verb}, growth from 1,000 to 1,000,000 rows", met) in _judged(growth, plain)


def test_a_reset_is_judged_by_its_time() -> None:
    results = Results(1, resets=list(reset_figures(3)))
    assert [each.what for each in results.resets] == [
        "reset of the twin, 126 rows written",
        "a new twin for the next test",
    ]
    assert [verdict.what for verdict in twin_verdicts(results)] == ["reset of the twin, 126 rows written: dbkit"]


def test_memory_is_judged_at_a_million_rows() -> None:
    results = Results(1, holdings=[Peak(SYNC, DBKIT, rows, 4_100_000_000) for rows in (100_000, 1_000_000)])
    assert [(verdict.what, verdict.met) for verdict in twin_verdicts(results)] == [("memory of 1,000,000 rows", False)]


def test_a_run_of_the_twin_replaces_its_own_table_and_picture_only(tmp_path: Path) -> None:
    results = Results(1, growths=[Growth("get", SYNC, DBKIT, {1_000: 2e-6, 1_000_000: 4e-6})])
    results.holdings.append(Peak(SYNC, DBKIT, 1_000_000, 1_250_000_000))
    page = tmp_path / "page.md"
    page.write_text(_PAGE)
    write_document(results, page)
    assert page.read_text().startswith("Prose.\n\n<!-- twin: begin -->")
    assert "| get | dbkit, sync | 2 us | 4 us |" in page.read_text()
    assert "| 1,000,000 | 1,250 MB | 1,250 B |" in page.read_text()
    assert "\nold\n" not in page.read_text()
    assert (tmp_path / "page-twin.png").read_bytes().startswith(b"\x89PNG")


def _given(value: Connection) -> dict[str, object]:
    return value.model_dump(exclude={"created_at", "updated_at"})
