"""Migrations under traffic: both commands do the same, services call, and figures are judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.document import write_document
from benchmarks.migrate.commands import Ran
from benchmarks.migrate.figures import ALEMBIC, DBKIT, KINDS, PLAIN_POOL, Findings
from benchmarks.migrate.measure import SCENES
from benchmarks.migrate.musts import migrate_verdicts
from benchmarks.migrate.stage import Scale, staged
from benchmarks.migrate.traffic import Stalls
from benchmarks.results import ASYNC, SYNC, Observation, Results

_WIDENED = "widening_failed"
_TINY = Scale(1, 1, 1, 3_000, 2, 1, 1)
_PAGE = "Prose.\n\n<!-- migrations: begin -->\nold\n<!-- migrations: end -->\n\nMore prose.\n"


def test_the_scenes_do_the_work_with_both_commands() -> None:
    findings = Findings()
    with staged(_TINY) as stage:
        for name, scene in SCENES.items():
            if name != "lines":
                scene.play(stage, findings)
    assert not any(figure.is_least for figure in findings.figures.values())
    ways = {name: {way for found, _, way in findings.figures if found == name} for name, _, _ in findings.figures}
    assert ways == {
        "busy_seconds": {DBKIT, ALEMBIC},
        "busy_stall": {DBKIT, ALEMBIC},
        _WIDENED: {DBKIT, PLAIN_POOL},
        "filling_seconds": {DBKIT, ALEMBIC},
        "filling_part": {DBKIT},
        "filling_stall": {DBKIT, ALEMBIC},
    }
    widened = [(key, figure) for key, figure in findings.figures.items() if key[0] == _WIDENED]
    failed = {(way, colour): figure.values[0] for (_, colour, way), figure in widened}
    assert failed.pop((PLAIN_POOL, SYNC)) > 0
    assert failed == {(DBKIT, SYNC): 0, (DBKIT, ASYNC): 0}


def _results(*figures: Observation) -> Results:
    results = Results(1, migrations=list(figures))
    results.migrate_verdicts += migrate_verdicts(results)
    return results


@pytest.mark.parametrize(
    ("name", "values", "met"),
    [
        ("busy_seconds", [1.0, 9.0], True),
        ("busy_seconds", [1.0, 11.0, 1.0], False),
        ("filling_part", [1.0, 1.2, 2.0], True),
        ("status_seconds", [0.3, 0.41, 0.5], False),
    ],
)
def test_dbkits_command_is_judged_by_its_limits(name: str, values: list[float], met: bool) -> None:
    results = _results(Observation(name, "", DBKIT, values), Observation(name, "", ALEMBIC, [99.0]))
    assert [verdict.met for verdict in results.migrate_verdicts] == [met]
    assert results.is_met is met


def test_a_command_that_failed_meets_nothing() -> None:
    assert not _results(Observation("line_seconds", "", DBKIT, [0.1], is_least=True)).is_met


def test_a_stall_counts_where_the_command_was_running() -> None:
    stalls = Stalls()
    stalls.calls += [(0.0, 5.0), (9.5, 10.2), (12.0, 12.1), (19.9, 20.4), (21.0, 29.0)]
    assert stalls.longest(Ran(10.0, 20.0, done=True)) == pytest.approx(0.7)


def test_a_run_replaces_its_own_tables_of_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(_PAGE)
    write_document(_results(Observation("line_seconds", "", DBKIT, [5.0, 4.0, 7.0])), page)
    assert f"| {KINDS['line_seconds'].title} | {DBKIT} |  | 5 s | 4 s | 7 s | 3 |" in page.read_text()
    assert "\nold\n" not in page.read_text()
