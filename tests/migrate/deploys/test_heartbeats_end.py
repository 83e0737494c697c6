"""A heartbeat keeps nothing alive: neither a process, nor a pool that was let go of, nor a fork's parent's row."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

import dbkit
from dbkit.embedded.locks import ticks
from dbkit.sqldb._sync import serving
from tests.migrate.deploys.services import beats, eventually
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection
from tests.timing import at_most

SERVICE = """
import asyncio, sys
from pathlib import Path
import dbkit

class Shop(dbkit.{colour}BaseDatabase):
    line = Path(sys.argv[2])

{body}
"""
SYNC = """
db = dbkit.connect(sys.argv[1], service="billing", database=Shop)
print("open", flush=True)
sys.stdin.readline()
"""
ASYNC = """
async def main():
    db = await dbkit.connect_async(sys.argv[1], service="billing", database=Shop)
    print("open", flush=True)
    await asyncio.to_thread(sys.stdin.readline)

asyncio.run(main())
"""
ROWS = "SELECT count(*) FROM dbkit_service"


def heartbeats() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "dbkit-heartbeat"]


@pytest.fixture(params=["", "Async"])
def process(
    request: pytest.FixtureRequest, postgres_url: str, released: LineFolder, connection: Connection
) -> Iterator[subprocess.Popen[str]]:
    """A service in a process of its own, whose row is written, and which waits for a line."""
    text = SERVICE.format(colour=request.param, body=ASYNC if request.param else SYNC)
    arguments = [sys.executable, "-c", text, postgres_url, str(released.folder)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        eventually(connection, ROWS, 1)
        yield process
        process.kill()


def test_a_process_ends_though_nobody_closed_its_database(process: subprocess.Popen[str]) -> None:
    with at_most(10):
        _, _ = process.communicate("end\n", timeout=120)
    assert process.returncode == 0


def test_a_process_that_is_killed_leaves_its_row(process: subprocess.Popen[str], connection: Connection) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert [row[0] for row in beats(connection)] == ["billing"]


def test_a_pool_that_was_let_go_of_has_no_heartbeat(
    postgres_url: str, released: LineFolder, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "BEAT_SECONDS", 0.01)
    shop = type("Shop", (dbkit.BaseDatabase,), {"line": released.folder})
    db = dbkit.connect(postgres_url, service="billing", database=shop)
    eventually(connection, ROWS, 1)
    assert len(heartbeats()) == 1
    del db
    # A heartbeat that is under way keeps the pool until it is done.
    assert any(gc.collect() >= 0 and not heartbeats() for _ in ticks(30))


def test_a_child_of_a_fork_leaves_its_parent_s_row(
    postgres_url: str, released: LineFolder, connection: Connection
) -> None:
    shop = type("Shop", (dbkit.BaseDatabase,), {"line": released.folder})
    with dbkit.connect(postgres_url, service="billing", database=shop) as db:
        eventually(connection, ROWS, 1)
        child = os.fork()
        if not child:
            try:
                db.close()
            finally:
                os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        assert [row[0] for row in beats(connection)] == ["billing"]
    assert beats(connection) == []
