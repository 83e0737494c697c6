"""A service at its database: what it refuses at its start, and its heartbeat."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from typing import Any

import pytest

import dbkit
from dbkit import connect_async
from dbkit._acompat import async_sleep
from dbkit.embedded.locks import ticks
from dbkit.sqldb import AsyncPostgresBackend, PoolConfig
from dbkit.sqldb._async import serving
from dbkit.sqldb.serving import Serving
from dbkit.types.errors import ConfigurationInvalid, SchemaMismatch
from tests.migrate.deploys.services import LogIn, beats, make_table
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection
from tests.timing import at_most

A, B, DROP_A, C = (f"2024010100000{number}" for number in (1, 2, 3, 4))


def shop(line: LineFolder) -> type[dbkit.AsyncBaseDatabase[Any]]:
    return type("Shop", (dbkit.AsyncBaseDatabase,), {"line": line.folder})


async def until(holds: Callable[[], bool]) -> None:
    for _ in ticks(30):
        await async_sleep(0)
        if holds():
            return
    raise AssertionError("it does not hold")


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.name == "dbkit.service"]


async def test_a_row_is_kept_until_the_database_is_closed(
    postgres_url: str, released: LineFolder, connection: Connection
) -> None:
    db = await connect_async(postgres_url, service="billing, mail", database=shop(released))
    await until(lambda: beats(connection) == [("billing+mail", DROP_A, B, False)])
    assert connection.execute("SELECT host, pid FROM dbkit_service").fetchall() == [(socket.gethostname(), os.getpid())]
    await db.close()
    assert beats(connection) == []


async def test_the_row_is_renewed(
    postgres_url: str, released: LineFolder, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "BEAT_SECONDS", 0.01)
    async with connect_async(postgres_url, service="billing", database=shop(released)):
        await until(lambda: beats(connection) == [("billing", DROP_A, B, True)])


async def test_rows_of_those_that_were_killed_go(
    postgres_url: str, released: LineFolder, connection: Connection
) -> None:
    connection.execute(
        "INSERT INTO dbkit_service SELECT gen_random_uuid(), 'old', 'x', 'x', 'h', n, now(), now() - n * interval '1 h'"
        " FROM unnest(ARRAY[2, 30]) AS n"
    )
    async with connect_async(postgres_url, service="billing", database=shop(released)):
        await until(lambda: [row[0] for row in beats(connection)] == ["billing", "old"])


async def test_a_service_that_only_reads_has_its_row(
    postgres_url: str, released: LineFolder, connection: Connection
) -> None:
    url = f"{postgres_url}&options=-cdefault_transaction_read_only%3Don"
    async with connect_async(url, service="bi", database=shop(released)):
        await until(lambda: beats(connection) == [("bi", DROP_A, B, False)])


async def test_without_its_table_a_warning_says_so_once_and_it_is_tried_again(
    postgres_url: str,
    released: LineFolder,
    connection: Connection,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(serving, "AGAIN_SECONDS", 0.01)
    connection.execute("DROP TABLE dbkit_service")
    async with connect_async(postgres_url, service="billing", database=shop(released)) as db:
        await until(lambda: db.pool_statistics().wait.count > 5)
        make_table(connection)
        await until(lambda: beats(connection) == [("billing", DROP_A, B, False)])
    assert [message.partition(":")[0] for message in warnings(caplog)] == [
        "billing has no heartbeat, and tries again",
    ]


async def test_without_rights_a_warning_says_so(
    postgres_url: str, released: LineFolder, log_in: LogIn, caplog: pytest.LogCaptureFixture
) -> None:
    async with connect_async(log_in(postgres_url, "dbkit_service"), service="billing", database=shop(released)):
        await until(lambda: bool(warnings(caplog)))
    assert "may not write to dbkit_service" in warnings(caplog)[0]


async def test_a_row_whose_renewal_failed_is_removed_all_the_same(
    postgres_url: str,
    released: LineFolder,
    connection: Connection,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(serving, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(serving, "AGAIN_SECONDS", 0.01)
    monkeypatch.setattr(serving, "_TRY_SECONDS", 0.5)
    db = await connect_async(postgres_url, service="billing", database=shop(released))
    await until(lambda: beats(connection) == [("billing", DROP_A, B, True)])
    with connection.transaction():
        connection.execute("LOCK TABLE dbkit_service")
        await until(lambda: bool(warnings(caplog)))
    assert warnings(caplog) == ["billing has no heartbeat, and tries again: no answer came in 0.5 s"]
    assert [record.name for record in caplog.records] == ["dbkit.service"]
    await db.close()
    assert beats(connection) == []


async def test_an_exhausted_pool_disturbs_neither_the_service_nor_its_end(
    postgres_url: str,
    released: LineFolder,
    connection: Connection,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(serving, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(serving, "AGAIN_SECONDS", 0.01)
    pool = PoolConfig(size_max=1, timeout_seconds=1)
    billing = Serving("billing", (A, B, DROP_A), B, ())
    backend = await AsyncPostgresBackend.open(postgres_url, (), pool=pool, serving=billing)
    db: Any = dbkit.AsyncBaseDatabase(backend, shown_as="billing")
    await until(lambda: beats(connection) == [("billing", DROP_A, B, True)])
    async with db.transaction():
        await until(lambda: bool(warnings(caplog)))
        with at_most(3):
            await db.close()
    assert warnings(caplog)[0].startswith("billing has no heartbeat, and tries again: no connection became free in")
    assert len(warnings(caplog)) == 1


async def test_a_schema_older_than_the_code_is_refused(
    postgres_url: str, released: LineFolder, connection: Connection
) -> None:
    released.tables("c")
    with pytest.raises(SchemaMismatch) as caught:
        await connect_async(postgres_url, service="billing", database=shop(released))
    assert str(caught.value) == (
        f"the database is at {DROP_A}, and the code of billing needs {C}. Run `dbkit migrate apply --phase expand` with"
        " this release's line, then start it again."
    )
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name ~ 'billing'"
    await until(lambda: connection.execute(query).fetchone() == (0,))
    async with connect_async(postgres_url, database=shop(released)):
        assert beats(connection) == []


async def test_contracts_that_are_pending_are_no_hindrance(
    postgres_url: str, released: LineFolder, caplog: pytest.LogCaptureFixture
) -> None:
    released.add("drop_b", "DROP TABLE b", phase="CONTRACT")
    async with connect_async(postgres_url, service="billing", database=shop(released)):
        assert warnings(caplog) == []


async def test_a_schema_that_the_code_does_not_know_is_told(
    postgres_url: str, released: LineFolder, connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    connection.execute(f"UPDATE alembic_version SET version_num = '{C}'")
    async with connect_async(postgres_url, service="billing", database=shop(released)):
        assert f"the database is at {C}, which this code does not know" in warnings(caplog)[0]


async def test_a_version_table_that_may_not_be_read_is_told(
    postgres_url: str, released: LineFolder, log_in: LogIn, caplog: pytest.LogCaptureFixture
) -> None:
    async with connect_async(log_in(postgres_url, "alembic_version"), service="billing", database=shop(released)):
        assert warnings(caplog)[0].startswith("billing: the schema was not checked: ")


async def test_without_any_table_a_service_does_not_start(postgres_url: str, connection: Connection) -> None:
    with pytest.raises(SchemaMismatch, match=r"no tables yet.*`dbkit migrate apply`"):
        await connect_async(postgres_url, service="billing")
    connection.execute("CREATE TABLE teams (id int)")
    await (await connect_async(postgres_url, service="billing")).close()


async def test_a_line_that_was_not_hashed_is_refused(postgres_url: str, released: LineFolder) -> None:
    (released.folder / "dbkit.line").unlink()
    with pytest.raises(ConfigurationInvalid, match=r"dbkit\.line is missing"):
        await connect_async(postgres_url, service="billing", database=shop(released))


async def test_memory_has_neither(released: LineFolder) -> None:
    async with connect_async("memory://", service="billing", database=shop(released)) as db:
        assert db.pool_statistics() is None
