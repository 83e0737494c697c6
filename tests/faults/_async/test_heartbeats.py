"""The heartbeat of a service whose server stops answering, or restarts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import dbkit
from dbkit import connect_async
from dbkit._acompat import async_sleep
from dbkit.embedded.locks import ticks
from dbkit.migrate.bookkeeping import ensure
from dbkit.sqldb._async import serving
from tests.faults.node import Node
from tests.migrate.lines import LineFolder
from tests.timing import at_most

REVISION = "20240101000001"
ROWS = "SELECT count(*) FROM dbkit_service"
RENEWED = "SELECT bool_and(seen_at > '2021-01-01') FROM dbkit_service"
CLOSED_SECONDS = 4


@pytest.fixture
def serviced(shop_node: Node) -> Iterator[Node]:
    """A server with a table of heartbeats, at the revision that the code needs."""
    with shop_node.connect() as connection:
        ensure(connection)
        connection.execute("CREATE TABLE alembic_version (version_num text)")
        connection.execute("INSERT INTO alembic_version VALUES (%s)", (REVISION,))
    yield shop_node
    shop_node.thaw()
    shop_node.execute("DROP TABLE alembic_version, dbkit_service")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> type[dbkit.AsyncBaseDatabase]:
    monkeypatch.setattr(serving, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(serving, "AGAIN_SECONDS", 0.05)
    line = LineFolder(tmp_path / "line")
    line.tables("a")
    return type("Shop", (dbkit.AsyncBaseDatabase,), {"line": line.folder})


async def until(holds: Callable[[], bool]) -> None:
    for _ in ticks(60):
        await async_sleep(0)
        if holds():
            return
    raise AssertionError("it does not hold")


async def test_a_server_that_does_not_answer_holds_up_no_close(
    serviced: Node, shop: type[dbkit.AsyncBaseDatabase], caplog: pytest.LogCaptureFixture
) -> None:
    db = await connect_async(serviced.url(), service="billing", database=shop)
    await until(lambda: serviced.execute(ROWS) == [(1,)])
    serviced.freeze()
    with at_most(CLOSED_SECONDS):
        await db.close()


async def test_after_a_restart_the_heartbeat_goes_on(
    serviced: Node, shop: type[dbkit.AsyncBaseDatabase], caplog: pytest.LogCaptureFixture
) -> None:
    async with connect_async(serviced.url(), service="billing", database=shop):
        await until(lambda: serviced.execute(ROWS) == [(1,)])
        serviced.restart()
        serviced.execute("UPDATE dbkit_service SET seen_at = '2020-01-01'")
        await until(lambda: serviced.execute(RENEWED) == [(True,)])
    assert serviced.execute(ROWS) == [(0,)]
