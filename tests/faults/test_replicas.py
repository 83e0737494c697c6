"""Readers on a streaming replica that lags: what one has written, one reads."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

import dbkit
from dbkit.embedded.locks import ticks
from dbkit.types import (
    ConfigurationInvalid,
    DatabaseClosed,
    NotFound,
    ProviderFilter,
    ReadOnly,
    TransactionAborted,
    ValueInvalid,
)
from tests.faults.fix_nodes import open_folder
from tests.faults.node import Node, free_port
from tests.faults.pgbouncer import PgBouncer
from tests.faults.replicas import IS_REPLICA, SLACK_SECONDS, caught_up, is_on_replica, url
from tests.faults.shop import AsyncShop, Shop, create_tables, provider
from tests.timing import at_most

WAIT_SECONDS = 0.05


@pytest.fixture(scope="module")
def primary() -> Iterator[Node]:
    with open_folder() as folder:
        node = Node.made(folder, settings={"wal_keep_size": "256MB"})
        try:
            create_tables(node)
            yield node
        finally:
            node.remove()


@pytest.fixture(scope="module")
def _replica(primary: Node) -> Iterator[Node]:
    with open_folder() as folder:
        node = primary.standby(folder)
        try:
            yield node
        finally:
            node.remove()


@pytest.fixture
def replica(_replica: Node) -> Iterator[Node]:
    """A replica that follows at once, whatever a test before has done to it."""
    yield _replica
    _replica.thaw()
    _replica.execute("SELECT pg_wal_replay_resume()")


def test_a_caught_up_replica_serves(primary: Node, replica: Node) -> None:
    with dbkit.connect(url(primary, replica), database=Shop) as db:
        position = caught_up(db, replica)
        with db.reading(after=position, wait_seconds=5) as reader:
            assert is_on_replica(reader)
            assert reader.providers.get("acme").slug == "acme"
            with reader.transaction() as tx:
                assert is_on_replica(tx)
                assert len(list(tx.providers.iterate(ProviderFilter()))) == tx.providers.count(ProviderFilter())
            with reader.session() as session:
                assert session.scalar(IS_REPLICA) is True
        with db.reading(wait_seconds=10) as reader:
            assert is_on_replica(reader)
        assert not is_on_replica(db)


async def test_a_caught_up_replica_serves_async(primary: Node, replica: Node) -> None:
    async with dbkit.connect_async(url(primary, replica), database=AsyncShop) as db:
        position = await db.position()
        async with db.reading(after=position, wait_seconds=5) as reader:
            assert (await reader.execute(IS_REPLICA))[0]["here"]
            found = await asyncio.gather(*(reader.providers.get("acme") for _ in range(20)))
            assert {each.slug for each in found} == {"acme"}
            async with reader.transaction() as tx, tx.session() as session:
                assert await session.scalar(IS_REPLICA) is True


def test_one_reads_what_one_has_written_while_the_replica_lags_at_random(primary: Node, replica: Node) -> None:
    """Replay stops and goes on at random: each own write is read, from wherever it is."""
    chance = random.Random(6)
    places = {True: 0, False: 0}
    with dbkit.connect(url(primary, replica), database=Shop) as db, replica.connect() as control:
        for number in range(60):
            way = chance.choice(["pause", "resume"])
            control.execute(f"SELECT pg_wal_replay_{way}()".encode())
            # A replica that goes on gets there in time at least where there is enough of it.
            wait_seconds = 10 if way == "resume" and number % 3 == 0 else 0.01
            slug = f"own-{number}"
            db.providers.create(provider(slug))
            with db.reading(after=db.position(), wait_seconds=wait_seconds) as reader:
                assert reader.providers.get(slug).slug == slug
                places[is_on_replica(reader)] += 1
    assert min(places.values()) > 0


async def test_many_tasks_read_what_they_have_written(primary: Node, replica: Node) -> None:
    async with dbkit.connect_async(url(primary, replica), database=AsyncShop) as db:

        async def write_and_read(task: int) -> None:
            for number in range(10):
                slug = f"task-{task}-{number}"
                await db.providers.create(provider(slug))
                async with db.reading(after=await db.position()) as reader:
                    assert (await reader.providers.get(slug)).slug == slug

        await asyncio.gather(*(write_and_read(task) for task in range(8)))


async def test_readers_and_writers_do_not_get_each_others_connections(primary: Node, replica: Node) -> None:
    async def places(unit: Any, *, here: bool) -> None:
        for _ in range(5):
            async with unit.session() as session:
                assert await session.scalar(IS_REPLICA) is here
            assert (await unit.execute(IS_REPLICA))[0]["here"] is here

    async with (
        dbkit.connect_async(url(primary, replica), database=AsyncShop) as db,
        db.reading(wait_seconds=10) as far,
        db.reading(wait_seconds=10) as near,
    ):
        assert (await far.execute(IS_REPLICA))[0]["here"]
        async with near.transaction(isolation="serializable"):
            pass  # From now on it reads on the primary.
        await asyncio.gather(places(far, here=True), places(near, here=False), places(db, here=False))
        async with far.session() as one, db.session() as two, near.session() as three:
            found = [await session.scalar(IS_REPLICA) for session in (three, two, one)]
        assert found == [False, False, True]


def test_without_a_token_a_reader_may_see_the_past(primary: Node, replica: Node) -> None:
    with dbkit.connect(url(primary, replica), database=Shop) as db:
        caught_up(db, replica)
        with db.reading(wait_seconds=10) as reader:
            assert is_on_replica(reader)
            replica.execute("SELECT pg_wal_replay_pause()")
            db.providers.create(provider("unseen"))
            with pytest.raises(NotFound):
                reader.providers.get("unseen")
        with db.reading(after=db.position()) as reader:
            assert reader.providers.get("unseen").slug == "unseen"


def test_the_primary_serves_where_the_replica_does_not_get_there_in_time(primary: Node, replica: Node) -> None:
    with dbkit.connect(url(primary, replica), database=Shop) as db:
        caught_up(db, replica)
        with db.reading(wait_seconds=10) as reader:
            assert is_on_replica(reader)
        replica.execute("SELECT pg_wal_replay_pause()")
        db.providers.create(provider("late"))
        position = db.position()
        started = time.monotonic()
        with db.reading(after=position, wait_seconds=WAIT_SECONDS) as reader:
            with at_most(WAIT_SECONDS + SLACK_SECONDS):
                assert reader.providers.get("late").slug == "late"
            assert time.monotonic() - started >= WAIT_SECONDS
            with at_most(SLACK_SECONDS):
                assert not is_on_replica(reader)
                replica.execute("SELECT pg_wal_replay_resume()")
                replica.wait_until_replayed(position.partition("-")[2])
                assert not is_on_replica(reader)


def test_a_replica_that_gets_there_in_time_serves(primary: Node, replica: Node) -> None:
    with dbkit.connect(url(primary, replica), database=Shop) as db, replica.connect() as control:
        caught_up(db, replica)
        control.execute("SELECT pg_wal_replay_pause()")
        db.providers.create(provider("in-time"))
        position = db.position()
        with db.reading(after=position, wait_seconds=5) as reader:
            control.execute("SELECT pg_wal_replay_resume()")
            assert is_on_replica(reader)
            assert reader.providers.get("in-time").slug == "in-time"


def test_a_lag_beyond_the_limit_leads_to_the_primary(primary: Node, replica: Node) -> None:
    with dbkit.connect(url(primary, replica), database=Shop) as db:
        caught_up(db, replica)
        replica.execute("SELECT pg_wal_replay_pause()")
        db.providers.create(provider("lagging"))
        received = "SELECT pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()"
        with replica.connect() as connection:
            assert any(connection.execute(received).fetchone() == (True,) for _ in ticks(10))
        with db.reading(lag_seconds_max=0) as reader:
            assert not is_on_replica(reader)
        with db.reading(lag_seconds_max=3600, wait_seconds=10) as reader:
            assert is_on_replica(reader)


@pytest.mark.parametrize("is_paused", [False, True])
def test_nothing_is_written_by_a_reader_wherever_it_is(primary: Node, replica: Node, is_paused: bool) -> None:
    with dbkit.connect(url(primary, replica), database=Shop) as db:
        position = caught_up(db, replica)
        if is_paused:
            replica.execute("SELECT pg_wal_replay_pause()")
            db.execute(text("SELECT pg_switch_wal()"))
            position = db.position()
        with db.reading(after=position, wait_seconds=WAIT_SECONDS if is_paused else 10) as reader:
            assert is_on_replica(reader) is not is_paused
            for write in (
                lambda: reader.providers.create(provider("one")),
                lambda: reader.providers.create_many([provider("one"), provider("two")]),
                lambda: reader.providers.create_many([provider("one"), provider("two")], returning=True),
                lambda: reader.execute(text("DELETE FROM providers")),
            ):
                with pytest.raises(ReadOnly):
                    write()
            with pytest.raises(TransactionAborted), reader.transaction() as tx, pytest.raises(ReadOnly):
                tx.providers.create(provider("one"))
            with pytest.raises(ReadOnly), reader.session() as session:
                session.execute(text("DELETE FROM providers"))
        assert not db.providers.exists("one")
        # Its connections are as they were.
        db.providers.create(provider(f"after-{is_paused}".lower()))


def test_a_serializable_reader_is_with_the_primary(primary: Node, replica: Node) -> None:
    with (
        dbkit.connect(url(primary, replica), database=Shop) as db,
        db.reading(after=caught_up(db, replica)) as reader,
        reader.transaction(isolation="serializable") as tx,
    ):
        assert not is_on_replica(tx)


def test_a_replica_that_is_not_there_is_no_readers_error(primary: Node, replica: Node) -> None:
    absent = f"127.0.0.1:{free_port()}"
    with dbkit.connect(f"{primary.url()}?replicas={absent}", database=Shop) as db, db.reading() as reader:
        assert not is_on_replica(reader)
    hosts = f"{absent},127.0.0.1:{replica.port}"
    with dbkit.connect(f"{primary.url()}?replicas={hosts}", database=Shop) as db:
        position = caught_up(db, replica)
        for _ in range(4):
            with db.reading(after=position, wait_seconds=5) as reader:
                assert is_on_replica(reader)


def test_a_primary_named_as_a_replica_serves_as_what_it_is(primary: Node) -> None:
    with dbkit.connect(url(primary, primary), database=Shop) as db, db.reading(after=db.position()) as reader:
        assert reader.providers.get("acme").slug == "acme"
        with pytest.raises(ReadOnly):
            reader.providers.create(provider("one"))


def test_a_pooler_before_a_replica_is_refused_by_name(primary: Node, replica: Node, make_folder: Any) -> None:
    pooler = PgBouncer(make_folder(), replica)
    pooler.start()
    try:
        with (
            dbkit.connect(f"{primary.url()}?replicas=127.0.0.1:{pooler.port}", database=Shop) as db,
            pytest.raises(ConfigurationInvalid, match="a pooler stands between dbkit and the replica"),
            db.reading() as reader,
        ):
            reader.providers.get("acme")
    finally:
        pooler.remove()


def test_a_pooler_before_the_primary_alone_is_welcome(primary: Node, replica: Node, make_folder: Any) -> None:
    pooler = PgBouncer(make_folder(), primary)
    pooler.start()
    try:
        there = pooler.url(parameters=f"?pooler=pgbouncer&replicas=127.0.0.1:{replica.port}")
        with dbkit.connect(there, env="prod", service="api", database=Shop) as db:
            with db.reading(after=caught_up(db, replica), wait_seconds=5) as reader:
                assert is_on_replica(reader)
                limit = reader.execute(text("SHOW statement_timeout"))
                assert limit[0]["statement_timeout"] == "5s"
            replica.execute("SELECT pg_wal_replay_pause()")
            db.providers.create(provider("pooled"))
            with db.reading(after=db.position()) as reader:
                assert reader.providers.get("pooled").slug == "pooled"
                assert not is_on_replica(reader)
                with pytest.raises(ReadOnly):
                    reader.providers.create(provider("one"))
            db.providers.create(provider("pooled-2"))
    finally:
        pooler.remove()


def test_a_replica_has_no_position(primary: Node, replica: Node) -> None:
    with dbkit.connect(replica.url(), database=Shop) as db, pytest.raises(ReadOnly, match="follows another"):
        db.position()


def test_a_reader_knows_the_primarys_position(primary: Node, replica: Node) -> None:
    with dbkit.connect(url(primary, replica), database=Shop) as db:
        first = caught_up(db, replica)
        with db.reading(after=first, wait_seconds=5) as reader:
            assert is_on_replica(reader)
            db.providers.create(provider("position"))
            assert reader.position() > first


def test_reads_are_counted_by_the_database(primary: Node, replica: Node) -> None:
    with dbkit.connect(url(primary, replica), database=Shop) as db, db.expect_queries(2), db.reading() as reader:
        reader.providers.get("acme")
        with reader.expect_queries(1):
            reader.execute(IS_REPLICA)


@pytest.mark.parametrize("token", ["", "1-0", "x-0/1", "1-0/1; DROP", "1-123456789/0", 7])
def test_a_token_that_is_none(primary: Node, token: Any) -> None:
    with (
        dbkit.connect(primary.url(), database=Shop) as db,
        pytest.raises(ValueInvalid) as caught,
        db.reading(after=token),
    ):
        pass
    assert caught.value.fields == ("after",)


def test_a_reader_ends_with_its_block(primary: Node, replica: Node) -> None:
    with dbkit.connect(url(primary, replica), database=Shop) as db:
        with db.reading() as reader:
            kept = reader.providers
        with pytest.raises(DatabaseClosed):
            kept.get("acme")
        assert db.providers.get("acme").slug == "acme"
