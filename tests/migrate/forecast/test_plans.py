"""What is told of revisions before they run, from the trace, the tables' sizes, and who is there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from dbkit.embedded.locks import ticks
from dbkit.migrate.deploys.part import Part
from dbkit.migrate.errors import DatabaseAhead, RevisionUnknown
from dbkit.migrate.forecast.html import forecast_html
from dbkit.migrate.forecast.model import Forecast, RevisionForecast, Who, WorkKind
from dbkit.migrate.forecast.planning import Wanted, plan, plan_from_files, statistics
from dbkit.migrate.forecast.script import forecast_sql
from dbkit.migrate.forecast.sizes import TableSize
from dbkit.migrate.forecast.statistics import Statistics
from dbkit.migrate.forecast.text import forecast_text
from dbkit.migrate.header import Lock
from dbkit.migrate.line import Line
from dbkit.migrate.runner import apply
from dbkit.migrate.trace.writing import trace_line
from dbkit.testing.templates import Databases
from dbkit.types.errors import ConfigurationInvalid
from tests.cli.run import Command
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection, place

AX = '{"t": Lock.ACCESS_EXCLUSIVE}'
MILLION = TableSize(1_000_000, 160_000_000, 40_000_000)

Told = Callable[..., Forecast]
Last = Callable[..., RevisionForecast]


@pytest.fixture
def told(line: LineFolder, server: Databases) -> Told:
    """Trace the test's line, and plan its last revisions for a table `t` of a million rows."""
    line.add("table", "CREATE TABLE t (id bigint PRIMARY KEY, v int, s varchar(10))", "CREATE TABLE o (id int)")

    def tell(size: TableSize | None = MILLION, **wanted: object) -> Forecast:
        trace_line(line.folder, dev_url=server.url_for("postgres"))
        sizes = None if size is None else Statistics("the twin", "20240101000001", {"t": size})
        return plan_from_files("table", Wanted(**wanted), line=line.folder, sizes=sizes)  # type: ignore[arg-type]

    return tell


@pytest.fixture
def last(told: Told) -> Last:
    """Plan the last revision."""
    return lambda *arguments: told(*arguments).revisions[-1]


def test_what_changes_the_catalogue_alone(line: LineFolder, last: Last) -> None:
    line.add("column", "ALTER TABLE t ADD w int", locks=AX)
    found = last()
    assert found.locks == {"t": Lock.ACCESS_EXCLUSIVE}
    assert found.seconds is not None
    assert found.seconds.high < 0.1
    (wait,) = found.waits
    assert (wait.relation, wait.who) == ("t", Who.ALL)
    assert found.sizes == {"t": MILLION}
    assert found.statements[0].works == ()


@pytest.mark.parametrize(
    ("statement", "kind", "least", "most"),
    [
        ("ALTER TABLE t ALTER v TYPE bigint", WorkKind.REWRITE, 0.8, 20),
        ("ALTER TABLE t ADD CONSTRAINT c CHECK (v > 0)", WorkKind.SCAN, 0.05, 5),
        ("ALTER TABLE t ADD CONSTRAINT u UNIQUE (v)", WorkKind.BUILD, 0.2, 10),
        ("UPDATE t SET v = 1 WHERE s IS NULL", WorkKind.WRITE, 0, 60),
    ],
)
def test_what_takes_long_on_a_large_table(
    line: LineFolder, last: Last, statement: str, kind: WorkKind, least: float, most: float
) -> None:
    line.add("change", statement, phase="DATA")
    found = last()
    work = found.statements[0].works[-1]
    assert (work.kind, work.table) == (kind, "t")
    assert work.seconds is not None
    assert least <= work.seconds.low < work.seconds.high <= most
    assert work.wal_bytes is not None
    small = last(TableSize(1000, 160_000, 40_000)).statements[0].works[-1]
    assert small.seconds is not None
    assert small.seconds.high < work.seconds.high / 100


def test_a_lock_is_held_to_the_end_of_its_transaction(line: LineFolder, last: Last) -> None:
    line.add("both", "ALTER TABLE o ADD w int", "ALTER TABLE t ALTER v TYPE bigint")
    waits = {wait.relation: wait for wait in last().waits}
    assert waits["o"].seconds is not None
    assert waits["t"].seconds is not None
    assert waits["o"].seconds.high > waits["t"].seconds.high > 1


def test_a_lock_of_a_resumable_revision_is_held_for_its_statement(line: LineFolder, last: Last) -> None:
    line.add("steps", ">add_constraint('t', 'c', 'CHECK (v > 0)')", transactional=False)
    found = last()
    (wait,) = found.waits
    assert wait.seconds is not None
    assert wait.seconds.high < 0.1
    assert [work.kind for each in found.statements for work in each.works] == [WorkKind.SCAN]


def test_an_index_that_is_built_beside_others_makes_nobody_wait(line: LineFolder, last: Last) -> None:
    line.add("index", ">create_index_concurrently('ix', 't (v)')", transactional=False)
    found = last()
    assert found.waits == ()
    assert [(work.kind, work.what) for work in found.statements[0].works] == [(WorkKind.BUILD, "ix of t")]


def test_sizes_that_nobody_knows_leave_it_open(line: LineFolder, told: Told) -> None:
    line.add("rewrite", "ALTER TABLE t ALTER v TYPE bigint")
    found = told(None)
    assert (found.seconds, found.wal_bytes) == (None, None)
    assert "no sizes of tables are known" in forecast_text(found)


def test_rows_that_a_statement_holds_are_few(line: LineFolder, last: Last) -> None:
    line.add("rows", "INSERT INTO t (id) VALUES (-1)", phase="DATA")
    assert last().statements[0].works == ()


def test_a_batch_that_found_no_row_in_the_walk_may_find_all_of_them(line: LineFolder, last: Last) -> None:
    line.add("batches", ">in_batches('UPDATE t SET v = 1 WHERE id < 0')", transactional=False, phase="DATA")
    (work,) = [work for each in last().statements for work in each.works if work.kind is WorkKind.WRITE]
    assert work.seconds is not None
    assert (work.seconds.low, work.seconds.high > 10) == (0, True)


def test_a_table_that_is_not_there_yet_counts_as_empty(line: LineFolder, told: Told) -> None:
    line.add("other", "CREATE TABLE z (id int)")
    line.add("index", "CREATE INDEX ix ON z (id)")
    found = told()
    assert found.revisions[-1].sizes == {"z": None}
    assert found.seconds is not None
    assert "z is not there yet" in forecast_text(found)


def test_a_table_that_was_never_analyzed(line: LineFolder, last: Last) -> None:
    line.add("rewrite", "ALTER TABLE t ALTER v TYPE bigint")
    found = last(TableSize(None, 160_000_000, 0))
    assert found.seconds is not None
    assert found.seconds.high > 1


def test_roll_backs_that_are_lost_and_statements_that_break(line: LineFolder, told: Told) -> None:
    line.add("wider", "ALTER TABLE t ALTER s TYPE varchar(20)", locks=AX)
    line.add("drop", "ALTER TABLE t DROP v", downgrade='Lossy(lost="the values", columns=("t.v",))', phase="CONTRACT")
    line.add("more", "ALTER TABLE t DROP s", downgrade='Impossible("it was sealed")', phase="CONTRACT")
    found = told()
    assert found.last_way_back is found.revisions[1]
    assert [each.lost_by_rolling_back for each in found.revisions] == [
        "",
        "taking it back loses the values",
        "it cannot be taken back: it was sealed",
    ]
    text = forecast_text(found)
    assert "prepared statements of running services break once: column t.s: character varying(10)" in text
    assert "from 20240101000003 drop on, a roll-back is not without loss" in text


def test_a_revision_that_was_not_traced_is_told_as_its_header_claims(line: LineFolder, told: Told) -> None:
    told()
    line.add("column", "ALTER TABLE t ADD w int", locks=AX)
    found = plan_from_files("table", Wanted(), line=line.folder)
    (revision,) = found.revisions
    assert (revision.is_traced, revision.seconds) == (False, None)
    assert [(wait.relation, wait.seconds) for wait in revision.waits] == [("t", None)]
    assert "not traced" in forecast_text(found)
    assert "not traced" in forecast_sql(found)


def test_it_chooses_as_apply_does(line: LineFolder, told: Told) -> None:
    line.add("column", "ALTER TABLE t ADD w int", locks=AX)
    line.add("drop", "ALTER TABLE t DROP v", phase="CONTRACT", locks=AX)
    line.add("next", "ALTER TABLE t ADD x int", locks=AX)
    assert [each.revision.slug for each in told(to="drop").revisions] == ["column", "drop"]
    expand = told(part=Part.EXPAND)
    assert [each.revision.slug for each in expand.revisions] == ["column"]
    assert "is of another release" in expand.finding
    with pytest.raises(RevisionUnknown):
        told(to="nowhere")


def test_a_live_database(line: LineFolder, told: Told, connection: Connection, postgres_url: str) -> None:
    line.add("column", "ALTER TABLE t ADD w int", locks=AX)
    told()
    apply(postgres_url, line=line.folder, count=1)
    connection.execute("INSERT INTO t SELECT n, n FROM generate_series(1, 5000) n")
    connection.execute("ANALYZE t")
    found = plan(postgres_url, Wanted(), line=line.folder)
    (revision,) = found.revisions
    size = revision.sizes["t"]
    assert size is not None
    assert (size.rows, size.bytes > 100_000, size.index_bytes > 10_000) == (5000, True, True)
    assert found.sizes_of == found.database
    assert place(connection) == ["20240101000001"]


def test_who_is_in_the_way(line: LineFolder, told: Told, connection: Connection, postgres_url: str) -> None:
    line.add("column", "ALTER TABLE t ADD w int", locks=AX)
    told()
    apply(postgres_url, line=line.folder, count=1)
    with psycopg.connect(postgres_url, application_name="the report") as reader:
        reader.execute("SELECT FROM t")
        # Old enough to be told: a second.
        old = "SELECT clock_timestamp() - xact_start > interval '1 s' FROM pg_stat_activity WHERE pid = %s"
        assert any(connection.execute(old, (reader.info.backend_pid,)).fetchone() == (True,) for _ in ticks(30))
        (revision,) = plan(postgres_url, Wanted(), line=line.folder).revisions
    assert [holder.application_name for holder in revision.blockers] == ["the report"]


def test_a_table_that_is_locked_does_not_keep_it_waiting(
    line: LineFolder, told: Told, connection: Connection, postgres_url: str
) -> None:
    line.add("column", "ALTER TABLE t ADD w int", locks=AX)
    told()
    apply(postgres_url, line=line.folder, count=1)
    connection.execute("INSERT INTO t SELECT n, n FROM generate_series(1, 5000) n")
    connection.execute("VACUUM ANALYZE t")
    with psycopg.connect(postgres_url) as other:
        other.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE")
        (revision,) = plan(postgres_url, Wanted(), line=line.folder).revisions
    size = revision.sizes["t"]
    assert size is not None
    assert (size.rows, size.bytes > 100_000, size.index_bytes > 10_000) == (5000, True, True)


def test_it_leaves_a_read_only_database_alone(line: LineFolder, told: Told, postgres_url: str) -> None:
    told()
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        before = connection.execute("SELECT count(*) FROM pg_class").fetchone()
        plan(
            f"{postgres_url}{'&' if '?' in postgres_url else '?'}options=-cdefault_transaction_read_only%3Don",
            Wanted(),
            line=line.folder,
        )
        assert connection.execute("SELECT count(*) FROM pg_class").fetchone() == before


def test_a_database_of_the_future_is_refused(
    line: LineFolder, told: Told, connection: Connection, postgres_url: str
) -> None:
    told()
    apply(postgres_url, line=line.folder)
    connection.execute("UPDATE alembic_version SET version_num = '20990101000000'")
    with pytest.raises(DatabaseAhead):
        plan(postgres_url, Wanted(), line=line.folder)


def test_statistics_go_to_a_file_and_back(
    line: LineFolder, told: Told, connection: Connection, postgres_url: str, tmp_path: Path
) -> None:
    line.add("column", "ALTER TABLE t ADD w int", locks=AX)
    told()
    apply(postgres_url, line=line.folder, count=1)
    connection.execute("CREATE TABLE p (k int) PARTITION BY RANGE (k)")
    connection.execute("CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (100000)")
    connection.execute("INSERT INTO p SELECT generate_series(0, 9999)")
    connection.execute("ANALYZE")
    found = statistics(postgres_url, line=line.folder)
    assert found.revision == "20240101000001"
    assert found.tables["p"].rows == 10_000
    assert "p1" not in found.tables
    path = tmp_path / "sizes.json"
    path.write_text(json.dumps(found.as_json()))
    assert Statistics.load(path) == found
    planned = plan_from_files(None, Wanted(), line=line.folder, sizes=Statistics.load(path))
    assert [each.revision.slug for each in planned.revisions] == ["column"]
    path.write_text('{"tables": []}')
    with pytest.raises(ConfigurationInvalid, match=r"sizes\.json holds no statistics"):
        Statistics.load(path)


def test_the_script_is_what_runs(line: LineFolder, told: Told, postgres_url: str) -> None:
    line.add("column", "ALTER TABLE t ADD w int", "COMMENT ON COLUMN t.w IS 'a 100% true; comment'", locks=AX)
    line.add("steps", ">set_not_null('t', 'v', check='ck')", transactional=False, locks=AX)
    script = forecast_sql(told())
    assert "-- locks t ACCESS EXCLUSIVE" in script
    apply(postgres_url, line=line.folder, count=1)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(script.encode())
        assert place(connection) == [Line.read(line.folder).revisions[-1].id]
        columns = (
            "SELECT attname::text, attnotnull FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum IN (2, 4)"
        )
        assert connection.execute(columns).fetchall() == [("v", True), ("w", False)]


def test_the_script_says_where_values_are_missing(line: LineFolder, told: Told) -> None:
    line.add("rows", f"INSERT INTO t (id, s) VALUES (1, left('{'x' * 100}', 3))", phase="DATA")
    script = forecast_sql(told())
    assert "-- with values that are not shown:\n-- INSERT INTO t (id, s) VALUES (1, left('xxx" in script
    assert "\nINSERT INTO t" not in script


def test_the_page_needs_nothing_else_and_escapes(line: LineFolder, told: Told) -> None:
    line.add("check", "ALTER TABLE t ADD CONSTRAINT c CHECK (v < 3 AND s <> '<b>&')", locks=AX)
    page = forecast_html(told())
    assert "(v &lt; 3 AND s &lt;&gt; &#x27;&lt;b&gt;&amp;&#x27;)" in page
    assert "prefers-color-scheme: dark" in page
    assert re.findall(r"(?:src|href)=\"(?!#)|url\(|@import|<script", page) == []


def test_the_command(
    dbkit: Command, line: LineFolder, told: Told, connection: Connection, postgres_url: str, tmp_path: Path
) -> None:
    line.add("column", "ALTER TABLE t ADD w int", locks=AX)
    told()
    rest = f"--line {line.folder}"
    apply(postgres_url, line=line.folder, count=1)
    text = dbkit(f"migrate plan {postgres_url} {rest}")
    assert (text.code, text.err) == (0, "")
    assert "1. 20240101000002 column: expand, one transaction" in text.out
    document = json.loads(dbkit(f"migrate plan {postgres_url} --json {rest}").out)
    (revision,) = document["revisions"]
    assert (revision["slug"], revision["locks"]) == ("column", {"t": "ACCESS EXCLUSIVE"})
    assert len(revision["seconds"]) == 2
    page = tmp_path / "plan.html"
    assert dbkit(f"migrate plan {postgres_url} --html {page} {rest}").out == f"wrote {page}\n"
    assert page.read_text().startswith("<!doctype html>")
    sizes = tmp_path / "sizes.json"
    sizes.write_text(dbkit(f"migrate statistics {postgres_url} {rest}").out)
    assert "ALTER TABLE t ADD w int;" in dbkit(f"migrate plan --stats {sizes} --sql {rest}").out
    assert "nothing to do" in dbkit(f"migrate plan --after column {rest}").out
    apply(postgres_url, line=line.folder)
    assert dbkit(f"migrate plan {postgres_url} {rest}").out.startswith("nothing to do: postgresql://")


def test_dbkits_own_line_is_told_from_its_trace_alone() -> None:
    found = plan_from_files("base", Wanted())
    assert len(found.revisions) == len(Line.read().revisions)
    assert all(each.is_traced for each in found.revisions)
    assert forecast_text(found)
    assert forecast_html(found)
    assert forecast_sql(found).count("\nBEGIN;") == forecast_sql(found).count("\nCOMMIT;")
