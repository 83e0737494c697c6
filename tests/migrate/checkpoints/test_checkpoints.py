"""New databases begin from a checkpoint, which makes what the revisions make; others never see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dbkit.migrate.catalog import Catalog
from dbkit.migrate.checkpoints.errors import CheckpointFailed, CheckpointStale
from dbkit.migrate.checkpoints.writing import Made
from dbkit.migrate.deploys.part import Part
from dbkit.migrate.errors import LineChanged
from dbkit.migrate.line import Line
from dbkit.migrate.report import Options, Report
from dbkit.migrate.rows import Rows
from dbkit.migrate.runner import apply, down
from dbkit.migrate.status import status
from dbkit.migrate.sum import SUM_FILE, findings
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection, has, place

Write = Callable[..., Made]
NOTES = "SELECT revision, direction, note FROM dbkit_migration_history ORDER BY id"
ALL = ["20240101000001", "20240101000002", "20240101000003", "20240101000004"]
ANEW = {"customers": frozenset({"token", "since"})}


def checkpoint_of(line: LineFolder) -> Path:
    (path,) = (line.folder / "checkpoints").glob("*.sql")
    return path


def test_a_new_database_is_what_the_revisions_make(
    run: Callable[..., Report], shop: LineFolder, connection: Connection, other: Connection, other_url: str
) -> None:
    report = run()
    assert (report.checkpoint, report.steps, report.pending) == ("checkpoints/20240101000004_rename.sql", (), 0)
    assert str(report).startswith("done: ")
    assert place(connection) == ALL[-1:]
    assert connection.execute(NOTES).fetchall() == [(id, "up", f"from {report.checkpoint}") for id in ALL]
    apply(other_url, line=shop.folder, options=Options(from_zero=True))
    ours, theirs = Catalog.read(connection, rights=True), Catalog.read(other, rights=True)
    assert ours.compare(theirs) == []
    assert list(Rows.read(connection, ours).compare(Rows.read(other, theirs), ANEW)) == []
    for each in (connection, other):
        each.execute(
            """INSERT INTO customers ("e Mail") VALUES ('c'); INSERT INTO orders (day) VALUES ('2024-02-02')"""
        )
        assert each.execute("SELECT max(id) FROM customers").fetchone() == (3,)
        assert each.execute("SELECT max(number) FROM orders").fetchone() == (1002,)


def test_it_goes_on_with_what_follows(run: Callable[..., Report], shop: LineFolder, postgres_url: str) -> None:
    shop.tables("more")
    assert [step.revision.slug for step in run().steps] == ["create_more"]
    assert run(down).after == Line.read(shop.folder).find("rename")
    found = status(postgres_url, line=shop.folder)
    assert found is not None
    assert found.findings == ()
    assert "by dbkit: from checkpoints/20240101000004_rename.sql" in str(found)


def test_a_database_with_any_revision_never_uses_it(run: Callable[..., Report], shop: LineFolder) -> None:
    run(count=1)
    report = run()
    assert (report.checkpoint, len(report.steps)) == ("", 3)


@pytest.mark.parametrize(
    "arguments",
    [{"options": Options(from_zero=True)}, {"count": 3}, {"to": "index"}, {"options": Options(part=Part.EXPAND)}],
    ids=["from zero", "count", "to", "phase"],
)
def test_what_is_asked_for_keeps_meaning_revisions(
    run: Callable[..., Report], shop: LineFolder, arguments: dict[str, Any]
) -> None:
    path = shop.path("20240101000004", "rename")
    path.write_text(path.read_text().replace("Phase.EXPAND", "Phase.CONTRACT"))
    shop.hash()
    report = run(**arguments)
    assert report.checkpoint == ""
    assert len(report.steps) >= 3


def test_the_last_one_on_the_way_is_taken(run: Callable[..., Report], line: LineFolder, write: Write) -> None:
    line.tables("a", "b", "c", "d")
    write("create_a")
    write("create_c")
    assert run(to="create_b").checkpoint == "checkpoints/20240101000001_create_a.sql"
    assert len(run().steps) == 2


def test_the_sum_covers_it_and_the_revisions_do_not_know_of_it(line: LineFolder, write: Write) -> None:
    line.tables("a", "b")
    before = (line.folder / SUM_FILE).read_text().splitlines()
    write("create_a")
    after = (line.folder / SUM_FILE).read_text().splitlines()
    assert after[1:3] == before[1:]
    assert after[3].startswith("checkpoints/20240101000001_create_a.sql h1:")
    line.tables("c")
    assert (line.folder / SUM_FILE).read_text().splitlines()[-1] == after[3]
    checkpoint_of(line).unlink()
    assert findings(Line.read(line.folder)) == ["checkpoints/20240101000001_create_a.sql is missing"]


def test_an_edited_one_is_refused(run: Callable[..., Report], line: LineFolder, write: Write) -> None:
    line.tables("a")
    write()
    path = checkpoint_of(line)
    path.write_text(path.read_text() + "CREATE TABLE more ();\n")
    with pytest.raises(LineChanged, match=r"^checkpoints/20240101000001_create_a\.sql was edited"):
        run()


def test_one_of_other_revisions_stops_new_databases_alone(
    run: Callable[..., Report], line: LineFolder, write: Write, connection: Connection
) -> None:
    line.tables("a")
    write()
    path = line.path("20240101000001", "create_a")
    path.write_text(path.read_text() + "# edited\n")
    line.hash()
    with pytest.raises(CheckpointStale, match="was written for other revisions"):
        run()
    assert not has(connection, "a")
    assert len(run(options=Options(from_zero=True)).steps) == 1
    line.tables("b")
    assert len(run().steps) == 1


def test_what_a_database_does_not_take_leaves_nothing(
    run: Callable[..., Report], line: LineFolder, write: Write, connection: Connection
) -> None:
    line.tables("a", "b")
    write()
    path = checkpoint_of(line)
    path.write_text(path.read_text() + "SELECT 1; SELECT nothing FROM b WHERE 'secret' = '';\n")
    line.hash()
    with pytest.raises(CheckpointFailed) as caught:
        run()
    where = r"line \d+: the server refused it \(UndefinedColumn, 42703\) at nothing FROM b"
    assert re.search(where, str(caught.value))
    assert "secret" not in str(caught.value)
    assert not has(connection, "a")
    assert run(options=Options(from_zero=True)).pending == 0


def test_in_another_schema(shop: LineFolder, connection: Connection, postgres_url: str) -> None:
    connection.execute('CREATE SCHEMA "My Shop"')
    url = f"{postgres_url}{'&' if '?' in postgres_url else '?'}options=-csearch_path%3D%22My%5C%20Shop%22"
    assert apply(url, line=shop.folder).checkpoint
    assert connection.execute('SELECT count(*) FROM "My Shop".orders').fetchone() == (2,)
    assert not has(connection, "customers")


def test_it_is_proved_on_every_version_that_is_installed(made_shop: tuple[Path, Made]) -> None:
    made = made_shop[1]
    assert made.rows == {"customers": 2, "orders": 2}
    assert len(made.majors) >= 2
    assert all(15 <= major <= 18 for major in made.majors)
