"""A backfill that was stopped goes on behind its last batch: no row is left out, and none is written twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from dbkit.migrate.errors import MigrationStopped
from dbkit.migrate.line import Revision
from dbkit.migrate.report import Report, Watch
from dbkit.migrate.runner import down
from dbkit.migrate.stop import Stop
from dbkit.types.errors import Unavailable
from tests.migrate.backfill.triggers import END_BACKEND, disturb, leave_alone
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection

WRITTEN = "SELECT written, double IS NOT DISTINCT FROM size * 2, count(*) FROM things GROUP BY 1, 2"
PROGRESS = "SELECT revision, name, rows_done, last_key, finished_at IS NOT NULL FROM dbkit_migration_progress"
ONCE = [(1, True, 5000)]
Run = Callable[..., Report]


class Ears(Watch):
    """Remembers what is told of a backfill."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, int, int | None]] = []

    def progress(self, revision: Revision, what: str, done: int, total: int | None) -> None:
        self.heard.append((what, done, total))


def rows(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query.encode()).fetchall()


def test_it_tells_how_far_it_is_and_keeps_that(run: Run, doubling: str, connection: Connection) -> None:
    ears = Ears()
    run(watch=ears)
    assert ears.heard[-1] == ("things.double", 5000, 5000)
    assert rows(connection, WRITTEN) == ONCE
    assert rows(connection, PROGRESS) == [(doubling, "things.double", 5000, None, True)]


@pytest.mark.usefixtures("doubling")
@pytest.mark.parametrize("at_commit", [False, True], ids=["in the middle", "at the commit"])
@pytest.mark.parametrize("row", [1, 100, 101, 2550, 5000])
def test_a_backend_that_dies(run: Run, connection: Connection, row: int, at_commit: bool) -> None:
    disturb(connection, END_BACKEND, row=row, at_commit=at_commit)
    with pytest.raises(Unavailable, match="double_things"):
        run()
    assert sum(count for written, _, count in rows(connection, WRITTEN) if written) == (row - 1) // 100 * 100
    run()
    assert rows(connection, WRITTEN) == ONCE


@pytest.mark.usefixtures("doubling")
def test_a_signal_stops_it_within_a_batch(run: Run, connection: Connection, postgres_url: str) -> None:
    disturb(connection, "PERFORM pg_sleep(30);", row=2550, times=1000)
    stop = Stop()

    def ask_when_it_sleeps() -> None:
        asks = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
        with psycopg.connect(postgres_url, autocommit=True) as other:
            while other.execute(asks).fetchone() is None:
                pass
        stop.ask()

    asker = threading.Thread(target=ask_when_it_sleeps)
    asker.start()
    with pytest.raises(MigrationStopped, match="goes on where it stopped"):
        run(stop=stop)
    asker.join()
    leave_alone(connection)
    run()
    assert rows(connection, WRITTEN) == ONCE


def stop_half_way(run: Run, connection: Connection) -> None:
    disturb(connection, END_BACKEND, row=2550)
    with pytest.raises(Unavailable):
        run()
    assert rows(connection, PROGRESS)[0][2:] == (2500, ["2500"], False)


@pytest.mark.usefixtures("doubling")
def test_another_statement_of_the_name_begins_anew(run: Run, line: LineFolder, connection: Connection) -> None:
    stop_half_way(run, connection)
    path = line.path("20240101000002", "double_things")
    path.write_text(path.read_text().replace("size * 2, ", "size * 2 + 0, "))
    line.hash()
    run()
    assert sorted(rows(connection, WRITTEN)) == [(1, True, 2500), (2, True, 2500)]


@pytest.mark.usefixtures("doubling")
def test_taken_back_and_applied_again_it_begins_anew(run: Run, connection: Connection) -> None:
    run()
    run(down)
    assert rows(connection, "SELECT count(*) FROM things WHERE double IS NULL") == [(5000,)]
    run()
    assert rows(connection, WRITTEN) == [(2, True, 5000)]


@pytest.mark.usefixtures("doubling")
def test_after_the_revision_before_was_taken_back_it_begins_anew(run: Run, connection: Connection) -> None:
    stop_half_way(run, connection)
    run(down)
    run()
    assert rows(connection, WRITTEN) == ONCE


def test_a_finished_one_is_not_run_again_for_what_follows_it(
    run: Run, line: LineFolder, doubling: str, connection: Connection
) -> None:
    line.path(doubling, "double_things").unlink()
    line.hash()
    fill = ">backfill('things', 'double = size * 2, written = written + 1', where='true')"
    other = ">backfill('things', 'code = code || id, written = written + 1', where='true', name='codes')"
    line.add("fills_two", fill, other, transactional=False, phase="DATA")
    disturb(connection, END_BACKEND, row=150, times=1)
    with pytest.raises(Unavailable):
        run()
    leave_alone(connection)
    connection.execute("SELECT setval('noted.disturbed', 1, false)")
    run()
    assert rows(connection, WRITTEN) == [(2, True, 5000)]
    assert rows(connection, "SELECT count(*) FROM things WHERE code = 'c' || id || id") == [(5000,)]
