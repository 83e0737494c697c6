"""Contracts wait for services whose code is older than they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import dbkit
from dbkit.migrate.deploys.errors import ServicesBehind
from dbkit.migrate.deploys.part import Part
from dbkit.migrate.errors import MigrationStopped
from dbkit.migrate.line import Revision
from dbkit.migrate.report import Options, Report
from dbkit.migrate.status import status
from dbkit.migrate.stop import Stop
from dbkit.types.errors import ConfigurationInvalid
from tests.migrate.deploys.services import LogIn, beat, eventually, make_table
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection, Ears, place

CONTRACT = Options(part=Part.CONTRACT)
A, DROP_A, DROP_B = "20240101000001", "20240101000003", "20240101000004"


@pytest.fixture
def expanded(run: Callable[..., Report], line: LineFolder, connection: Connection) -> LineFolder:
    """A line of two tables, applied, and of the contracts that drop them, pending."""
    line.tables("a", "b")
    run()
    line.add("drop_a", "DROP TABLE a", phase="CONTRACT")
    line.add("drop_b", "DROP TABLE b", phase="CONTRACT")
    make_table(connection)
    return line


@pytest.mark.parametrize("options", [CONTRACT, Options()])
def test_a_service_with_older_code_is_waited_for(
    run: Callable[..., Report], expanded: LineFolder, connection: Connection, options: Options
) -> None:
    instance = beat(connection, DROP_A, host="pod-7", pid=12, started="2026-01-02 03:04:05+00")
    beat(connection, DROP_B, service="mail")
    with pytest.raises(ServicesBehind) as caught:
        run(options=options)
    assert caught.value.happened == (
        f"{DROP_B} drop_b (contract) takes away what running services may need: billing {instance} (host pod-7, pid 12,"
        f" since 2026-01-02 03:04:05 UTC) runs code of {DROP_A}"
    )
    assert caught.value.exit_code == 1
    assert place(connection) == ["20240101000002"]


def test_code_needs_no_contract_that_its_line_has(
    run: Callable[..., Report], expanded: LineFolder, connection: Connection
) -> None:
    beat(connection, DROP_A)
    assert run(count=1).pending == 1
    beat(connection, "20250101000000", service="a later release's")
    with pytest.raises(ServicesBehind):
        run()
    connection.execute("DELETE FROM dbkit_service WHERE service = 'billing'")
    assert run().pending == 0


@pytest.mark.parametrize("revision", ["20240101000000", "1975ea83b712", ""])
def test_code_of_which_nobody_knows_is_waited_for(
    run: Callable[..., Report], expanded: LineFolder, connection: Connection, revision: str
) -> None:
    beat(connection, revision)
    with pytest.raises(ServicesBehind):
        run()


def test_many_are_counted(run: Callable[..., Report], expanded: LineFolder, connection: Connection) -> None:
    for number in range(7):
        beat(connection, A, service=f"service{number}")
    with pytest.raises(ServicesBehind, match=r"service4 .*; and 2 more"):
        run()


def test_what_has_not_been_seen_for_a_while_does_not_run(
    run: Callable[..., Report], expanded: LineFolder, connection: Connection
) -> None:
    beat(connection, A, seen_seconds_ago=91)
    assert run().pending == 0


def test_status_says_who_runs(postgres_url: str, expanded: LineFolder, connection: Connection, log_in: LogIn) -> None:
    instance = beat(connection, A, host="pod-7", pid=12)
    beat(connection, A, service="mail", seen_seconds_ago=91)
    found = status(postgres_url, line=expanded.folder)
    assert found is not None
    running = f"running: billing {instance} (host pod-7, pid 12, since 2026-01-01 00:00:00 UTC) runs code of {A}"
    assert [each for each in str(found).splitlines() if each.startswith("running")] == [running]
    assert [each["service"] for each in found.as_json()["services"]] == ["billing"]
    blind = status(log_in(postgres_url, "dbkit_service"), line=expanded.folder)
    assert blind is not None
    assert blind.services == ()


def test_expanding_waits_for_nobody(run: Callable[..., Report], expanded: LineFolder, connection: Connection) -> None:
    beat(connection, A)
    assert run(options=Options(part=Part.EXPAND)).pending == 2


def test_a_service_that_comes_up_meanwhile_is_seen(
    run: Callable[..., Report], expanded: LineFolder, connection: Connection
) -> None:
    ears = Ears()

    def begins(revision: Revision) -> None:
        if revision.id == DROP_A:
            beat(connection, A)

    ears.on_begins = begins
    with pytest.raises(ServicesBehind, match="drop_b"):
        run(watch=ears)
    assert place(connection) == [DROP_A]


def test_a_real_service_is_waited_for_until_it_is_closed(
    run: Callable[..., Report], postgres_url: str, line: LineFolder, connection: Connection
) -> None:
    line.tables("a", "b")
    run()
    make_table(connection)
    shop = type("Shop", (dbkit.BaseDatabase,), {"line": line.folder})
    with dbkit.connect(postgres_url, service="billing", database=shop):
        eventually(connection, "SELECT count(*) FROM dbkit_service", 1)
        line.add("drop_a", "DROP TABLE a", phase="CONTRACT")
        with pytest.raises(ServicesBehind, match="billing"):
            run(options=CONTRACT)
    assert run(options=CONTRACT).pending == 0


def test_a_service_may_have_its_time_to_end(
    run: Callable[..., Report], expanded: LineFolder, connection: Connection
) -> None:
    beat(connection, A)
    told: list[str] = []
    ears = Ears()

    def note(text: str) -> None:
        told.append(text)
        connection.execute("DELETE FROM dbkit_service")

    ears.note = note  # type: ignore[method-assign]
    assert run(options=Options(services_seconds=60), watch=ears).pending == 0
    assert [each.partition(" (contract)")[0] for each in told] == [f"waiting for services: {DROP_B} drop_b"]


def test_a_signal_ends_the_waiting(run: Callable[..., Report], expanded: LineFolder, connection: Connection) -> None:
    beat(connection, A)
    stop = Stop()
    ears = Ears()
    ears.note = lambda _text: stop.ask()  # type: ignore[method-assign]
    with pytest.raises(MigrationStopped, match="2 to go"):
        run(options=Options(services_seconds=60), watch=ears, stop=stop)


def test_a_reason_breaks_the_glass_and_is_told(
    run: Callable[..., Report], expanded: LineFolder, connection: Connection
) -> None:
    beat(connection, A)
    told: list[str] = []
    ears = Ears()
    ears.note = told.append  # type: ignore[method-assign]
    reason = "billing hangs and nobody can stop it"
    report = run(options=Options(break_glass=reason), watch=ears)
    assert (report.pending, report.break_glass) == (0, reason)
    assert str(report).endswith(f"; break-glass: {reason}")
    assert [each.partition(" takes")[0] for each in told] == [f"break-glass ({reason}): {DROP_B} drop_b (contract)"]
    notes = connection.execute("SELECT revision, note FROM dbkit_migration_history ORDER BY id").fetchall()
    assert notes[-3:] == [("20240101000002", ""), (DROP_A, reason), (DROP_B, reason)]


@pytest.mark.parametrize("reason", ["x", "because", "1 2 3 4", "--- ... !!!", "do it"])
def test_a_reason_is_words(reason: str) -> None:
    with pytest.raises(ConfigurationInvalid, match="is no reason"):
        Options(break_glass=reason)
