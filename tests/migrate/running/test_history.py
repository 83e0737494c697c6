"""What a run writes down about itself, and what it finds written."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from dbkit.migrate import bookkeeping
from dbkit.migrate.catalog import Catalog
from dbkit.migrate.errors import HistoryEdited, RevisionFailed
from dbkit.migrate.report import Report
from dbkit.migrate.runner import apply, down
from dbkit.migrate.running.history import entries
from dbkit.migrate.status import status
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection, has

ROWS = "SELECT revision, direction, tries, role, note FROM dbkit_migration_history ORDER BY id"


@pytest.mark.parametrize("transactional", [True, False])
def test_a_row_for_each_way(
    run: Callable[..., Report], line: LineFolder, connection: Connection, transactional: bool
) -> None:
    line.tables("a")
    create = ">has_table('b') or op.execute('CREATE TABLE b (id int)')"
    id = line.add("b", create, undo=("DROP TABLE b",), transactional=transactional)
    run()
    run(down)
    assert connection.execute(ROWS).fetchall() == [
        ("20240101000001", "up", 1, "dbkit", ""),
        (id, "up", 1, "dbkit", ""),
        (id, "down", 1, "dbkit", ""),
    ]
    assert connection.execute("SELECT count(*) FROM dbkit_migration_step").fetchone() == (0,)


def test_what_fails_leaves_no_row(run: Callable[..., Report], line: LineFolder, connection: Connection) -> None:
    line.tables("a")
    line.add("wrong", "SELECT nothing FROM a")
    with pytest.raises(RevisionFailed):
        run()
    assert [row[0] for row in connection.execute(ROWS).fetchall()] == ["20240101000001"]


def test_a_file_that_was_edited_and_hashed_again(
    run: Callable[..., Report], line: LineFolder, connection: Connection, postgres_url: str
) -> None:
    line.tables("a", "b", "c")
    run(count=2)
    path = line.path("20240101000001", "create_a")
    path.write_text(path.read_text() + "# edited\n")
    line.hash()
    for function in (apply, down):
        with pytest.raises(HistoryEdited, match=r"20240101000001_create_a\.py is not as it was applied 20.*by dbkit"):
            run(function)
    found = status(postgres_url, line=line.folder)
    assert found is not None
    assert not found.is_up_to_date
    assert "create_a.py is not as it was" in found.findings[0]
    assert not has(connection, "c")
    connection.execute("UPDATE dbkit_migration_history SET hash = ''")
    assert run().pending == 0


def test_one_that_was_put_in_before_what_is_applied(run: Callable[..., Report], line: LineFolder) -> None:
    line.tables("a", "b")
    run()
    old = line.path("20240101000001", "create_a")
    text = old.read_text()
    line.path("20230101000001", "before").write_text(text.replace("20240101000001", "20230101000001"))
    old.write_text(text.replace("down_revision = None", "down_revision = '20230101000001'"))
    line.hash()
    with pytest.raises(HistoryEdited):
        run()


def test_status_says_when_and_by_whom(run: Callable[..., Report], line: LineFolder, postgres_url: str) -> None:
    line.tables("a")
    run()
    found = status(postgres_url, line=line.folder)
    assert found is not None
    assert " by dbkit" in str(found)
    assert found.as_json()["last"]["direction"] == "up"


def test_the_tables_are_in_no_catalogue(run: Callable[..., Report], line: LineFolder, connection: Connection) -> None:
    before = Catalog.read(connection)
    assert bookkeeping.missing(connection) == list(bookkeeping.TABLES)
    line.tables("a")
    run()
    assert bookkeeping.missing(connection) == []
    connection.execute("DROP TABLE a")
    assert Catalog.read(connection).compare(before) == []


def test_a_role_that_may_not_see_the_history(run: Callable[..., Report], line: LineFolder, postgres_url: str) -> None:
    line.tables("a")
    run()
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        assert set(entries(connection)) == {"20240101000001"}
        connection.execute("SET ROLE pg_monitor")
        assert entries(connection) == {}
