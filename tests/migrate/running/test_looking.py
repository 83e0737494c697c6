"""Looking before locking, and naming who is in the way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from dbkit.migrate.errors import RunnerBusy, TablesBusy
from dbkit.migrate.header import Lock
from dbkit.migrate.report import Options, Report
from dbkit.migrate.running import trying
from dbkit.migrate.running.holders import Holders
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
    assert "alter_a: its tables did not come free in 0." in said
    assert "0 tries, held by report (pid " in said
    assert "idle in transaction for" in said
    assert "holds AccessShareLock): SELECT FROM a WHERE ? <> ?" in said
    assert caught.value.exit_code == 1
    columns = "SELECT count(*) FROM pg_attribute WHERE attrelid = 'a'::regclass AND attnum > 0"
    assert connection.execute(columns).fetchone() == (1,)


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
            run(options=Options(look_seconds=0, patience_seconds=1), watch=heard)
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
    with psycopg.connect(postgres_url) as worker:
        worker.execute("SELECT FROM a")
        started = threading.Thread(target=worker.execute, args=("SELECT pg_sleep(1)",))
        started.start()
        with psycopg.connect(postgres_url, autocommit=True) as other:
            at_work = "SELECT FROM pg_stat_activity WHERE pid = %s AND state = 'active'"
            while other.execute(at_work, (worker.info.backend_pid,)).fetchone() is None:
                pass
        with pytest.raises(TablesBusy):
            run(options=options)
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
