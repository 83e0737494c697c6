"""Looking before locking, and naming who is in the way."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dbkit.migrate.errors import RunnerBusy, TablesBusy
from dbkit.migrate.header import Lock
from dbkit.migrate.report import Options, Report
from dbkit.migrate.running import trying
from dbkit.migrate.running.holders import Holders, blocking
from dbkit.migrate.worker import Worker
from tests.migrate.lines import LineFolder
from tests.migrate.running.ears import Heard
from tests.migrate.runs import Connection, has, lock_of_runners

ADD = "ALTER TABLE a ADD COLUMN b int"
LOCKS = "{'a': Lock.ACCESS_EXCLUSIVE}"


def wait(connection: Connection) -> None:
    """Let what is there become old, by the server's clock."""
    now = "SELECT clock_timestamp()"
    first = connection.execute(now).fetchone()
    assert first is not None
    while connection.execute(f"{now} < %s + interval '30 ms'", first).fetchone() == (True,):
        pass


@pytest.fixture
def altered(run: Callable[..., Report], line: LineFolder) -> LineFolder:
    """A table, and a revision that locks it for a moment."""
    line.tables("a")
    run()
    line.add("alter_a", ADD, locks=LOCKS)
    return line


@pytest.mark.parametrize(
    ("statement", "lock", "is_in_the_way"),
    [
        ("SELECT FROM a", Lock.ACCESS_EXCLUSIVE, True),
        ("SELECT FROM a", Lock.SHARE, False),
        ("INSERT INTO a VALUES (1)", Lock.SHARE, True),
        ("INSERT INTO a VALUES (1)", Lock.SHARE_UPDATE_EXCLUSIVE, False),
        ("LOCK TABLE a IN SHARE UPDATE EXCLUSIVE MODE", Lock.SHARE_UPDATE_EXCLUSIVE, True),
    ],
)
def test_only_who_conflicts_counts(
    connection: Connection, postgres_url: str, statement: str, lock: Lock, is_in_the_way: bool
) -> None:
    connection.execute("CREATE TABLE a (id int)")
    with psycopg.connect(postgres_url) as other:
        other.execute(statement.encode())
        looked = Holders(connection, {"a": lock}, but=0)
        wait(connection)
        assert [each.pid for each in looked.old()] == ([other.info.backend_pid] if is_in_the_way else [])


def test_partitions_and_indexes_are_looked_at(connection: Connection, postgres_url: str) -> None:
    connection.execute("CREATE TABLE a (id int PRIMARY KEY) PARTITION BY RANGE (id)")
    connection.execute("CREATE TABLE a1 PARTITION OF a FOR VALUES FROM (1) TO (9)")
    with psycopg.connect(postgres_url) as other:
        other.execute("SELECT FROM a1")
        looked = Holders(connection, {"a": Lock.ACCESS_EXCLUSIVE}, but=0)
        wait(connection)
        found = looked.old()
    assert [each.holds for each in found] == ["AccessShareLock"]


def test_who_may_not_see_how_old_others_are_counts_for_itself(connection: Connection, postgres_url: str) -> None:
    connection.execute("CREATE TABLE a (id int)")
    with psycopg.connect(postgres_url) as other:
        other.execute("SELECT FROM a")
        connection.execute("CREATE ROLE blind_looker")
        try:
            connection.execute("SET ROLE blind_looker")
            looked = Holders(connection, {"a": Lock.ACCESS_EXCLUSIVE}, but=0)
            assert looked.old() == []
            wait(connection)
            assert [each.pid for each in looked.old()] == [other.info.backend_pid]
        finally:
            connection.execute("RESET ROLE")
            connection.execute("DROP ROLE blind_looker")


@pytest.mark.usefixtures("altered")
def test_a_table_that_is_never_quiet_is_given_up_untouched(
    run: Callable[..., Report], connection: Connection, postgres_url: str
) -> None:
    options = Options(patience_seconds=0.2, terminate_idle_seconds=None)
    with psycopg.connect(postgres_url, application_name="report") as reader:
        reader.execute("SELECT FROM a WHERE 'ann@example.org' <> ''")
        wait(connection)
        with pytest.raises(TablesBusy) as caught:
            run(options=options)
    said = str(caught.value)
    assert re.search(r"alter_a: its tables did not come free in \d+\.\d+ s", said)
    assert "0 tries, held by report (pid " in said
    assert "idle in transaction for" in said
    assert "holds AccessShareLock): SELECT FROM a WHERE ? <> ?" in said
    assert caught.value.exit_code == 1
    columns = "SELECT count(*) FROM pg_attribute WHERE attrelid = 'a'::regclass AND attnum > 0"
    assert connection.execute(columns).fetchone() == (1,)


def test_what_a_revision_imports_is_there_before_its_tables_are_looked_at(
    run: Callable[..., Report], line: LineFolder, postgres_url: str, tmp_path: Path
) -> None:
    line.tables("a")
    run()
    imported = tmp_path / "imported"
    path = line.path(line.add("alter_a", ADD, locks=LOCKS), "alter_a")
    path.write_text(f"{path.read_text()}\n\nopen({str(imported)!r}, 'w').close()\n")
    line.hash()
    with psycopg.connect(postgres_url) as reader:
        reader.execute("SELECT FROM a")
        with pytest.raises(TablesBusy, match=" and 0 tries"):
            run(options=Options(patience_seconds=0.2))
    assert imported.exists()


@pytest.mark.usefixtures("altered")
def test_one_holder_is_put_up_with_for_moments_that_nobody_notices(
    run: Callable[..., Report], postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[int] = []
    attempt = Worker.attempt

    def noted(*about: Any, lock_milliseconds: int, **named: Any) -> None:
        waits.append(lock_milliseconds)
        attempt(*about, lock_milliseconds=lock_milliseconds, **named)

    monkeypatch.setattr(Worker, "attempt", noted)
    heard = Heard()
    with psycopg.connect(postgres_url) as reader:
        reader.execute("SELECT FROM a")
        with pytest.raises(TablesBusy):
            run(options=Options(look_seconds=0, patience_seconds=5), watch=heard)
        assert len(waits) > 1
        assert set(waits) == {15}
        assert len(heard.of("busy")) == 1
        monkeypatch.setattr(trying, "_ONE_HOLDER_SECONDS", 0)
        with pytest.raises(TablesBusy):
            run(options=Options(look_seconds=0, patience_seconds=0))
    assert waits[-1] > 15


@pytest.mark.usefixtures("altered")
def test_it_says_how_many_wait_behind_it(run: Callable[..., Report], postgres_url: str) -> None:
    with psycopg.connect(postgres_url, application_name="report") as reader:
        reader.execute("SELECT FROM a")
        heard = Heard(busy=reader.rollback)
        run(options=Options(look_seconds=0), watch=heard)
    holder = heard.of("busy")[0]["holders"][0]
    assert (holder["application_name"], holder["user"]) == ("report", "dbkit")
    assert holder["holds"] == "AccessShareLock"
    assert heard.events[-1]["steps"][0]["tries"] == 2


def test_who_is_waited_for_is_named_with_what_he_holds(connection: Connection, postgres_url: str) -> None:
    """However short the waits are, and whenever they end."""
    connection.execute("CREATE TABLE a (id int)")
    is_over = threading.Event()
    with psycopg.connect(postgres_url) as reader, psycopg.connect(postgres_url, autocommit=True) as waiter:
        reader.execute("SELECT FROM a")
        waiter.execute("SET lock_timeout = '1ms'")

        def wait_again_and_again() -> None:
            while not is_over.is_set():
                with suppress(psycopg.errors.LockNotAvailable):
                    waiter.execute(ADD)

        waiting = threading.Thread(target=wait_again_and_again)
        waiting.start()
        found: list[str] = []
        try:
            while len(found) < 200:
                found += [holder.holds for holder in blocking(connection, waiter.info.backend_pid)]
        finally:
            is_over.set()
            waiting.join()
    assert set(found) == {"AccessShareLock"}


@pytest.mark.usefixtures("altered")
def test_who_is_idle_in_a_transaction_is_ended_when_that_is_asked_for(
    run: Callable[..., Report], postgres_url: str
) -> None:
    with psycopg.connect(postgres_url, application_name="forgotten") as idle:
        idle.execute("SELECT FROM a")
        heard = Heard()
        report = run(options=Options(terminate_idle_seconds=0.01), watch=heard)
        with pytest.raises(psycopg.OperationalError):
            idle.execute("SELECT")
    assert [each.application_name for each in report.terminated] == ["forgotten"]
    assert heard.of("terminated")[0]["holder"]["pid"] == report.terminated[0].pid


@pytest.mark.usefixtures("altered")
def test_who_is_at_work_is_not_ended(run: Callable[..., Report], postgres_url: str) -> None:
    options = Options(patience_seconds=0.1, terminate_idle_seconds=0)
    with psycopg.connect(postgres_url) as worker, psycopg.connect(postgres_url, autocommit=True) as other:
        worker.execute("SELECT FROM a")

        def work() -> None:
            # Until the run has given up, however long that takes it.
            with suppress(psycopg.errors.QueryCanceled):
                worker.execute("SELECT pg_sleep(600)")

        started = threading.Thread(target=work)
        started.start()
        asleep = "SELECT FROM pg_stat_activity WHERE pid = %s AND wait_event = 'PgSleep'"
        while other.execute(asleep, (worker.info.backend_pid,)).fetchone() is None:
            pass
        try:
            with pytest.raises(TablesBusy):
                run(options=options)
        finally:
            other.execute("SELECT pg_cancel_backend(%s)", (worker.info.backend_pid,))
            started.join()


def test_without_waiting_another_runner_is_left_alone(
    run: Callable[..., Report], line: LineFolder, connection: Connection
) -> None:
    line.tables("a")
    assert lock_of_runners(connection)
    with pytest.raises(RunnerBusy) as caught:
        run(options=Options(waits_for_runner=False))
    assert caught.value.exit_code == 1
    assert not has(connection, "a")
