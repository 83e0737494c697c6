"""How long the same revisions took in another database, as its history says, beside how large that one is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dbkit.migrate.forecast.elsewhere import Elsewhere
from dbkit.migrate.forecast.html import forecast_html
from dbkit.migrate.forecast.planning import Wanted, plan_from_files, statistics
from dbkit.migrate.forecast.sizes import TableSize
from dbkit.migrate.forecast.statistics import Statistics
from dbkit.migrate.forecast.text import forecast_text
from dbkit.migrate.runner import apply, down
from dbkit.migrate.trace.writing import trace_line
from dbkit.testing.templates import Databases
from tests.cli.run import Command
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection

FIRST, SECOND = "20240101000001", "20240101000002"
PROD = Statistics("prod", FIRST, {"t": TableSize(2_500, 500_000, 100_000), "o": TableSize(10, 8_192, 0)})
SLOW = """
UPDATE dbkit_migration_history SET started_at = timestamptz '2026-11-20 12:00', waited_seconds = 6,
  finished_at = timestamptz '2026-11-20 12:00:09.1' WHERE revision = %s
"""


@pytest.fixture
def staging(line: LineFolder, server: Databases, postgres_url: str, connection: Connection) -> Statistics:
    """Statistics of a database that has both revisions, and a thousand rows; the second one waited for six seconds."""
    line.add("tables", "CREATE TABLE t (id bigint PRIMARY KEY, v int)", "CREATE TABLE o (id int)", undo=("SELECT 1",))
    locks = "{'t': Lock.SHARE, 'o': Lock.ACCESS_EXCLUSIVE}"
    line.add("index", "CREATE INDEX ix ON t (v)", "ALTER TABLE o ADD v int", undo=("DROP INDEX ix",), locks=locks)
    trace_line(line.folder, dev_url=server.url_for("postgres"))
    apply(postgres_url, line=line.folder)
    connection.execute("INSERT INTO t SELECT n, n FROM generate_series(1, 1000) n")
    connection.execute("ANALYZE t")
    connection.execute(SLOW, (SECOND,))
    return replace(statistics(postgres_url, line=line.folder), database="staging")


def seen(line: LineFolder, *others: Statistics, sizes: Statistics | None = PROD) -> tuple[Elsewhere, ...]:
    """Plan the second revision, and return what it took elsewhere."""
    (revision,) = plan_from_files(FIRST, Wanted(elsewhere=others), line=line.folder, sizes=sizes).revisions
    return revision.elsewhere


def test_a_plan_tells_it_with_the_rows_that_there_are(line: LineFolder, staging: Statistics) -> None:
    (found,) = seen(line, staging)
    assert found == Elsewhere("staging", 3.1, "2026-11-20", "t", 0.4)
    assert str(found) == "took 3.1 s on staging, 2026-11-20; it has 40% of the rows of t now"


def test_it_stands_in_the_text_in_the_page_and_in_the_document(line: LineFolder, staging: Statistics) -> None:
    told = plan_from_files(FIRST, Wanted(elsewhere=(staging,)), line=line.folder, sizes=PROD)
    assert "   took 3.1 s on staging, 2026-11-20; it has 40% of the rows of t now" in forecast_text(told).splitlines()
    assert "took 3.1 s on staging" in forecast_html(told)
    (document,) = told.as_json()["revisions"]
    expected = {"database": "staging", "seconds": 3.1, "at": "2026-11-20", "table": "t", "part": 0.4}
    assert document["elsewhere"] == [expected]


def test_without_sizes_no_part_is_told(line: LineFolder, staging: Statistics) -> None:
    assert [str(each) for each in seen(line, staging, sizes=None)] == ["took 3.1 s on staging, 2026-11-20"]


def test_another_file_of_the_name_tells_nothing(line: LineFolder, staging: Statistics) -> None:
    took = replace(staging.took[SECOND], hash="h1:another")
    assert seen(line, replace(staging, took={SECOND: took}), PROD) == ()


def test_what_was_taken_back_tells_nothing(line: LineFolder, staging: Statistics, postgres_url: str) -> None:
    assert staging.took.keys() == {FIRST, SECOND}
    down(postgres_url, line=line.folder, count=1)
    assert statistics(postgres_url, line=line.folder).took.keys() == {FIRST}


def test_the_command_reads_it_from_a_file(
    dbkit: Command, line: LineFolder, staging: Statistics, tmp_path: Path
) -> None:
    sizes, other = tmp_path / "sizes.json", tmp_path / "staging.json"
    sizes.write_text(json.dumps(PROD.as_json()))
    other.write_text(json.dumps(staging.as_json()))
    assert Statistics.load(other) == staging
    run = dbkit(f"migrate plan --stats {sizes} --elsewhere {other} --line {line.folder}")
    assert (run.code, "took 3.1 s on staging" in run.out) == (0, True), run.err
