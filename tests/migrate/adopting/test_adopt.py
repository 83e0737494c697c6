"""Databases and projects that were there before are taken over, with a proof of what they are."""

from __future__ import annotations

import json
from collections.abc import Callable

import psycopg
import pytest

from dbkit.migrate.adopting.adopting import Adopted
from dbkit.migrate.adopting.errors import NotAdoptable
from dbkit.migrate.bookkeeping import ensure
from dbkit.migrate.errors import HistoryEdited
from dbkit.migrate.line import Line
from dbkit.migrate.report import Report
from dbkit.migrate.runner import apply
from dbkit.migrate.running.history import entries
from dbkit.migrate.sum import write
from tests.cli.run import Command
from tests.migrate.foreign.shop import Project
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection, has, place
from tests.migrations.command import GONE, WAITS, started, wait_until

Adopting = Callable[..., Adopted]
A, B, C = "20240101000001", "20240101000002", "20240101000003"


@pytest.fixture
def live(line: LineFolder, connection: Connection) -> LineFolder:
    """A line of three tables, and a database with rows in which somebody has made the first two."""
    line.tables("a", "b", "c")
    connection.execute("CREATE TABLE a (id int); CREATE TABLE b (id int); INSERT INTO b VALUES (1), (2)")
    return line


def test_the_place_is_found_and_written(
    live: LineFolder, connection: Connection, adopt: Adopting, run: Callable[..., Report]
) -> None:
    found = adopt(only_looks=True)
    assert (found.place.count, found.stamped, has(connection, "alembic_version")) == (2, False, False)
    done = adopt()
    assert (done.stamped, done.history_rows, done.notes) == (True, 2, ())
    assert done.proof.startswith("its schema is f1:")
    assert (place(connection), {each.note for each in entries(connection).values()}) == ([B], {"adopted"})
    assert connection.execute("SELECT count(*) FROM b").fetchone() == (2,)
    assert [step.revision.id for step in run().steps] == [C]


def test_what_differs_is_named(live: LineFolder, connection: Connection, adopt: Adopting) -> None:
    connection.execute("ALTER TABLE b ADD COLUMN note text; CREATE INDEX ix ON a (id)")
    with pytest.raises(NotAdoptable) as caught:
        adopt()
    assert caught.value.happened == (
        f"no place of the line has its schema; {B} create_b, the nearest, differs in 2 objects: column b.note, index ix"
    )
    assert caught.value.exit_code == 1
    assert not has(connection, "alembic_version")


def test_places_that_differ_in_rows_alone_need_a_word(
    line: LineFolder, connection: Connection, adopt: Adopting
) -> None:
    line.tables("a")
    line.add("fill", "INSERT INTO a VALUES (1)", phase="DATA")
    connection.execute("CREATE TABLE a (id int)")
    with pytest.raises(NotAdoptable, match=f"differ in rows alone: {A} create_a; {B} fill"):
        adopt()
    done = adopt(to="fill")
    assert place(connection) == [B]
    assert done.notes == (f"a schema says nothing of rows, so what these did is not proved: {B} fill",)


def test_a_database_that_has_nothing(line: LineFolder, adopt: Adopting) -> None:
    line.tables("a")
    with pytest.raises(NotAdoptable, match="has nothing yet"):
        adopt()


def test_a_change_meanwhile_is_noticed(
    live: LineFolder, connection: Connection, adopt: Adopting, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dbkit.migrate.adopting import adopting

    def slip(*arguments: object) -> list[str]:
        connection.execute("ALTER TABLE a ADD COLUMN late int")
        return []

    monkeypatch.setattr(adopting, "_notes", slip)
    with pytest.raises(Exception, match="was changed by somebody while it was looked at"):
        adopt()
    assert not has(connection, "alembic_version")


def test_an_alembic_project_keeps_its_rows_and_gets_a_history(
    small: Project, connection: Connection, adopt: Adopting, postgres_url: str
) -> None:
    upgrade(small, postgres_url)
    done = adopt(small.line, drafts_headers=True)
    assert (done.stamped, done.hashed, done.history_rows) == (False, True, 2)
    assert [str(each) for each in done.drafts] == [
        "aaaa1111 create_a: # phase: expand",
        "bbbb2222 fill_a: # phase: data",
    ]
    assert place(connection) == ["bbbb2222"]
    read = Line.read(small.line)
    assert (read.must_be_hashed, [each.header.phase for each in read.revisions]) == (True, ["expand", "data"])
    small.add("cccc3333", 'op.create_index("ix", "a", ["id"])', 'op.drop_index("ix")')
    write(Line.read(small.line))
    assert adopt(small.line, drafts_headers=True).drafts[0].lines == ("# phase: expand", "# downgrade: lossless")
    assert len(apply(postgres_url, line=small.line).steps) == 1
    path = small.file("aaaa1111")
    path.write_text(path.read_text() + "# edited\n")
    assert adopt_refuses(postgres_url, small)


def upgrade(project: Project, url: str) -> None:
    """Have Alembic make the database."""
    given = url.replace("postgresql:", "postgresql+psycopg:", 1).replace("%", "%%")
    project.ini.write_text(project.ini.read_text().replace("driver://user:pass@localhost/dbname", given))
    project.upgrade(url, "head")


def adopt_refuses(url: str, project: Project) -> bool:
    write(Line.read(project.line))
    with pytest.raises(HistoryEdited, match="aaaa1111"):
        apply(url, line=project.line)
    return True


def test_a_project_whose_database_is_another(
    small: Project, connection: Connection, adopt: Adopting, postgres_url: str
) -> None:
    upgrade(small, postgres_url)
    connection.execute("ALTER TABLE a ALTER id TYPE bigint")
    with pytest.raises(NotAdoptable, match=r"its row says so, and bbbb2222 fill_a differs in 1 objects: column a\.id"):
        adopt(small.line)
    assert not (small.line / "dbkit.sum").exists()


def test_the_command(dbkit: Command, live: LineFolder, connection: Connection, postgres_url: str) -> None:
    command = f"migrate adopt {postgres_url} --dev-url {postgres_url} --line {live.folder}"
    assert dbkit(f"{command} --dry-run").out.startswith("postgresql://")
    assert not has(connection, "alembic_version")
    done = json.loads(dbkit(f"{command} --json").out)
    assert (done["revision"], done["stamped"], done["history_rows"]) == (B, True, 2)
    connection.execute("DROP TABLE alembic_version, b")
    connection.execute("CREATE TABLE d ()")
    refused = dbkit(command)
    assert (refused.code, refused.out) == (1, "")


def test_a_run_that_is_killed_leaves_nothing(
    live: LineFolder, connection: Connection, adopt: Adopting, postgres_url: str
) -> None:
    ensure(connection)
    with connection.transaction():
        connection.execute("LOCK dbkit_migration_history IN ACCESS EXCLUSIVE MODE")
        rest = ("--dev-url", postgres_url, "--line", str(live.folder))
        with started("adopt", postgres_url, *rest) as process, psycopg.connect(postgres_url, autocommit=True) as looker:
            wait_until(looker, WAITS)
            process.kill()
            process.wait()
            wait_until(looker, GONE)
    assert not has(connection, "alembic_version")
    assert adopt().history_rows == 2
    assert connection.execute("SELECT count(*) FROM b").fetchone() == (2,)
