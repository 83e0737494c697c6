"""`dbkit migrate trace`, and the commands that know of it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from dbkit.migrate.errors import TraceDamaged
from dbkit.migrate.line import Line
from dbkit.migrate.trace.file import TRACE_FILE, Trace
from dbkit.testing.templates import Databases
from tests.cli.run import Command, Run
from tests.migrate.lines import LineFolder

Say = Callable[[str], Run]


@pytest.fixture
def say(dbkit: Command, line: LineFolder, server: Databases) -> Say:
    """Run `dbkit migrate trace` for the test's line on the tests' server."""
    return lambda more: dbkit(f"migrate trace --line {line.folder} --dev-url {server.url_for('postgres')} {more}")


def test_it_writes_the_file(line: LineFolder, say: Say) -> None:
    line.tables("a", "b")
    path = line.folder / TRACE_FILE
    assert (say("").out, path.is_file()) == (f"saw 2 revisions: {path}\n", True)
    assert say("").out == f"nothing to do: {path}\n"
    assert say("--check").out == f"all is well with {path}\n"


def test_a_header_that_says_else_exits_with_1(line: LineFolder, say: Say) -> None:
    line.tables("a")
    line.add("column", "ALTER TABLE a ADD w int")
    told = say("")
    assert told.code == 1
    assert "20240101000002 column: the header says it locks nothing, and it locks a ACCESS EXCLUSIVE" in told.out
    document = json.loads(say("--json").out)
    assert (document["walked"], len(document["disagreements"])) == (0, 1)


def test_a_file_that_says_else_is_found_by_a_check(line: LineFolder, say: Say) -> None:
    line.tables("a", "b")
    say("")
    path = line.folder / TRACE_FILE
    text = path.read_text().replace("CREATE TABLE b (id int)", "CREATE TABLE b (id bigint)")
    path.write_text(text)
    told = say("--check")
    assert (told.code, told.out) == (1, "dbkit.trace does not say what 20240101000002_create_b.py does\n")
    assert path.read_text() == text


def test_hash_reminds_and_validate_finds(line: LineFolder, say: Say, dbkit: Command) -> None:
    line.tables("a")
    say("")
    line.tables("b")
    stale = "dbkit.trace has not seen 20240101000002_create_b.py as it is now: run `dbkit migrate trace`"
    assert stale in dbkit(f"migrate hash --line {line.folder}").out
    found = dbkit(f"migrate validate --line {line.folder}")
    assert (found.code, stale in found.out) == (1, True)
    say("")
    assert dbkit(f"migrate validate --line {line.folder}").code == 0


def test_a_damaged_file_is_said_to_be_so(line: LineFolder, say: Say, dbkit: Command) -> None:
    line.tables("a", "b")
    say("")
    path = line.folder / TRACE_FILE
    path.write_text(path.read_text().replace('"statements": [', '"statements": [[', 1))
    read = Line.read(line.folder)
    trace = Trace.read(line.folder)
    with pytest.raises(TraceDamaged, match="create_a"):
        trace.of(read.revisions[0])
    assert trace.of(read.revisions[1]) is not None
    assert "dbkit migrate trace" in dbkit(f"migrate plan --after base --line {line.folder}").err
    assert say("").out.startswith("saw 1 revisions")
    assert Trace.read(line.folder).of(read.revisions[0]) is not None


def test_a_conflict_in_the_file_is_a_trace_that_has_to_be_written(line: LineFolder, say: Say) -> None:
    line.tables("a")
    say("")
    path = line.folder / TRACE_FILE
    text = path.read_text()
    path.write_text(f"<<<<<<< ours\n{text}=======\n{text}>>>>>>> theirs\n")
    assert Trace.read(line.folder).of(Line.read(line.folder).revisions[0]) is None
    say("")
    assert path.read_text().count('"revision"') == 1
