"""A walk along a line: each revision is seen on a filled copy, and held against its header."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from dbkit.embedded.locks import ticks
from dbkit.migrate.errors import RevisionFailed
from dbkit.migrate.header import Lock
from dbkit.migrate.line import Line, own_folder
from dbkit.migrate.trace.agreement import disagreements
from dbkit.migrate.trace.file import TRACE_FILE, Trace, findings, trace_text
from dbkit.migrate.trace.model import RevisionTrace
from dbkit.migrate.trace.walking import walk
from dbkit.migrate.trace.writing import Traced, trace_line
from dbkit.testing.templates import Databases
from tests.migrate.lines import LineFolder
from tests.migrate.trace.conftest import Look

LINE = Line.read()
TABLES = (
    """CREATE TABLE teams (id uuid PRIMARY KEY, slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+$'),
         kind text NOT NULL CHECK (kind IN ('open', 'closed')), lead uuid NOT NULL)""",
    "CREATE TABLE people (id uuid PRIMARY KEY, team uuid NOT NULL REFERENCES teams, age smallint NOT NULL)",
    "ALTER TABLE teams ADD FOREIGN KEY (lead) REFERENCES people",
)
Last = Callable[[], RevisionTrace]
Write = Callable[..., Traced]


@pytest.fixture
def write(line: LineFolder, server: Databases) -> Write:
    """Write the trace of the test's line."""
    return lambda **options: trace_line(line.folder, dev_url=server.url_for("postgres"), **options)


def test_rows_fit_checks_and_references_also_in_circles(line: LineFolder, last: Last) -> None:
    line.add("tables", *TABLES)
    line.add("fill", "UPDATE teams SET kind = 'open'", "UPDATE people SET age = age + 1", phase="DATA")
    found = last()
    assert [each.writes for each in found.statements] == [("teams",), ("people",)]
    assert found.empty == {}


def test_a_table_that_gets_no_rows_is_told(line: LineFolder, last: Last) -> None:
    line.add("table", "CREATE TABLE t (v text NOT NULL CHECK (length(v) = 17))")
    line.add("column", "ALTER TABLE t ADD w int", locks='{"t": Lock.ACCESS_EXCLUSIVE}')
    assert last().empty == {"t": "no rows fit t_v_check"}


def test_a_revision_that_fails_with_rows_is_seen_without(line: LineFolder, last: Last) -> None:
    line.add("table", "CREATE TABLE t (id int PRIMARY KEY)")
    line.add("column", "ALTER TABLE t ADD w int NOT NULL", locks='{"t": Lock.ACCESS_EXCLUSIVE}')
    found = last()
    assert found.empty == {"t": "the revision fails with rows: NotNullViolation"}
    assert found.locks == {"t": Lock.ACCESS_EXCLUSIVE}


def test_one_that_fails_anyway_ends_the_walk(line: LineFolder, last: Last) -> None:
    line.add("nothing", "ALTER TABLE nowhere ADD w int")
    with pytest.raises(RevisionFailed, match=r"20240101000001 nothing: line \d+: UndefinedTable: relation \"nowhere\""):
        last()


def test_an_extension_that_is_not_there_is_named(line: LineFolder, last: Last) -> None:
    line.add("more", "CREATE EXTENSION no_such_extension")
    with pytest.raises(
        RevisionFailed, match="it needs the extension no_such_extension, which the scratch server lacks"
    ):
        last()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DO $$ BEGIN LOOP NULL; END LOOP; END $$", r"line \d+: a statement did not end within 0\.5 s"),
        (">__import__('threading').Event().wait(5)", "it did not end within 1 s"),
    ],
)
def test_what_never_ends_is_bounded_and_named(line: LineFolder, write: Write, statement: str, told: str) -> None:
    line.add("wait", statement)
    with pytest.raises(RevisionFailed, match=f"20240101000001 wait: {told}"):
        write(seconds_max=0.5)
    assert not (line.folder / TRACE_FILE).exists()


def test_batches_and_transactions_of_a_resumable_revision(line: LineFolder, last: Last) -> None:
    line.add("table", "CREATE TABLE t (id int PRIMARY KEY, v int, w int)")
    line.add(
        "steps",
        ">in_batches('UPDATE t SET v = 1 WHERE id IN (SELECT id FROM t WHERE v IS NULL ORDER BY id LIMIT 30)')",
        ">set_not_null('t', 'v', check='ck')",
        transactional=False,
        locks='{"t": Lock.ACCESS_EXCLUSIVE}',
    )
    batch, check, validate, *swap = last().statements
    assert (batch.repeated, batch.writes, batch.transaction) == (True, ("t",), None)
    assert (check.locks, validate.scans) == ({"t": Lock.ACCESS_EXCLUSIVE}, ("t",))
    assert [(each.transaction, each.scans) for each in swap] == [(1, ()), (1, ())]


def test_a_backfill_is_told_without_its_progress(line: LineFolder, last: Last) -> None:
    line.add("table", "CREATE TABLE t (id int PRIMARY KEY, v int)")
    line.add("fill", ">backfill('t', 'v = id', where='v IS NULL')", transactional=False, phase="DATA")
    written = [each for each in last().statements if each.writes]
    assert [(each.writes, each.scans, each.locks) for each in written] == [(("t",), ("t",), {})]
    assert "UPDATE t SET v = id WHERE (v IS NULL)" in written[0].sql


@pytest.mark.parametrize(
    ("statement", "claims", "says"),
    [
        ("ALTER TABLE t ADD w int", {}, "the header says it locks nothing, and it locks t ACCESS EXCLUSIVE"),
        ("SELECT 1", {"locks": '{"t": Lock.SHARE}'}, "the header says it locks t SHARE, and it locks nothing"),
        (
            "DROP TABLE t",
            {"locks": '{"t": Lock.ACCESS_EXCLUSIVE}'},
            "the header says expand, and it takes away table t",
        ),
        (
            "ALTER TABLE t DROP v",
            {"locks": '{"t": Lock.ACCESS_EXCLUSIVE}'},
            "the header says expand, and it takes away column t.v",
        ),
        (
            "ALTER TABLE t ALTER v TYPE bigint",
            {"locks": '{"t": Lock.ACCESS_EXCLUSIVE}'},
            "the header says it rewrites nothing, and it rewrites t",
        ),
        ("COMMIT", {}, "the header says it is transactional, and it ends the transaction itself"),
    ],
)
def test_disagreements(line: LineFolder, write: Write, statement: str, claims: dict[str, str], says: str) -> None:
    line.add("table", "CREATE TABLE t (id int PRIMARY KEY, v int)")
    line.add("change", statement, "SELECT 2", **claims)  # type: ignore[arg-type]
    assert write().disagreements == (f"20240101000002 change: {says}",)


def test_a_view_in_a_tables_place_takes_nothing_away(line: LineFolder, last: Last) -> None:
    line.add("table", "CREATE TABLE t (id int PRIMARY KEY, v int)")
    line.add("rename", "ALTER TABLE t RENAME TO u", "CREATE VIEW t AS SELECT id, v FROM u")
    assert last().takes == ()


def test_types_that_change(line: LineFolder, last: Last) -> None:
    line.add("table", "CREATE TABLE t (id int PRIMARY KEY, v varchar(10) NOT NULL DEFAULT '')")
    line.add("wider", "ALTER TABLE t ALTER v TYPE varchar(20)")
    assert last().retypes == ("column t.v: character varying(10) -> character varying(20)",)


def test_only_what_was_not_seen_is_walked(line: LineFolder, write: Write) -> None:
    line.tables("a", "b")
    assert write().walked == 2
    before = (line.folder / TRACE_FILE).read_text()
    assert write() == Traced(line.folder / TRACE_FILE, 0, (), ())
    line.tables("c")
    again = write()
    assert (again.walked, again.changed) == (1, ("20240101000003_create_c.py",))
    assert (line.folder / TRACE_FILE).read_text().startswith(before)


def test_another_walk_gives_the_same_file(line: LineFolder, write: Write) -> None:
    line.add("tables", *TABLES)
    line.add("column", "ALTER TABLE teams ADD w int", locks='{"teams": Lock.ACCESS_EXCLUSIVE}')
    write()
    before = (line.folder / TRACE_FILE).read_bytes()
    assert write(anew=True).changed == ()
    assert (line.folder / TRACE_FILE).read_bytes() == before
    assert write(check=True).changed == ()


def test_a_stale_trace_is_found_and_not_used(line: LineFolder, write: Write) -> None:
    line.tables("a", "b")
    assert findings(Line.read(line.folder)) == []
    write()
    assert findings(Line.read(line.folder)) == []
    path = line.path("20240101000002", "create_b")
    path.write_text(path.read_text() + "# edited\n")
    line.hash()
    line.tables("c")
    read = Line.read(line.folder)
    (found,) = findings(read)
    assert found.startswith("dbkit.trace has not seen 20240101000002_create_b.py, 20240101000003_create_c.py as it is")
    trace = Trace.read(line.folder)
    assert [trace.of(each) is None for each in read.revisions] == [False, True, True]
    assert trace.recorded(read.revisions[1]) is not None


def test_a_check_writes_nothing(line: LineFolder, write: Write) -> None:
    line.tables("a")
    assert write(check=True).changed == ("20240101000001_create_a.py",)
    assert not (line.folder / TRACE_FILE).exists()


def test_what_is_written_is_read(line: LineFolder, seen: Look, tmp_path: Path) -> None:
    line.add("tables", *TABLES)
    line.add("lines", "CREATE INDEX ix\n  ON people (age)", "ALTER TABLE people ADD x int")
    found = [each.trace for each in seen()]
    (line.folder / TRACE_FILE).write_text(trace_text(found, {}))
    trace = Trace.read(line.folder)
    for revision, expected in zip(Line.read(line.folder).revisions, found, strict=True):
        read = trace.of(revision)
        assert read is not None
        assert read.without_figures() == expected.without_figures()
    assert trace.of(LINE.revisions[0]) is None
    assert Trace.read(tmp_path).of(LINE.revisions[0]) is None


def test_the_environment_comes_back(line: LineFolder, last: Last, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_ENV", "prod")
    monkeypatch.delenv("DBKIT_MASTER_KEY", raising=False)
    line.add("key", ">import dbkit.sealing; dbkit.sealing.key_service()", "SELECT 1")
    last()
    assert os.environ["DBKIT_ENV"] == "prod"
    assert "DBKIT_MASTER_KEY" not in os.environ


def test_nothing_is_left_on_the_server(line: LineFolder, last: Last, server: Databases) -> None:
    query = "SELECT datname FROM pg_database WHERE datname LIKE 'dbkit_scratch_%'"
    with psycopg.connect(server.url_for("postgres"), autocommit=True) as connection:
        before = set(connection.execute(query))
        line.add("nothing", "ALTER TABLE nowhere ADD w int")
        with pytest.raises(RevisionFailed):
            last()
        # Other tests have databases here as well, which go by themselves.
        made = set(connection.execute(query)) - before
        assert any(made.isdisjoint(connection.execute(query)) for _ in ticks(60)), made


def test_dbkits_own_line_is_what_its_headers_say() -> None:
    assert findings(LINE) == []
    trace = Trace.read(own_folder())
    complaints: list[str] = []
    for revision in LINE.revisions:
        found = trace.of(revision)
        assert found is not None
        complaints += disagreements(revision, found)
    assert complaints == []


def test_dbkits_own_trace_is_what_a_walk_sees(server: Databases) -> None:
    """Of the first year; `dbkit migrate trace --check` sees all of it."""
    trace, revisions = Trace.read(own_folder()), LINE.revisions[:20]
    for seen in walk(LINE, revisions, dev_url=server.url_for("postgres")):
        recorded = trace.of(seen.revision)
        assert recorded is not None
        assert recorded.without_figures() == seen.trace.without_figures()
