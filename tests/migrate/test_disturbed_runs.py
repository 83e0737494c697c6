"""What is in a run's way: another runner, tables in use, sessions that die, signals."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable

import psycopg
import pytest

from dbkit.migrate.errors import MigrationStopped, RunnerBusy, TablesBusy
from dbkit.migrate.line import Revision
from dbkit.migrate.report import Options, Report
from dbkit.migrate.runner import apply
from dbkit.migrate.stop import Stop, stopped_by_signals
from dbkit.types.errors import ConfigurationInvalid, DbkitError, TransactionConflict, Unavailable
from tests.migrate.lines import LineFolder
from tests.migrate.runs import HURRY, Connection, Ears, has, lock_of_runners

# Other tests are at work in other databases of the server.
OF_DATABASE = "(SELECT * FROM pg_stat_activity WHERE datname = current_database()) AS activity"


def test_one_runner_at_a_time(run: Callable[..., Report], line: LineFolder, connection: Connection) -> None:
    line.tables("a")
    assert lock_of_runners(connection)
    connection.execute("SET application_name = 'the other runner'")
    ears = Ears()
    with pytest.raises(RunnerBusy, match="the other runner"):
        run(options=HURRY, watch=ears)
    assert [heard.partition(" (")[0] for heard in ears.heard] == ["waiting for the other runner"]
    assert not has(connection, "a")


def test_nothing_pending_asks_for_no_lock(run: Callable[..., Report], line: LineFolder, connection: Connection) -> None:
    line.tables("a")
    run()
    assert lock_of_runners(connection)
    assert run(options=HURRY).steps == ()


def test_three_at_once_apply_each_revision_once(postgres_url: str, line: LineFolder, connection: Connection) -> None:
    connection.execute("CREATE SCHEMA noted CREATE TABLE ran (n int)")
    for number in range(4):
        line.add(f"step_{number}", f"CREATE TABLE t{number} (id int)", f"INSERT INTO noted.ran VALUES ({number})")
    reports: list[Report] = []

    def one() -> None:
        reports.append(apply(postgres_url, line=line.folder))

    threads = [threading.Thread(target=one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(report.steps) for report in reports) == [0, 0, 4]
    assert connection.execute("SELECT n FROM noted.ran ORDER BY n").fetchall() == [(0,), (1,), (2,), (3,)]


@pytest.mark.parametrize("transactional", [True, False])
def test_a_table_in_use_is_tried_again(
    run: Callable[..., Report], line: LineFolder, connection: Connection, postgres_url: str, transactional: bool
) -> None:
    line.tables("a")
    run()
    add = "ALTER TABLE a ADD COLUMN IF NOT EXISTS b int"
    line.add("alter_a", add, transactional=transactional, locks="{'a': Lock.ACCESS_EXCLUSIVE}")
    ears = Ears()
    with psycopg.connect(postgres_url, application_name="reader") as reader:
        reader.execute("SELECT FROM a")
        # The reader leaves when it has been seen to be in the way.
        ears.on_busy = reader.rollback
        report = run(watch=ears, options=Options(look_seconds=0))
    assert ears.heard == ["alter_a is busy: ['reader']", "alter_a done"]
    assert report.steps[0].tries == 2


@pytest.mark.parametrize("sqlstate", ["55P03", "40P01"])
@pytest.mark.parametrize("transactional", [True, False])
def test_the_whole_revision_is_tried_again(
    run: Callable[..., Report], line: LineFolder, connection: Connection, sqlstate: str, transactional: bool
) -> None:
    line.tables("first")
    # A sequence remembers what a rollback forgets: the first try fails after its first statement.
    connection.execute("CREATE SCHEMA noted CREATE SEQUENCE tries")
    body = f"IF nextval('noted.tries') < 3 THEN RAISE EXCEPTION USING ERRCODE = '{sqlstate}'; END IF;"
    line.add(
        "meets_others",
        "CREATE TABLE IF NOT EXISTS a (id int)",
        f"DO $$ BEGIN {body} END $$",
        transactional=transactional,
    )
    report = run()
    assert [step.tries for step in report.steps] == [1, 3]
    assert has(connection, "a")


def test_what_is_no_matter_of_locks_is_not_tried_again(run: Callable[..., Report], line: LineFolder) -> None:
    line.add("wrong", "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$")
    ears = Ears()
    with pytest.raises(TransactionConflict, match="wrong"):
        run(watch=ears)
    assert ears.heard == []


def test_it_looks_before_it_tries(
    run: Callable[..., Report], line: LineFolder, connection: Connection, postgres_url: str
) -> None:
    line.tables("a")
    run()
    line.add("alter_a", "ALTER TABLE a ADD COLUMN b int", locks="{'a': Lock.ACCESS_EXCLUSIVE}")
    look = "application_name LIKE 'dbkit migrate 2%' AND query LIKE '%coalesce(l.pid, 0)%'"
    looks = f"SELECT FROM {OF_DATABASE} WHERE {look}"
    with psycopg.connect(postgres_url, application_name="reader") as reader:
        reader.execute("SELECT FROM a")

        def leave_when_looked_at() -> None:
            while connection.execute(looks).fetchone() is None:
                pass
            reader.rollback()

        leaver = threading.Thread(target=leave_when_looked_at)
        leaver.start()
        report = run(options=Options(look_seconds=60))
        leaver.join()
    assert [step.tries for step in report.steps] == [1]


def test_a_table_that_stays_in_use(run: Callable[..., Report], line: LineFolder, postgres_url: str) -> None:
    line.tables("a")
    run()
    line.add("alter_a", "ALTER TABLE a ADD COLUMN b int", locks="{'a': Lock.ACCESS_EXCLUSIVE}")
    with psycopg.connect(postgres_url, application_name="reader") as reader:
        reader.execute("SELECT FROM a")
        with pytest.raises(TablesBusy, match="held by reader") as caught:
            run(options=HURRY)
    assert caught.value.retryable
    assert len(run().steps) == 1


def test_a_statement_that_takes_too_long(run: Callable[..., Report], line: LineFolder, connection: Connection) -> None:
    line.add("slow", "CREATE TABLE a (id int)", "SELECT pg_sleep(60)")
    with pytest.raises(DbkitError, match="slow") as caught:
        run(options=Options(statement_seconds=0.05))
    assert caught.value.sqlstate == "57014"
    assert not has(connection, "a")


def backend_of_the_run(connection: Connection) -> int:
    query = f"SELECT pid FROM {OF_DATABASE} WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()"
    found = None
    while found is None:
        found = connection.execute(query).fetchone()
    return int(found[0])


@pytest.mark.parametrize("transactional", [True, False])
def test_a_backend_that_dies_in_the_middle(
    run: Callable[..., Report], line: LineFolder, connection: Connection, transactional: bool
) -> None:
    line.tables("first")
    line.add("dies", "CREATE TABLE IF NOT EXISTS a (id int)", "SELECT pg_sleep(60)", transactional=transactional)

    def kill() -> None:
        with psycopg.connect(connection.info.dsn, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", (backend_of_the_run(other),))

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(Unavailable, match="dies: the connection broke") as caught:
        run()
    killer.join()
    assert ("goes on where it stopped" in str(caught.value)) is not transactional
    assert has(connection, "a") is not transactional


def test_a_connection_that_dies_at_the_commit_is_asked_about(
    run: Callable[..., Report], line: LineFolder, connection: Connection
) -> None:
    # The last statement commits by itself and ends the backend: the run's own commit finds nobody.
    end = ">op.execute('COMMIT'); op.execute('SELECT pg_terminate_backend(pg_backend_pid())')"
    move = '>op.execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")'
    row = ">op.execute(\"INSERT INTO alembic_version VALUES ('20240101000001')\")"
    line.add("lost", "CREATE TABLE a (id int)", move, row, end)
    line.tables("b")
    report = run()
    assert [step.revision.slug for step in report.steps] == ["lost", "create_b"]
    assert has(connection, "a")


def test_a_lost_lock_ends_the_run(run: Callable[..., Report], line: LineFolder, connection: Connection) -> None:
    line.tables("a", "b")
    ears = Ears()

    def kill(revision: Revision) -> None:
        if revision.slug == "create_a":
            locks = "JOIN pg_locks USING (pid) WHERE locktype = 'advisory'"
            connection.execute(f"SELECT pg_terminate_backend(pid) FROM {OF_DATABASE} {locks}")

    ears.on_begins = kill
    with pytest.raises(DbkitError):
        run(watch=ears)
    assert not has(connection, "b")


@pytest.mark.parametrize("transactional", [True, False])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_statement(
    run: Callable[..., Report], line: LineFolder, connection: Connection, transactional: bool, number: int
) -> None:
    line.tables("a")
    line.add("long", "CREATE TABLE IF NOT EXISTS b (id int)", "SELECT pg_sleep(60)", transactional=transactional)
    stop = Stop()

    def send() -> None:
        with psycopg.connect(connection.info.dsn, autocommit=True) as other:
            backend_of_the_run(other)
        os.kill(os.getpid(), number)

    sender = threading.Thread(target=send)
    sender.start()
    with stopped_by_signals(stop), pytest.raises(MigrationStopped) as caught:
        run(stop=stop)
    sender.join()
    says = str(caught.value)
    assert signal.Signals(number).name in says
    assert "is at 20240101000001 create_a, 1 to go" in says
    assert ("half done" in says) is not transactional
    assert caught.value.signal == number
    assert has(connection, "b") is not transactional
    assert lock_of_runners(connection)


def test_batches_stop_between_statements(run: Callable[..., Report], line: LineFolder, connection: Connection) -> None:
    connection.execute("CREATE SCHEMA other CREATE TABLE rows (n int)")
    batch = ">in_batches('INSERT INTO other.rows VALUES (1)')"
    line.tables("first")
    line.add("for_ever", batch, transactional=False)
    stop = Stop()
    ears = Ears()
    ears.on_begins = lambda revision: stop.ask() if revision.slug == "for_ever" else None
    with pytest.raises(MigrationStopped):
        run(stop=stop, watch=ears)
    assert connection.execute("SELECT count(*) FROM other.rows").fetchone() == (0,)


def test_a_pooler_in_between_is_refused(
    run: Callable[..., Report], line: LineFolder, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What a pooler shows: the process id that it gave to the client is not that of the backend.
    monkeypatch.setattr(psycopg.ConnectionInfo, "backend_pid", 1171340997)
    line.tables("a")
    with pytest.raises(ConfigurationInvalid, match="pooler"):
        run()
    assert not has(connection, "a")
