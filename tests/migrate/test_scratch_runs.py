"""Commands that prove something with a revision end with it, and name it: where it never ends, or is no proof."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dbkit.migrate.adopting.adopting import How, adopt
from dbkit.migrate.checkpoints.errors import CheckpointDiffers
from dbkit.migrate.checkpoints.writing import write_checkpoint
from dbkit.migrate.draft import draft_from_models
from dbkit.migrate.errors import BranchesClash, ExtensionMissing, RevisionEndless
from dbkit.migrate.line import Line
from dbkit.migrate.rebase import rebase
from dbkit.migrate.report import StepReport
from dbkit.migrate.runner import apply
from dbkit.migrate.scratch_runs import UnderWay
from tests.cli.conftest import dbkit
from tests.cli.run import Command
from tests.migrate.foreign.shop import Project, Written
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection

__all__ = ["dbkit"]

A, B = "20240101000001", "20240101000002"
SLEEPS = "SELECT pg_sleep(3600)"
SETS_ITS_OWN = "SET statement_timeout = 0; SELECT pg_sleep(3600)"
BOUND = 0.3
# On a busy machine a revision's time may be over before that of its statement.
LATE = r"( \(line \d+\): a statement did not end within 0\.3 s|: it did not end within 0\.6 s)"

Go = Callable[..., Any]


@pytest.fixture
def go(request: pytest.FixtureRequest, line: LineFolder, postgres_url: str, connection: Connection) -> Go:
    """Run a command on the line with a small bound."""
    run: Callable[..., Any] = request.param
    connection.execute("CREATE TABLE a (id int)")
    return partial(run, line, postgres_url)


def go_rebase(line: LineFolder, url: str, seconds_max: float = BOUND) -> None:
    rebase(line.folder, own=["bad"], dev_url=url, seconds_max=seconds_max)


def go_checkpoint(line: LineFolder, url: str, seconds_max: float = BOUND) -> None:
    write_checkpoint(line=line.folder, dev_url=url, seconds_max=seconds_max)


def go_adopt(line: LineFolder, url: str, seconds_max: float = BOUND) -> None:
    adopt(url, line=line.folder, dev_url=url, how=How(only_looks=True, seconds_max=seconds_max))


def go_draft(line: LineFolder, url: str, seconds_max: float = BOUND) -> None:
    draft_from_models(line.folder, dev_url=url, seconds_max=seconds_max)


ALL = pytest.mark.parametrize("go", [go_rebase, go_checkpoint, go_adopt, go_draft], indirect=True)


def add_bad(line: LineFolder, statement: str, **more: Any) -> None:
    """Append two such revisions and nothing else, so that no other one can be late: a rebase begins with the second."""
    line.add("bad", statement, **more)
    line.add("theirs", statement, **more)


@contextmanager
def in_time() -> Iterator[None]:
    began = time.monotonic()
    yield
    # It would be an hour, or never: the bound is what ends it.
    assert time.monotonic() - began < 300


@ALL
@pytest.mark.parametrize("statement", [SLEEPS, SETS_ITS_OWN], ids=["statement", "with a timeout of its own"])
def test_statements_that_never_end(go: Go, line: LineFolder, statement: str) -> None:
    add_bad(line, statement)
    with in_time(), pytest.raises(RevisionEndless, match=rf"(bad|theirs){LATE}") as caught:
        go()
    assert caught.value.exit_code == 1
    assert "--timeout SECONDS" in caught.value.to_do
    assert [each.slug for each in Line.read(line.folder).revisions] == ["bad", "theirs"]
    assert not (line.folder / "checkpoints").exists()


def test_a_statement_that_never_ends_without_a_transaction(line: LineFolder, postgres_url: str) -> None:
    add_bad(line, SLEEPS, transactional=False)
    with in_time(), pytest.raises(RevisionEndless, match="theirs: it did not end"):
        go_rebase(line, postgres_url)


@ALL
def test_python_that_never_ends(go: Go, line: LineFolder, endless: str) -> None:
    add_bad(line, endless)
    with in_time(), pytest.raises(RevisionEndless, match=r"(bad|theirs): it did not end within 0\.6 s"):
        go()


def test_a_loop_of_python_leaves_others_alone(line: LineFolder, postgres_url: str, connection: Connection) -> None:
    line.add("bad", "> exec('while True: pass')")
    with pytest.raises(RevisionEndless, match=rf"{A} bad: it did not end within 0\.6 s"):
        go_checkpoint(line, postgres_url)
    line.path(A, "bad").unlink()
    line.tables("a")
    assert len(apply(postgres_url, line=line.folder).steps) == 1


def test_what_it_has_left_behind_is_gone(line: LineFolder, postgres_url: str, connection: Connection) -> None:
    # Others of these tests may be under way on the same server.
    add_bad(line, SETS_ITS_OWN.replace("3600", "3599"))
    with pytest.raises(RevisionEndless):
        go_checkpoint(line, postgres_url)
    sleeping = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(3599)%' AND pid <> pg_backend_pid()"
    assert connection.execute(sleeping).fetchone() == (0,)


def test_time_counts_while_a_revision_is_under_way(line: LineFolder) -> None:
    line.tables("a")
    (revision,) = Line.read(line.folder).revisions
    heard: list[StepReport] = []
    under_way = UnderWay(heard.append)
    assert under_way.since < under_way.since
    under_way.begins(revision)
    assert under_way.since == under_way.since
    under_way.ends(StepReport(revision, 0.1, 1))
    assert under_way.since < under_way.since
    assert [each.revision for each in heard] == [revision]


@ALL
def test_an_extension_that_is_not_there(go: Go, line: LineFolder) -> None:
    add_bad(line, "CREATE EXTENSION absent_everywhere")
    with pytest.raises(ExtensionMissing, match=r"(bad|theirs) \(line \d+\): it needs the extension absent_") as caught:
        go(60.0)
    assert (caught.value.exit_code, caught.value.to_do) == (1, "Give --dev-url a server that has it.")


def test_the_runner_names_the_extension_too(line: LineFolder, postgres_url: str) -> None:
    line.add("bad", 'CREATE EXTENSION IF NOT EXISTS "absent-everywhere"')
    with pytest.raises(ExtensionMissing, match=r'it needs the extension "absent-everywhere", which the server lacks'):
        apply(postgres_url, line=line.folder)


READS = ("CREATE TABLE b (id int)", ">os.environ.get('TEAM')")


def test_a_rebase_of_what_reads_the_environment_proves_nothing(line: LineFolder, postgres_url: str) -> None:
    line.tables("a")
    line.add("bad", *READS)
    line.tables("theirs")
    says = rf"{B} bad: does something else where that is another thing: line \d+: it reads os.environ"
    with pytest.raises(BranchesClash, match=says):
        go_rebase(line, postgres_url, 60.0)
    reason = "the variable is the same in all of our environments"
    done = rebase(line.folder, own=["bad"], dev_url=postgres_url, order_matters=reason)
    assert [each.slug for each in Line.read(line.folder).revisions] == ["create_a", "create_theirs", "bad"]
    assert done.proof is not None
    assert done.proof.works_behind


def test_no_checkpoint_stands_for_what_reads_the_environment(line: LineFolder, postgres_url: str) -> None:
    line.add("reads", *READS)
    with pytest.raises(CheckpointDiffers, match=rf"{A} reads \(line \d+\): it reads os.environ"):
        go_checkpoint(line, postgres_url)
    assert not (line.folder / "checkpoints").exists()


def test_who_is_adopted_is_told_what_depends_on_the_environment(
    line: LineFolder, postgres_url: str, connection: Connection
) -> None:
    line.add("reads", *READS)
    line.tables("c")
    connection.execute("CREATE TABLE b (id int)")
    found = adopt(postgres_url, line=line.folder, dev_url=postgres_url)
    assert found.notes == (f"what these do depends on where they run, and was seen here alone: {A} reads",)


def test_a_downgrade_that_never_ends_is_no_header(tmp_path: Path, postgres_url: str, connection: Connection) -> None:
    project = Project(tmp_path / "slow")
    project.write(Written("cccc3333", "add b", 'op.execute("CREATE TABLE b ()")', f'op.execute("{SLEEPS}")'))
    connection.execute("CREATE TABLE b ()")
    how = How(drafts_headers=True, only_looks=True, seconds_max=BOUND)
    with in_time(), pytest.raises(RevisionEndless, match=rf"cccc3333 .*{LATE}"):
        adopt(postgres_url, line=project.folder, dev_url=postgres_url, how=how)


def test_a_check_of_what_never_ends(line: LineFolder, postgres_url: str, dbkit: Command) -> None:
    line.add("slow", "SELECT 1")
    apply(postgres_url, line=line.folder)
    path = line.path(A, "slow")
    path.write_text(path.read_text().replace("SELECT 1", SLEEPS))
    line.hash()
    run = dbkit(f"migrate check {postgres_url} --timeout {BOUND} --dev-url {postgres_url} --line {line.folder}")
    assert run.code == 1
    assert re.search(f"{A} slow{LATE}", run.err)


def test_a_downgrade_that_never_ends_is_not_begun(line: LineFolder, postgres_url: str, dbkit: Command) -> None:
    line.add("slow", "CREATE TABLE a (id int)", undo=(SLEEPS,))
    apply(postgres_url, line=line.folder)
    with in_time():
        run = dbkit(f"migrate down {postgres_url} --timeout {BOUND} --dev-url {postgres_url} --line {line.folder}")
    assert run.code == 1
    assert re.search(f"{A} slow{LATE}", run.err)


@pytest.mark.parametrize("command", ["rebase bad", "checkpoint", "adopt {url} --dry-run", "repair {url}"])
def test_the_commands(
    line: LineFolder, postgres_url: str, connection: Connection, dbkit: Command, command: str
) -> None:
    connection.execute("CREATE TABLE a (id int)")
    add_bad(line, SLEEPS)
    where = f"--timeout {BOUND} --dev-url {postgres_url} --line {line.folder}"
    run = dbkit(f"migrate {command.format(url=postgres_url)} {where}")
    assert run.code == 1
    assert re.search(f"(bad|theirs){LATE}", run.err)
