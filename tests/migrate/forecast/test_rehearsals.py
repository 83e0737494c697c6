"""A dry run: for real on a copy, while the live database stays as it is."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from dbkit.migrate.errors import RevisionEndless, RevisionFailed
from dbkit.migrate.forecast.rehearsal import Rehearsal, rehearse
from dbkit.migrate.report import Options
from dbkit.migrate.runner import apply
from dbkit.testing.templates import Databases
from tests.cli.run import Command
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection, Ears, has, place

Rehearse = Callable[..., Rehearsal]


@pytest.fixture
def dry(postgres_url: str, line: LineFolder, server: Databases) -> Rehearse:
    """Rehearse the line."""
    return lambda **options: rehearse(postgres_url, line=line.folder, dev_url=server.url_for("postgres"), **options)


def test_the_live_database_stays_as_it_is(
    line: LineFolder, dry: Rehearse, connection: Connection, postgres_url: str
) -> None:
    first, second = line.tables("a", "b")
    apply(postgres_url, line=line.folder, count=1)
    ears = Ears()
    found = dry(watch=ears)
    assert ears.heard == ["create_b done"]
    assert [step.revision.id for step in found.report.steps] == [second]
    assert found.report.database.startswith("a copy of postgresql://")
    assert found.differences == ()
    assert place(connection) == [first]
    assert not has(connection, "b")


def test_an_empty_database(line: LineFolder, dry: Rehearse) -> None:
    line.tables("a", "b", "c")
    assert len(dry(count=2).report.steps) == 2
    assert len(dry(to="create_b").report.steps) == 2


def test_what_never_ends_is_named(line: LineFolder, dry: Rehearse) -> None:
    line.tables("a")
    line.add("slow", "SET statement_timeout = 0; SELECT pg_sleep(3600)")
    with pytest.raises(RevisionEndless, match="slow: it did not end within 4 s") as caught:
        dry(options=Options(statement_seconds=2.0))
    assert "--statement-timeout SECONDS" in caught.value.to_do


def test_what_would_fail_fails(line: LineFolder, dry: Rehearse, postgres_url: str) -> None:
    line.tables("a")
    apply(postgres_url, line=line.folder)
    line.add("mistake", "ALTER TABLE a ADD COLUMN id int")
    with pytest.raises(RevisionFailed, match="mistake"):
        dry()


def test_a_live_schema_that_is_another_is_told(
    line: LineFolder, dry: Rehearse, connection: Connection, postgres_url: str
) -> None:
    line.tables("a", "b")
    apply(postgres_url, line=line.folder, count=1)
    connection.execute("CREATE INDEX by_hand ON a (id)")
    (difference,) = dry().differences
    assert (difference.name, difference.after) == ("index by_hand", None)


def test_the_command(
    dbkit: Command, line: LineFolder, connection: Connection, postgres_url: str, server: Databases
) -> None:
    line.tables("a", "b")
    options = f"{postgres_url} --dry-run --dev-url {server.url_for('postgres')} --line {line.folder}"
    run = dbkit(f"migrate apply {options}")
    assert (run.code, run.err) == (0, "")
    assert "applied 20240101000002 create_b" in run.out
    assert "done: a copy of postgresql://" in run.out
    assert place_is_nowhere(connection)
    apply(postgres_url, line=line.folder, count=1)
    connection.execute("ALTER TABLE a ADD COLUMN by_hand int")
    again = dbkit(f"migrate apply {options} --json")
    assert again.code == 1
    assert "column a.by_hand" in again.err
    told = json.loads(again.out)
    assert (told["dry_run"], [each["object"] for each in told["differences"]]) == (True, ["column a.by_hand"])


def place_is_nowhere(connection: Connection) -> bool:
    return not has(connection, "alembic_version")
