"""The parts of a release: what each applies, where it stops, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from dbkit.migrate.deploys.errors import ExpandPending
from dbkit.migrate.deploys.part import Part
from dbkit.migrate.lock import Holder
from dbkit.migrate.report import Options, Report, Watch
from dbkit.migrate.runner import down
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection, lock_of_runners, place

EXPAND, CONTRACT = Options(part=Part.EXPAND), Options(part=Part.CONTRACT)


@pytest.fixture
def releases(line: LineFolder) -> LineFolder:
    """Two releases: expand, data, two contracts; expand, contract."""
    line.tables("a")
    line.add("fill_a", "INSERT INTO a VALUES (1)", phase="DATA")
    line.add("require_a", "ALTER TABLE a ALTER id SET NOT NULL", phase="CONTRACT")
    line.add("drop_a", "DROP TABLE a", phase="CONTRACT")
    line.tables("b")
    line.add("drop_b", "DROP TABLE b", phase="CONTRACT")
    return line


def test_deploys_one_by_one(run: Callable[..., Report], releases: LineFolder) -> None:
    """Each job has the line of its release's image; a second run of it finds nothing to do."""
    rest = [releases.path(each, slug) for each, slug in (("20240101000005", "create_b"), ("20240101000006", "drop_b"))]
    texts = [path.read_text() for path in rest]
    for path in rest:
        path.unlink()
    releases.hash()
    assert _slugs(run(options=EXPAND)) == ["create_a", "fill_a"]
    assert _slugs(run(options=EXPAND)) == []
    assert _slugs(run(options=CONTRACT)) == ["require_a", "drop_a"]
    assert run(options=CONTRACT).pending == 0
    for path, text in zip(rest, texts, strict=True):
        path.write_text(text)
    releases.hash()
    reports = [run(options=EXPAND), run(options=EXPAND), run(options=CONTRACT), run(options=CONTRACT)]
    assert [_slugs(report) for report in reports] == [["create_b"], [], ["drop_b"], []]
    assert [report.finding for report in reports] == [""] * 4


def test_another_release_behind_the_contracts_is_found(run: Callable[..., Report], releases: LineFolder) -> None:
    report = run(options=EXPAND)
    assert _slugs(report) == ["create_a", "fill_a"]
    assert "create_b (expand) is of another release, behind 20240101000004 drop_a" in report.finding
    again = run(options=EXPAND)
    assert (_slugs(again), again.finding) == ([], report.finding)


def test_contracts_stop_before_the_next_release(run: Callable[..., Report], releases: LineFolder) -> None:
    run(options=EXPAND)
    report = run(options=CONTRACT)
    assert (_slugs(report), report.pending, report.finding) == (["require_a", "drop_a"], 2, "")


def test_contracts_before_their_expand_are_refused(
    run: Callable[..., Report], releases: LineFolder, connection: Connection
) -> None:
    run(count=1)
    with pytest.raises(ExpandPending, match=r"fill_a \(data\) comes before the contracts") as caught:
        run(options=CONTRACT)
    assert "--phase expand" in str(caught.value)
    assert place(connection) == ["20240101000001"]


class Waiting(Watch):
    """Counts down the jobs that wait for another runner, and lets that one go when all do."""

    def __init__(self, jobs: int, last: Callable[[], object]) -> None:
        self._arrivals = Barrier(jobs, last)

    def waiting(self, holder: Holder) -> None:
        self._arrivals.wait(timeout=20)


@pytest.mark.parametrize(("options", "pending"), [(EXPAND, 4), (CONTRACT, 2)])
def test_jobs_at_once_share_one_part(
    run: Callable[..., Report], releases: LineFolder, connection: Connection, options: Options, pending: int
) -> None:
    """The part is that of when a job came, whoever applies it: none goes on into the next release."""
    if options is CONTRACT:
        run(options=EXPAND)
    assert lock_of_runners(connection)
    watch = Waiting(3, lambda: connection.execute("SELECT pg_advisory_unlock_all()"))
    with ThreadPoolExecutor(3) as jobs:
        reports = [job.result() for job in [jobs.submit(run, options=options, watch=watch) for _ in range(3)]]
    assert [report.pending for report in reports] == [pending] * 3
    assert sum(len(report.steps) for report in reports) == 2


def test_a_goal_and_a_part_hold_both(run: Callable[..., Report], releases: LineFolder) -> None:
    report = run(to="fill_a", options=EXPAND)
    assert (_slugs(report), report.finding) == (["create_a", "fill_a"], "")
    assert _slugs(run(count=1, options=CONTRACT)) == ["require_a"]


def test_an_empty_database_may_take_everything(run: Callable[..., Report], releases: LineFolder) -> None:
    first = Options(part=Part.EXPAND, all_if_empty=True)
    assert run(count=1).pending == 5
    assert run(options=first).finding != ""
    run(down, to="base")
    report = run(options=first)
    assert (len(report.steps), report.pending, report.finding) == (6, 0, "")


def test_without_a_part_everything_is_applied(run: Callable[..., Report], releases: LineFolder) -> None:
    report = run()
    assert (len(report.steps), report.pending, report.finding) == (6, 0, "")


def _slugs(report: Report) -> list[str]:
    return [step.revision.slug for step in report.steps]
