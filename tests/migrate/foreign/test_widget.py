"""The line of the example, which is of dbkit's own kind and another package's: the same commands come to the same."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest
from alembic import command
from alembic.config import Config

from dbkit.migrate.line import Line
from dbkit.migrate.report import Report
from dbkit.migrate.runner import apply, down
from dbkit.types.errors import DbkitError
from tests.migrate.foreign.databases import Connection, difference
from tests.migrate.foreign.test_as_alembic import LOSSY
from tests.migrate.foreign.test_stopped import Killer
from widget_service.database import MIGRATIONS

COUNT = len(Line.read(MIGRATIONS).revisions)


@pytest.fixture
def by_alembic(other_url: str, other: Connection, monkeypatch: pytest.MonkeyPatch) -> Connection:
    """A database that Alembic's own command migrated."""
    monkeypatch.setenv("DBKIT_URL", other_url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")
    return other


def test_up_as_alembic_and_down(postgres_url: str, connection: Connection, by_alembic: Connection) -> None:
    assert len(apply(postgres_url, line=MIGRATIONS).steps) == COUNT
    assert difference(connection, by_alembic) == []
    down(postgres_url, to="base", line=MIGRATIONS, options=LOSSY)
    assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (0,)
    apply(postgres_url, line=MIGRATIONS)
    assert difference(connection, by_alembic) == []


def test_half_by_alembic(postgres_url: str, connection: Connection, by_alembic: Connection, other_url: str) -> None:
    down(other_url, line=MIGRATIONS, options=LOSSY)
    apply(other_url, line=MIGRATIONS)
    apply(postgres_url, line=MIGRATIONS)
    assert difference(connection, by_alembic) == []


def test_three_at_once(postgres_url: str, connection: Connection, by_alembic: Connection) -> None:
    reports: list[Report] = []
    threads = [threading.Thread(target=lambda: reports.append(apply(postgres_url, line=MIGRATIONS))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(report.steps) for report in reports) == [0, 0, COUNT]
    assert difference(connection, by_alembic) == []


def test_killed_before_every_change(postgres_url: str, connection: Connection, by_alembic: Connection) -> None:
    with Killer(postgres_url) as killer:
        before = -1
        while killer.kills > before:
            before = killer.kills
            with suppress(DbkitError):
                apply(postgres_url, line=MIGRATIONS, watch=killer)
    assert killer.kills > COUNT
    assert difference(connection, by_alembic) == []
