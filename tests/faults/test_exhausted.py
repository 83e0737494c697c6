"""No connection left: on the server, where others have them all, and in the pool, where its users do."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress

import psycopg
import pytest
from sqlalchemy import text

import dbkit
from dbkit.types import AuthenticationFailed, PoolExhausted, Unavailable
from tests.faults.fix_nodes import MakeNode
from tests.faults.node import Node
from tests.faults.pools import backends, filled, pool_of, until
from tests.timing import at_most

ONE = text("SELECT 1 AS one")
NAME = "dbkit/prod/write"


@pytest.fixture(autouse=True)
def growing_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "SIZE_MIN": "2",
        "SIZE_MAX": "4",
        "TIMEOUT_SECONDS": "2",
        "CONNECT_TIMEOUT_SECONDS": "60",
    }.items():
        monkeypatch.setenv(f"DBKIT_POOL_{name}", value)


@contextmanager
def hogged(node: Node) -> Iterator[None]:
    """Take all connections that the server has left for ordinary roles."""
    node.execute("CREATE ROLE hog LOGIN")
    with ExitStack() as stack:
        with suppress(psycopg.OperationalError):
            while True:
                stack.enter_context(psycopg.connect(node.url(user="hog")))
        yield


def test_what_is_open_serves_on_where_the_server_has_no_more(make_node: MakeNode) -> None:
    node = make_node(settings={"max_connections": "12"})
    node.execute("CREATE ROLE service LOGIN")
    with dbkit.connect(node.url(user="service"), env="prod", service="write", database=dbkit.BaseDatabase) as db:
        filled(db)
        with hogged(node), ThreadPoolExecutor(8) as callers:
            before = len(node.log)
            started = time.monotonic()
            results = list(callers.map(lambda _: db.execute(text("SELECT 1 AS one, pg_sleep(0.02)")), range(40)))
            assert [rows[0]["one"] for rows in results] == [1] * 40
            attempts = node.log[before:].count("remaining connection slots are reserved")
            # One a second, however long it takes here.
            assert attempts <= 4 + (time.monotonic() - started)
        statistics = db.pool_statistics()
        assert statistics is not None
        assert statistics.open_failures["unavailable"] >= 1


def test_nobody_waits_where_there_is_nothing_to_wait_for(make_node: MakeNode) -> None:
    node = make_node(settings={"max_connections": "12"})
    node.execute("CREATE ROLE service LOGIN")
    with dbkit.connect(node.url(user="service"), env="prod", service="write", database=dbkit.BaseDatabase) as db:
        filled(db)
        for pid in backends(node, NAME):
            node.execute(f"SELECT pg_terminate_backend({pid}, 5000)")
        with hogged(node):
            with pytest.raises(Unavailable):
                db.execute(ONE)
            until(lambda: not pool_of(db).statistics().is_up)
            with at_most(0.05), pytest.raises(Unavailable, match="no connection left"):
                db.execute(ONE)
        until(lambda: pool_of(db).statistics().is_up)
        assert db.execute(ONE)[0]["one"] == 1


def test_a_password_that_is_refused_is_told_at_once(make_node: MakeNode) -> None:
    node = make_node(rules="host all guarded 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n")
    node.execute("CREATE ROLE guarded LOGIN PASSWORD 'one'")
    url = node.url(user="guarded").replace("guarded@", "guarded:one@")
    with dbkit.connect(url, env="prod", service="write", database=dbkit.BaseDatabase) as db:
        filled(db)
        node.execute("ALTER ROLE guarded PASSWORD 'two'")
        assert db.execute(ONE)[0]["one"] == 1
        for pid in backends(node, NAME):
            node.execute(f"SELECT pg_terminate_backend({pid}, 5000)")
        with pytest.raises(AuthenticationFailed):
            db.execute(ONE)
        before = node.log.count("password authentication failed")
        started = time.monotonic()
        with at_most(0.5):
            for _ in range(20):
                with pytest.raises(AuthenticationFailed):
                    db.execute(ONE)
        # One every few seconds, however long it takes here.
        assert node.log.count("password authentication failed") <= before + 1 + (time.monotonic() - started) / 4


def test_an_exhausted_pool_says_who_has_its_connections(make_node: MakeNode) -> None:
    node = make_node()
    with (
        dbkit.connect(node.url(), env="prod", service="write", database=dbkit.BaseDatabase) as db,
        ThreadPoolExecutor(3) as others,
    ):
        is_over = threading.Event()

        def hold() -> None:
            with db.transaction():
                is_over.wait(60)

        held = [others.submit(hold) for _ in range(3)]
        with db.transaction():
            until(lambda: pool_of(db).statistics().in_use == 4)
            with pytest.raises(PoolExhausted) as caught:
                db.execute(ONE)
        is_over.set()
        for each in held:
            each.result()
    assert re.search(r"4 are held, the longest for \d+\.\d+ s", caught.value.happened)
    assert f"{__file__.rpartition('/')[2]}:" in caught.value.happened
    assert "hold" in caught.value.happened
