"""Transaction ids that a server gives out a second time: `pg_xact_status` then tells of another transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from psycopg.conninfo import make_conninfo

import dbkit
from dbkit.embedded.locks import ticks
from dbkit.types import CommitUnknown
from tests.faults._sync.writing import Outbox, opened
from tests.faults.commits import event, make_tables, stored
from tests.faults.fix_nodes import MakeNode
from tests.faults.node import Node
from tests.faults.proxy import Link, Proxy

# Else the log may hold the id by the time of the crash.
LAZY = {"wal_writer_delay": "10s", "autovacuum": "off"}


@pytest.fixture
def make_proxy() -> Iterator[Callable[[Node], Proxy]]:
    proxies: list[Proxy] = []

    def made(node: Node) -> Proxy:
        proxies.append(Proxy(node.port))
        return proxies[-1]

    yield made
    for proxy in proxies:
        proxy.close()


def open_id(node: Node) -> int:
    """Return the id of the one transaction that is open."""
    ((found,),) = node.execute("SELECT backend_xid::text::int FROM pg_stat_activity WHERE backend_xid IS NOT NULL")
    return int(found)


def status(node: Node, id_: int) -> str:
    return str(node.execute(f"SELECT pg_xact_status('{id_}')")[0][0])


def reuse(node: Node, id_: int) -> None:
    """Commit other transactions until the id belongs to one of them."""
    with node.connect() as connection:
        for _ in range(1000):
            (given,) = connection.execute("SELECT pg_current_xact_id()::text::int").fetchone() or (0,)
            if given >= id_:
                break
    assert given == id_


def write(tx: Any) -> None:
    tx.outbox_events.create(event("one"))


@pytest.fixture
def crashing(make_node: MakeNode, make_proxy: Callable[[Node], Proxy]) -> Iterator[tuple[Node, Outbox]]:
    """Give a server that crashes at the COMMIT, and gives its id to another transaction before the client hears of it.

    The row is lost with the crash, and the server says of its transaction's id that it is committed.
    """
    node = make_node(settings=LAZY)
    make_tables(node)
    proxy = make_proxy(node)

    def fault(link: Link, packet: bytes) -> None:
        del packet
        link.keeps_client = True
        id_ = open_id(node)
        node.crash()
        node.start()
        reuse(node, id_)
        assert (status(node, id_), stored(node)) == ("committed", {})
        link.cut()

    with opened(proxy.conninfo(node.conninfo())) as db:
        proxy.arm(fault)
        yield node, db


def test_a_crash_that_lost_a_transaction_is_not_taken_for_its_commit(crashing: tuple[Node, Outbox]) -> None:
    node, db = crashing
    with pytest.raises(CommitUnknown):
        db.run(write)
    assert stored(node) == {}


def test_a_token_tells_that_it_was_lost_in_a_crash(crashing: tuple[Node, Outbox]) -> None:
    node, db = crashing
    db.run(write, commit_token=True)
    assert stored(node) == {"one": 1}


@pytest.fixture
def failing_over(make_node: MakeNode, make_proxy: Callable[[Node], Proxy]) -> Iterator[tuple[Node, Outbox]]:
    """Give a standby that is promoted without the last COMMIT of its primary, and gives its id to another transaction.

    The primary has committed it. The promoted standby lacks the row, and says of the id that it is committed.
    """
    primary = make_node(settings=LAZY)
    make_tables(primary)
    standby = make_node(of=primary)
    standby.wait_until_replayed(primary.execute("SELECT pg_current_wal_lsn()")[0][0])
    proxy = make_proxy(primary)

    def fault(link: Link, packet: bytes) -> None:
        link.keeps_client = True
        id_ = open_id(primary)
        primary.freeze([pid for (pid,) in primary.execute("SELECT pid FROM pg_stat_replication")])
        link.send(packet)
        assert any(status(primary, id_) == "committed" for _ in ticks(60.0))
        primary.crash()
        standby.promote()
        reuse(standby, id_)
        assert (status(standby, id_), stored(standby)) == ("committed", {})
        link.cut()

    hosts = {"host": "127.0.0.1,127.0.0.1", "port": f"{proxy.port},{standby.port}"}
    with opened(make_conninfo(proxy.conninfo(primary.conninfo()), **hosts, target_session_attrs="read-write")) as db:
        proxy.arm(fault)
        yield standby, db


def test_a_failover_that_lost_a_transaction_is_not_taken_for_its_commit(failing_over: tuple[Node, Outbox]) -> None:
    standby, db = failing_over
    with pytest.raises(CommitUnknown):
        db.run(write)
    assert stored(standby) == {}


def test_a_token_tells_that_it_was_lost_in_a_failover(failing_over: tuple[Node, Outbox]) -> None:
    standby, db = failing_over
    db.run(write, commit_token=True)
    assert stored(standby) == {"one": 1}


@pytest.mark.parametrize("commit_token", [False, True])
def test_a_primary_that_was_left_behind_is_not_believed(
    make_node: MakeNode, make_proxy: Callable[[Node], Proxy], *, commit_token: bool
) -> None:
    """It comes back, and callers reach it first; it does not know what the promoted one has committed."""
    left = make_node(settings=LAZY)
    make_tables(left)
    promoted = make_node(of=left)
    promoted.wait_until_replayed(left.execute("SELECT pg_current_wal_lsn()")[0][0])
    left.stop()
    promoted.promote()
    proxy = make_proxy(promoted)

    def fault(link: Link, packet: bytes) -> None:
        link.keeps_client = True
        link.send(packet)
        assert any(stored(promoted) for _ in ticks(60.0))
        left.start()
        link.cut()

    hosts = {"host": "127.0.0.1,127.0.0.1", "port": f"{left.port},{proxy.port}"}
    with opened(make_conninfo(proxy.conninfo(left.conninfo()), **hosts)) as db:
        proxy.arm(fault)
        with pytest.raises(CommitUnknown), dbkit.deadline(2.0):
            db.run(write, commit_token=commit_token)
    assert (stored(left), stored(promoted)) == ({}, {"one": 1})
