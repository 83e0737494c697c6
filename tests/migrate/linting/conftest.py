from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from dbkit.migrate.bookkeeping import ensure
from dbkit.migrate.forecast.planning import foretell
from dbkit.migrate.forecast.sizes import TableSize
from dbkit.migrate.forecast.statistics import Statistics
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.linting.checking import findings_of, with_surroundings
from dbkit.migrate.linting.examples import revision_text
from dbkit.migrate.linting.facts import Facts, facts_of
from dbkit.migrate.linting.lock_orders import LockOrders
from dbkit.migrate.linting.model import Example, Finding
from dbkit.migrate.linting.running import Wanted, look_at
from dbkit.migrate.linting.steps import Run, Settings
from dbkit.migrate.scratch import scratch_database
from dbkit.migrate.session import Session, Target
from dbkit.migrate.trace.measuring import NOT_OF_THE_LINE
from dbkit.migrate.trace.writing import trace_line
from dbkit.testing.templates import Databases
from tests.migrate.lines import LineFolder

Find = Callable[[Example], list[Finding]]


@pytest.fixture(scope="session")
def scratch(server: Databases) -> Iterator[Target]:
    """A database for all examples: each has a schema of its own."""
    with scratch_database(Target(server.url_for("postgres"), "the tests' server")) as database:
        yield database


@pytest.fixture
def ran(scratch: Target, server: Databases, tmp_path: Path) -> Callable[[Example], Run]:
    """Run an example as a revision."""
    numbers = count()

    def ran(example: Example) -> Run:
        folder = tmp_path / str(next(numbers))
        (folder / "versions").mkdir(parents=True)
        path = folder / "versions" / "20240101000001_example.py"
        path.write_text(revision_text(example, "20240101000001"))
        line = Line.read(folder)
        run = _run(scratch, example, line.revisions[0], line)
        return run if example.seconds_max is None else _foretold(run, example, server)

    return ran


@pytest.fixture
def find(ran: Callable[[Example], Run]) -> Find:
    """Run an example, and return what all rules find."""
    return lambda example: findings_of(ran(example))


def _run(scratch: Target, example: Example, revision: Revision, line: Line) -> Run:
    schema = f"example_{next(_numbers)}"
    with psycopg.connect(scratch.conninfo, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
        connection.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(schema)))
        if example.schema:
            connection.execute(example.schema.encode())
        target = Target(f"{scratch.conninfo} options='-csearch_path={schema}'", "an example")
        with Session(target) as session:
            ensure(session.connection)
        settings = Settings(rows=example.rows, models=example.models)
        if example.lock_order:
            (line.folder / "lint.toml").write_text(f"lock_order = {list(example.lock_order)}")
        edited = frozenset({revision.name}) if example.is_edited else frozenset[str]()
        overtaken = {revision.name: example.overtaken_by} if example.overtaken_by else {}
        wanted = Wanted(line, line.revisions, settings, edited=edited, overtaken=overtaken, seconds_max=20)
        run = look_at(target, revision, wanted)
        # Only what a statement touches is looked at again, and all of it is known in the end.
        if not run.failure:
            assert _without_scans(run.after.without_locks()) == _without_scans(facts_of(connection, NOT_OF_THE_LINE))
        with connection.transaction():
            connection.execute("SET LOCAL client_min_messages = warning")
            connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(schema)))
        return with_surroundings(run, line, LockOrders(line), None)


def _foretold(run: Run, example: Example, server: Databases) -> Run:
    """Return the run with a forecast: of a line that makes the example's tables, is traced, and goes on with it."""
    line = LineFolder(run.revision.path.parent.parent / "line")
    line.add("tables", *example.schema.split(";"))
    first = line.add("example", *example.sql)
    trace_line(line.folder, dev_url=server.url_for("postgres"))
    read = Line.read(line.folder)
    sizes = {name: TableSize(rows, 100 * rows, 40 * rows) for name, rows in example.rows.items()}
    told = foretell(read, [read.find(first)], Statistics("a database", read.revisions[0].id, sizes))
    return replace(run, forecast=told.seconds, sizes_of="a database")


def _without_scans(facts: Facts) -> Facts:
    """Return facts without what another session does not know yet."""
    return replace(facts, tables={name: replace(each, scans=0) for name, each in facts.tables.items()})


_numbers = count()
