"""Several hosts in the URL: after a failover the one that takes writes is found again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import text

import dbkit
from dbkit.embedded.locks import ticks
from dbkit.sqldb import PoolConfig, PostgresBackend
from dbkit.types import AuthenticationFailed, ReadOnly, Unavailable
from tests.faults.fix_nodes import MakeNode
from tests.faults.node import Node
from tests.faults.shop import AsyncShop, Shop, create_tables, provider

FOUND_SECONDS = 60.0


@pytest.fixture
def pair(make_node: MakeNode) -> tuple[Node, Node]:
    """A primary, and a standby that follows it."""
    primary = make_node()
    create_tables(primary)
    standby = make_node(of=primary)
    standby.wait_until_replayed(primary.execute("select pg_current_wal_lsn()")[0][0])
    return primary, standby


def hosts(*nodes: Node, wanted: str | None = "read-write") -> str:
    url = f"postgresql://dbkit@{','.join(f'127.0.0.1:{node.port}' for node in nodes)}/postgres"
    return f"{url}?target_session_attrs={wanted}" if wanted else url


def fence(node: Node) -> None:
    """Let a server take no writes, as those do who want to keep it from being a second primary."""
    node.execute("alter system set default_transaction_read_only = on")
    node.execute("select pg_reload_conf()")
    for _ in ticks(FOUND_SECONDS):
        if node.execute("show default_transaction_read_only") == [("on",)]:
            return


def slugs(node: Node) -> set[str]:
    return {slug for (slug,) in node.execute("select slug from providers")}


def write(db: Shop, slug: str) -> None:
    """Write, again and again until a server takes it."""
    for _ in ticks(FOUND_SECONDS):
        with suppress(Unavailable):
            db.run(lambda tx: tx.providers.create(provider(slug)))
            return
    raise AssertionError("no server was found that takes writes")


def opened(url: str) -> Shop:
    """Open a database with one connection."""
    backend = PostgresBackend.open(url, Shop.entities(), pool=PoolConfig(size_min=1, size_max=1))
    return Shop(backend, shown_as="shop")


def wait_until_told(db: Shop) -> None:
    """Wait until the backend of the pool's only connection knows that its server is fenced."""
    for _ in ticks(FOUND_SECONDS):
        if db.execute(text("show default_transaction_read_only"))[0]["default_transaction_read_only"] == "on":
            return
    raise AssertionError("the server was not fenced")


@pytest.fixture
def db(pair: tuple[Node, Node]) -> Iterator[Shop]:
    with opened(hosts(*pair)) as db:
        db.providers.create(provider("before"))
        yield db


def test_the_promoted_standby_is_found(db: Shop, pair: tuple[Node, Node]) -> None:
    primary, standby = pair
    standby.wait_until_replayed(primary.execute("select pg_current_wal_lsn()")[0][0])
    primary.crash()
    standby.promote()
    write(db, "after")
    assert {"before", "after"} <= slugs(standby)


def test_the_order_of_hosts_does_not_matter(pair: tuple[Node, Node]) -> None:
    primary, standby = pair
    with dbkit.connect(hosts(standby, primary), database=Shop) as db:
        db.providers.create(provider("before"))
    assert "before" in slugs(primary)


def test_a_fenced_primary_is_left_for_the_promoted_standby(db: Shop, pair: tuple[Node, Node]) -> None:
    primary, standby = pair
    standby.wait_until_replayed(primary.execute("select pg_current_wal_lsn()")[0][0])
    fence(primary)
    standby.promote()
    # The old primary lives, and so do the pool's connections to it.
    write(db, "after")
    assert "after" in slugs(standby)
    assert "after" not in slugs(primary)


def test_who_is_refused_by_a_fenced_primary_may_try_again(db: Shop, pair: tuple[Node, Node]) -> None:
    primary, standby = pair
    fence(primary)
    wait_until_told(db)
    with pytest.raises(Unavailable, match="takes no writes any more") as refused:
        db.providers.create(provider("refused"))
    assert (refused.value.retryable, refused.value.sqlstate) == (True, "25006")
    standby.promote()
    write(db, "after")
    assert "refused" not in slugs(primary) | slugs(standby)


def test_a_transaction_that_only_reads_leaves_nothing(db: Shop) -> None:
    with pytest.raises(ReadOnly), db.transaction(read_only=True) as tx:
        tx.providers.create(provider("refused"))
    assert db.providers.exists("before")


def test_who_takes_any_server_is_told_what_it_is(pair: tuple[Node, Node]) -> None:
    _, standby = pair
    with dbkit.connect(hosts(standby, wanted="any"), database=Shop) as db, pytest.raises(ReadOnly):
        db.providers.create(provider("refused"))


def test_a_profile_does_not_lift_the_fence(pair: tuple[Node, Node]) -> None:
    primary, standby = pair
    with dbkit.connect(hosts(*pair, wanted=None), env="prod", service="write", database=Shop) as db:
        db.providers.create(provider("before"))
        standby.wait_until_replayed(primary.execute("select pg_current_wal_lsn()")[0][0])
        fence(primary)
        standby.promote()
        write(db, "after")
    assert "after" in slugs(standby)


def test_a_fenced_primary_is_still_the_primary(pair: tuple[Node, Node]) -> None:
    primary, _ = pair
    with opened(hosts(*pair, wanted="primary")) as db:
        fence(primary)
        wait_until_told(db)
        with pytest.raises(ReadOnly):
            db.providers.create(provider("refused"))


def test_hosts_that_are_not_asked_for_are_no_matter_of_passwords(make_node: MakeNode) -> None:
    node = make_node(rules="local all all trust\nhost all dbkit all trust\nhost all all all scram-sha-256\n")
    node.execute("create role app login password 'right'")
    fence(node)
    with pytest.raises(Unavailable, match="no host is the server that is asked for"):
        dbkit.connect(node.url(user="app:right") + "?target_session_attrs=read-write", database=Shop)
    with pytest.raises(AuthenticationFailed):
        dbkit.connect(node.url(user="app:wrong") + "?target_session_attrs=read-write", database=Shop)


async def test_awaited(pair: tuple[Node, Node]) -> None:
    primary, standby = pair
    async with dbkit.connect_async(hosts(*pair), database=AsyncShop) as db:
        await db.providers.create(provider("before"))
        await asyncio.to_thread(standby.wait_until_replayed, primary.execute("select pg_current_wal_lsn()")[0][0])
        await asyncio.to_thread(fence, primary)
        await asyncio.to_thread(standby.promote)
        for _ in ticks(FOUND_SECONDS):
            with suppress(Unavailable):
                await db.run(lambda tx: tx.providers.create(provider("after")))
                break
    assert "after" in slugs(standby)
