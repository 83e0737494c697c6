"""What a run says of its measurements."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.document import write_document
from benchmarks.durations import duration
from benchmarks.musts import verdicts
from benchmarks.picture import draw
from benchmarks.results import ASYNC, SYNC, Measurement, Peak, Results
from benchmarks.table import grids

_PAGE = "# Title\n\nProse.\n\n<!-- results: begin -->\nold\n<!-- results: end -->\n\nMore prose.\n"


@pytest.fixture
def results() -> Results:
    """dbkit's get takes half the time of the hand-written one in sync, and as long in async."""
    measurements = [
        Measurement("get", SYNC, "dbkit", "call", [1e-4, 2e-4, 9e-4]),
        Measurement("get", SYNC, "hand-written", "call", [2e-4, 4e-4, 4e-4]),
        Measurement("get", ASYNC, "dbkit", "call", [2e-4, 2e-4, 2e-4]),
        Measurement("get", ASYNC, "hand-written", "call", [2e-4, 2e-4, 2e-4]),
        Measurement("get", ASYNC, "asyncpg", "call", [3e-4, 3e-4, 3e-4]),
    ]
    return Results(3, "15.0", measurements=measurements)


def test_the_ratio_is_the_median_of_the_rounds_ratios(results: Results) -> None:
    assert results.ratio("get", SYNC, "dbkit", "hand-written") == 0.5
    assert results.ratio("get", SYNC, "dbkit", "asyncpg") is None


def test_each_must_about_what_was_measured_is_judged(results: Results) -> None:
    judged = {(verdict.what, verdict.colour): verdict.met for verdict in verdicts(results)}
    assert judged == {
        ("get: time of hand-written", SYNC): True,
        ("get: time of hand-written", ASYNC): False,
        ("get: time of asyncpg", ASYNC): True,
    }


def test_results_become_json_tables_and_a_picture(results: Results, tmp_path: Path) -> None:
    results.peaks.append(Peak(SYNC, "dbkit", 1_000, 2**20))
    results.verdicts += verdicts(results)
    document = json.loads(results.as_json())
    assert document["measurements"][0]["median_seconds"] == 2e-4
    assert document["machine"]["postgresql"] == "15.0"
    titles = [grid.title.partition(":")[0] for grid in grids(results)]
    assert titles == ["sync", "async", "Memory taken at most while iterating", "Musts"]
    draw(results, tmp_path / "results.png")
    assert (tmp_path / "results.png").read_bytes().startswith(b"\x89PNG")


def test_a_run_replaces_the_tables_of_the_page_only(results: Results, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(_PAGE)
    write_document(results, page)
    once = page.read_text()
    write_document(results, page)
    assert page.read_text() == once
    assert once.startswith("# Title\n\nProse.\n\n<!-- results: begin -->")
    assert once.endswith("<!-- results: end -->\n\nMore prose.\n")
    assert "200 us (0.50)" in once
    assert "old" not in once


@pytest.mark.parametrize(("seconds", "text"), [(2.5, "2.5 s"), (0.0123, "12.3 ms"), (61.25e-6, "61.2 us")])
def test_a_duration_is_in_the_unit_that_suits_it(seconds: float, text: str) -> None:
    assert duration(seconds) == text
