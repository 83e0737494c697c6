"""Revisions without a transaction: what is known of one that stopped."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dbkit.migrate.report import Report
from dbkit.migrate.status import status
from dbkit.types.errors import AlreadyExists
from tests.migrate.lines import LineFolder
from tests.migrate.running.ears import Heard
from tests.migrate.runs import Connection

ROWS = "SELECT number, state, detail ->> 'statement' FROM dbkit_migration_step ORDER BY number"
CREATE = ">has_table('a') or op.execute(\"CREATE TABLE a AS SELECT 1 AS id, 'secret' AS s FROM generate_series(1, 2)\")"


def test_one_that_stopped_is_told_of_and_goes_on(
    run: Callable[..., Report], line: LineFolder, connection: Connection, postgres_url: str
) -> None:
    line.tables("first")
    index = ">create_index_concurrently('ix', 'a (id)', unique=True)"
    line.add("resumable", CREATE, index, transactional=False)
    first = Heard()
    with pytest.raises(AlreadyExists) as caught:
        run(watch=first)
    assert getattr(caught.value, "exit_code", None) == 1
    assert first.events[-1]["resumable"]
    assert first.events[-1]["error"]["code"] == "already_exists"
    built = "CREATE UNIQUE INDEX CONCURRENTLY ix ON a (id)"
    assert connection.execute(ROWS).fetchall() == [
        (1, "done", "CREATE TABLE a AS SELECT ? AS id, ? AS s FROM generate_series(?, ?)"),
        (2, "failed", built),
    ]
    why = "SELECT detail ->> 'error' FROM dbkit_migration_step WHERE state = 'failed'"
    assert connection.execute(why).fetchall() == [("UniqueViolation",)]
    found = status(postgres_url, line=line.folder)
    assert found is not None
    assert found.as_json()["resumable"]
    connection.execute("DELETE FROM a WHERE ctid = '(0,1)'")
    second = Heard()
    assert run(watch=second).pending == 0
    said = second.of("note")[0]["text"]
    assert said.startswith("20240101000002 resumable was stopped before: 1 statement had been done, and this was under")
    assert said.endswith(built)
    assert connection.execute(ROWS).fetchall() == []


def test_a_statement_inside_of_a_transaction_is_not_done_before_that(
    run: Callable[..., Report], line: LineFolder, connection: Connection
) -> None:
    line.tables("first")
    body = (">with atomically():", ">    op.execute('CREATE TABLE a (id int)')", ">    op.execute('SELECT 1 / 0')")
    line.add("together", *body, transactional=False)
    with pytest.raises(Exception, match="together"):
        run()
    assert [row[1] for row in connection.execute(ROWS).fetchall()] == ["in transaction"]


def test_a_repeated_statement_has_one_row(run: Callable[..., Report], line: LineFolder, connection: Connection) -> None:
    line.tables("first")
    body = (">for _ in range(9):", ">    op.execute('INSERT INTO first VALUES (1)')", "DROP TABLE nothing")
    line.add("repeats", *body, transactional=False)
    with pytest.raises(Exception, match="repeats"):
        run()
    rows = connection.execute(
        "SELECT number, state, detail ->> 'times' FROM dbkit_migration_step ORDER BY 1"
    ).fetchall()
    assert rows == [(1, "done", "8"), (2, "failed", None)]
