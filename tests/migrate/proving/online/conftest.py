from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from dbkit.migrate.bookkeeping import TABLES, ensure
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.proving.online.counting import Stop, counted
from dbkit.migrate.proving.online.filling import Kind, fill_many
from dbkit.migrate.proving.online.touching import Touched
from dbkit.migrate.scratch import scratch_database
from dbkit.migrate.scratch_steps import take
from dbkit.migrate.session import Session, Target
from dbkit.testing.templates import Databases
from tests.migrate.lines import LineFolder

Count = Callable[[int], list[tuple[Revision, list[Stop]]]]

_SECONDS_MAX = 20.0
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> ALL (%s)"


@pytest.fixture
def line(tmp_path: Path) -> LineFolder:
    return LineFolder(tmp_path / "line")


@pytest.fixture(scope="module")
def scratch(server: Databases) -> Iterator[Target]:
    """A database for all that is measured: each line has schemas of its own."""
    with scratch_database(Target(server.url_for("postgres"), "the tests' server")) as database:
        yield database


@pytest.fixture
def place(scratch: Target, line: LineFolder) -> Callable[[int], Target]:
    """Give a schema at the first revision of the test's line, with so many rows in each table."""

    def place(rows: int) -> Target:
        name = f"place_{next(_numbers)}"
        with psycopg.connect(scratch.conninfo, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        target = Target(f"{scratch.conninfo} options='-csearch_path={name}'", name)
        with Session(target) as session:
            ensure(session.connection)
        read = Line.read(line.folder)
        assert take(target, read.revisions[:1], seconds_max=_SECONDS_MAX) is None
        without = (read.version_table.name, *TABLES)
        with Session(target) as session:
            names = tuple(str(row[0]) for row in session.connection.execute(_TABLES, (list(without),)))
        tables = Touched(names, names)
        assert fill_many(target, read, tables, rows, Kind(everywhere=True)) == {}
        return target

    return place


@pytest.fixture
def count_stops(place: Callable[[int], Target], line: LineFolder) -> Count:
    """Apply the revisions behind the first one, and return what each does under which locks."""

    def count_stops(rows: int) -> list[tuple[Revision, list[Stop]]]:
        target, read = place(rows), Line.read(line.folder)
        without = (read.version_table.name, *TABLES)
        return [(each, counted(target, each, without, _SECONDS_MAX)) for each in read.revisions[1:]]

    return count_stops


_numbers = count()
