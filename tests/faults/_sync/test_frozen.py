# Generated from tests/faults/_async/test_frozen.py by tools/unasync.py; edit that file instead.
"""A server that is stopped where it is: its sockets stay open, and nothing answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import text

import dbkit
from dbkit.embedded.locks import ticks
from dbkit.sqldb import PoolConfig, PostgresBackend
from dbkit.testing.conformance.patience import answer_awaited
from dbkit.types import CommitUnknown, Timeout
from tests.faults._sync.works import KEEPS_NOTHING, MAY_KEEP, Work, get, hurried, opened, pid_of
from tests.faults.node import Node
from tests.faults.shop import Shop, provider, within

SECONDS = 0.2
SLEEP = text("select pg_sleep(60)")


@pytest.fixture(autouse=True)
def thawed(shop_node: Node) -> Iterator[None]:
    yield
    shop_node.thaw()


@pytest.fixture
def db(shop_node: Node) -> Iterator[Shop]:
    with opened(shop_node) as db:
        assert pid_of(db)
        yield db
        shop_node.thaw()


def wait_until_full(db: Shop) -> None:
    """Wait until the pool has all of its connections."""
    for _ in ticks(60):
        told = db.pool_statistics()
        if told is not None and told.idle == told.size_max:
            return
        pid_of(db)
    raise AssertionError("the pool does not fill")


@pytest.mark.parametrize("work", KEEPS_NOTHING)
def test_a_frozen_backend_is_left_at_the_deadline(db: Shop, shop_node: Node, work: Work) -> None:
    pid = pid_of(db)
    with within(SECONDS), pytest.raises(Timeout), ExitStack() as hurry:
        work(db, hurried(hurry, SECONDS, lambda: shop_node.freeze([pid])))
    with dbkit.deadline(10):
        assert pid_of(db) != pid
    shop_node.thaw()
    assert db.providers.find("undone") is None


@pytest.mark.parametrize("work", MAY_KEEP)
def test_of_a_write_without_an_answer_nothing_is_known(db: Shop, shop_node: Node, work: Work) -> None:
    pid = pid_of(db)
    with within(SECONDS), pytest.raises(CommitUnknown), ExitStack() as hurry:
        work(db, hurried(hurry, SECONDS, lambda: shop_node.freeze([pid])))


def test_a_frozen_machine_is_left_at_the_deadline(db: Shop, shop_node: Node) -> None:
    with within(SECONDS), pytest.raises(Timeout), ExitStack() as hurry:
        get(db, hurried(hurry, SECONDS, shop_node.freeze))


def test_without_a_deadline_the_profile_s_limit_holds(shop_node: Node) -> None:
    with opened(shop_node, deadline_seconds=SECONDS) as db:
        assert pid_of(db)
        with within(SECONDS), pytest.raises(Timeout):
            get(db, shop_node.freeze)
        shop_node.thaw()


def test_connections_that_rested_are_not_asked_one_by_one(shop_node: Node) -> None:
    config = PoolConfig(size_min=4, size_max=4, ping_idle_seconds=1e-6)
    backend = PostgresBackend.open(shop_node.url(), Shop.entities(), pool=config)
    with Shop(backend, shown_as="shop") as db:
        wait_until_full(db)
        shop_node.freeze()
        with within(SECONDS), pytest.raises(Timeout), dbkit.deadline(SECONDS):
            db.providers.get("acme")
        shop_node.thaw()


def test_a_slow_statement_is_cancelled_and_its_connection_kept(db: Shop, shop_node: Node) -> None:
    pid = pid_of(db)
    with within(SECONDS), pytest.raises(Timeout) as refused, answer_awaited(), dbkit.deadline(SECONDS):
        db.execute(SLEEP)
    assert refused.value.sqlstate == "57014"
    assert shop_node.execute(f"select state from pg_stat_activity where pid = {pid}") == [("idle",)]
    assert pid_of(db) == pid


def test_a_slow_transaction_is_rolled_back(db: Shop, shop_node: Node) -> None:
    pid = pid_of(db)
    with within(SECONDS), pytest.raises(Timeout), answer_awaited(), dbkit.deadline(SECONDS):
        with db.transaction() as tx:
            tx.providers.create(provider("undone"))
            tx.execute(SLEEP)
    assert db.providers.find("undone") is None
    assert pid_of(db) == pid
