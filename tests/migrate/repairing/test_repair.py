"""After an accident: what is wrong is named, and what can be proved is repaired."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from dbkit.migrate.errors import HistoryEdited
from dbkit.migrate.repairing.diagnosing import Diagnosis
from dbkit.migrate.report import Report
from dbkit.migrate.running.history import entries
from dbkit.types.errors import ConfigurationInvalid
from tests.cli.run import Command
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection, place
from tests.migrate.test_sum import git

Repairing = Callable[..., Diagnosis]
Running = Callable[..., Report]
REASON = "seen by two of us"
A, B, C = "20240101000001", "20240101000002", "20240101000003"


def words(found: Diagnosis) -> list[tuple[str, bool]]:
    return [(each.kind, each.act is not None) for each in found.proposals]


def invalid(connection: Connection, index: str) -> None:
    connection.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = %s::regclass", (index,))


def test_all_is_well(run: Running, line: LineFolder, repair: Repairing) -> None:
    line.tables("a", "b")
    run(count=1)
    found = repair()
    assert (found.proposals, found.is_well) == ((), True)
    assert str(found).endswith(f"it is at {A} create_a")


def test_an_edit_is_shown_and_taken_for_a_reason(
    run: Running, line: LineFolder, repair: Repairing, connection: Connection
) -> None:
    line.tables("a", "b", "c")
    git(line.folder, "init", "--initial-branch=main")
    git(line.folder, "add", ".")
    git(line.folder, "commit", "--message", "all")
    run(count=2)
    recorded = entries(connection)[A].hash
    path = line.path(A, "create_a")
    path.write_text(path.read_text().replace('"""Create a."""', '"""Create the table a."""'))
    line.hash()
    with pytest.raises(HistoryEdited, match="`dbkit migrate repair` shows the edit"):
        run()
    found = repair()
    (edit,) = found.proposals
    assert edit.what.startswith("20240101000001_create_a.py is not as applied")
    assert '-"""Create a."""\n+"""Create the table a."""' in edit.detail
    assert edit.proof.startswith("its schema is f1:")
    with pytest.raises(ConfigurationInvalid, match="is no reason"):
        repair(applies=True)
    assert repair(applies=True, reason=REASON).is_well
    note = entries(connection)[A].note
    assert note.startswith(f"hash {recorded} accepted as h1:")
    assert note.endswith(f"UTC: {REASON}")
    assert run().pending == 0


def test_an_edit_that_changes_the_schema_is_not_taken(run: Running, line: LineFolder, repair: Repairing) -> None:
    line.tables("a", "b")
    run()
    path = line.path(A, "create_a")
    path.write_text(path.read_text().replace("id int", "id bigint"))
    line.hash()
    found = repair(applies=True, reason=REASON)
    assert words(found) == [("history", False), ("place", False)]
    assert "put the files back" in found.proposals[0].does
    assert "git has no version of it with the hash h1:" in found.proposals[0].detail
    assert "column a.id" in found.proposals[1].detail
    assert not found.is_well


def test_indexes_that_are_not_valid(run: Running, line: LineFolder, repair: Repairing, connection: Connection) -> None:
    line.add("a", "CREATE TABLE a (id int)", 'CREATE INDEX "Of A" ON a (id)')
    run()
    invalid(connection, '"Of A"')
    connection.execute("CREATE INDEX ix_ccnew ON a (id); CREATE INDEX stray ON a (id)")
    invalid(connection, "ix_ccnew")
    invalid(connection, "stray")
    found = repair()
    assert [each.does for each in found.proposals] == [
        'REINDEX INDEX CONCURRENTLY "Of A"',
        "DROP INDEX CONCURRENTLY ix_ccnew",
        "DROP INDEX CONCURRENTLY stray",
    ]
    repair(applies=True)
    assert repair().is_well
    assert connection.execute("SELECT count(*) FROM pg_index WHERE NOT indisvalid").fetchone() == (0,)


@pytest.mark.parametrize(
    "row", [A, C, None, "two", "20300101000001"], ids=["behind", "ahead", "none", "two", "unknown"]
)
def test_a_version_row_that_does_not_fit_the_schema(
    run: Running, line: LineFolder, repair: Repairing, connection: Connection, row: str | None
) -> None:
    line.tables("a", "b", "c")
    run(count=2)
    connection.execute("DELETE FROM alembic_version")
    for each in (A, B) if row == "two" else (row,) if row else ():
        connection.execute("INSERT INTO alembic_version VALUES (%s)", (each,))
    found = repair()
    assert words(found) == [("place", True)]
    assert found.proposals[0].does == f"have the version table and the history say {B} create_b"
    assert repair(applies=True, reason=REASON).place == f"{B} create_b"
    assert place(connection) == [B]
    assert [entries(connection)[id].direction for id in (A, B)] == ["up", "up"]
    assert run().pending == 0


def test_the_history_says_what_was_marked(
    run: Running, line: LineFolder, repair: Repairing, connection: Connection
) -> None:
    line.tables("a", "b")
    run()
    connection.execute("DROP TABLE b")
    assert repair(applies=True, reason=REASON).is_well
    entry = entries(connection)[B]
    assert (entry.direction, entry.note, place(connection)) == ("down", f"repaired: {REASON}", [A])


def test_places_that_differ_in_rows_alone_are_not_guessed(
    run: Running, line: LineFolder, repair: Repairing, connection: Connection
) -> None:
    line.tables("a")
    line.add("fill", "INSERT INTO a VALUES (1)", phase="DATA")
    line.tables("c")
    run(count=2)
    connection.execute("DELETE FROM alembic_version")
    found = repair(applies=True, reason=REASON)
    assert words(found) == [("place", False)]
    assert found.proposals[0].does.endswith(f"{A} create_a; {B} fill")
    assert repair(applies=True, reason=REASON, to="fill").is_well
    assert place(connection) == [B]


def test_an_index_build_that_was_stopped(
    run: Running, line: LineFolder, repair: Repairing, connection: Connection
) -> None:
    line.tables("a")
    line.add("index", ">create_index_concurrently('ix', 'a (id)')", transactional=False)
    run(count=1)
    begun = "INSERT INTO dbkit_migration_step VALUES (%s, 'up', 1, 'x', 'begun', now(), NULL, '{}')"
    connection.execute(begun, (B,))
    connection.execute("CREATE INDEX ix ON a (id)")
    invalid(connection, "ix")
    assert words(repair(applies=True, reason=REASON)) == [("index", False), ("half_done", False)]
    assert run().pending == 0
    assert repair().is_well


def test_a_revision_that_was_stopped(run: Running, line: LineFolder, repair: Repairing, connection: Connection) -> None:
    line.tables("a")
    line.add("b", ">add_column('a', 'b', 'int')", ">add_column('a', 'c', 'int')", transactional=False)
    run(count=1)
    begun = (
        "INSERT INTO dbkit_migration_step VALUES (%s, 'up', 1, 'x', 'begun', now(), NULL, '{\"statement\": \"ALTER\"}')"
    )
    connection.execute(begun, (B,))
    connection.execute("ALTER TABLE a ADD COLUMN b int")
    found = repair(applies=True, reason=REASON)
    assert words(found) == [("half_done", False)]
    assert found.proposals[0].does == "`dbkit migrate apply`: it goes on where it stopped"
    connection.execute("ALTER TABLE a ADD COLUMN c int")
    found = repair(applies=True, reason=REASON)
    assert (words(found), place(connection)) == ([("place", True)], [B])
    assert connection.execute("SELECT count(*) FROM dbkit_migration_step").fetchone() == (0,)
    assert repair().is_well


def test_the_command(dbkit: Command, run: Running, line: LineFolder, connection: Connection, postgres_url: str) -> None:
    line.tables("a", "b")
    run()
    connection.execute("DELETE FROM alembic_version")
    command = f"migrate repair {postgres_url} --dev-url {postgres_url} --line {line.folder}"
    found = dbkit(command)
    assert found.code == 1
    assert found.out.splitlines()[-1] == '1 can be repaired: --apply --reason "..."'
    assert json.loads(dbkit(f"{command} --json").out)["findings"][0]["kind"] == "place"
    assert dbkit(f"{command} --apply").code == 2
    assert dbkit(f"{command} --apply --reason", REASON).code == 0
    well = dbkit(command)
    assert (well.code, well.out.startswith("all is well with postgresql://")) == (0, True)
