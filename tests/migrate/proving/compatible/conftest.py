from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from dbkit.migrate.line import Line
from dbkit.migrate.proving.compatible.check import Compatible
from dbkit.migrate.proving.compatible.judging import Judged, judge
from dbkit.migrate.proving.compatible.playing import Player
from dbkit.migrate.proving.compatible.statements import StatementSet
from dbkit.migrate.proving.model import Outcome
from dbkit.migrate.proving.subject import Subject
from dbkit.migrate.proving.walking import Walk, subjects
from dbkit.migrate.scratch import scratch_database
from dbkit.migrate.session import Target
from dbkit.migrate.trace.filling import fill
from dbkit.testing.templates import Databases
from tests.migrate.lines import LineFolder

Judge = Callable[[StatementSet, Sequence[str], Sequence[str]], Judged]
Prove = Callable[..., Outcome]


@pytest.fixture
def line(tmp_path: Path) -> LineFolder:
    return LineFolder(tmp_path / "line")


@pytest.fixture(scope="module")
def scratch(server: Databases) -> Iterator[Target]:
    """A database for all that is judged: each side has a schema of its own."""
    with scratch_database(Target(server.url_for("postgres"), "the tests' server")) as database:
        yield database


@pytest.fixture
def judged(scratch: Target) -> Judge:
    """Judge statements on a schema with rows before and behind changes."""

    def judged(statements: StatementSet, schema: Sequence[str], changes: Sequence[str]) -> Judged:
        with (
            Player(_side(scratch, schema)) as known,
            Player(_side(scratch, [*schema, *changes])) as tried,
        ):
            return judge(statements, known, tried)

    return judged


def _side(scratch: Target, statements: Sequence[str]) -> Target:
    name = f"side_{next(_numbers)}"
    with psycopg.connect(scratch.conninfo, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        connection.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(name)))
        for statement in statements:
            connection.execute(statement.encode())
        fill(connection, ())
    return Target(f"{scratch.conninfo} options='-csearch_path={name}'", name)


_numbers = count()


@pytest.fixture
def prove(line: LineFolder, server: Databases) -> Prove:
    """Ask whether the last revision of the test's line is compatible with statements."""

    def prove(statements: Path | None = None) -> Outcome:
        read = Line.read(line.folder)
        assert read.head is not None
        walk = Walk(line=read, revisions=(read.head,), dev_url=server.url_for("postgres"), statements=statements)
        (outcome,) = [Compatible().prove(found) for found in subjects(walk) if isinstance(found, Subject)]
        return outcome

    return prove
