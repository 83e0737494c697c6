"""How a database is opened, and what type it then has. Never run: type checkers read it.

Each line that ends in `refused` is refused, and no other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import assert_type

import dbkit
from dbkit.memory import AsyncMemoryDatabase, MemoryDatabase
from dbkit.memory.control.snapshots import Snapshot
from dbkit.models import CONNECTIONS
from dbkit.types import (
    Connection,
    ConnectionFilter,
    ConnectionId,
    ConnectionRepository,
    ConnectionTransactionRepository,
    ProjectId,
)


class Shop(dbkit.Database):
    pass


class AsyncShop(dbkit.AsyncDatabase):
    pass


class PlainTransaction(dbkit.BaseTransaction):
    connections: ConnectionTransactionRepository = dbkit.repository(CONNECTIONS)


class PlainDatabase(dbkit.BaseDatabase[PlainTransaction]):
    connections: ConnectionRepository = dbkit.repository(CONNECTIONS)


def opens_its_own(project: ProjectId, key: ConnectionId) -> None:
    with dbkit.connect(database=PlainDatabase) as db, dbkit.using(db), db.transaction() as tx:
        assert_type(tx, PlainTransaction)
        assert_type(tx.connections.lock(project, key), Connection)
        assert_type(db.connections.get(project, key), Connection)
        del db.projects  # refused
        del tx.projects  # refused


def opens() -> None:
    assert_type(dbkit.connect(), dbkit.Database)
    assert_type(dbkit.connect("memory://", env="test", service="api"), dbkit.Database)
    assert_type(dbkit.connect("memory://", database=Shop), Shop)
    with dbkit.connect(database=Shop) as shop:
        assert_type(shop, Shop)
        assert_type(shop.memory, MemoryDatabase)
        assert_type(shop.memory.snapshot(), Snapshot)
        with shop.memory.steps() as steps:
            assert_type(steps.call(lambda: 1).finish(), int)
        shop.memory.restore(1)  # refused
        with shop.memory.faults() as faults:
            faults.next("gremlins")  # refused


async def opens_async() -> None:
    assert_type(await dbkit.connect_async(), dbkit.AsyncDatabase)
    assert_type(await dbkit.connect_async("memory://", database=AsyncShop), AsyncShop)
    async with dbkit.connect_async(database=AsyncShop) as shop:
        assert_type(shop, AsyncShop)
        assert_type(shop.memory, AsyncMemoryDatabase)
        assert_type(await shop.memory.load({}), int)


def context(shop: Shop, async_shop: AsyncShop) -> None:
    assert_type(dbkit.current(), dbkit.Database)
    assert_type(dbkit.current_async(), dbkit.AsyncDatabase)
    with dbkit.using(shop), dbkit.using(async_shop), dbkit.using(connections=object()):
        carried: Callable[[ProjectId], int] = dbkit.carry(count)
        del carried


def count(project: ProjectId) -> int:
    return dbkit.current().connections.count(ConnectionFilter(project_id=project))


def is_refused() -> None:
    dbkit.connect(5)  # refused
    dbkit.connect("memory://", database=AsyncShop)  # refused
    dbkit.connect_async("memory://", database=Shop)  # refused
    dbkit.connect("memory://", "test")  # refused
    dbkit.using(5)  # refused
    with dbkit.connect_async("memory://"):  # refused
        pass


async def forgets_to_wait(db: dbkit.AsyncDatabase, project: ProjectId, key: ConnectionId) -> None:
    db.connections.purge(project, key)  # refused
    del db.connections.get(project, key).status  # refused
    for connection in db.connections.iterate(ConnectionFilter(project_id=project)):  # refused
        del connection
    with db.transaction():  # refused
        pass
    async with db.transaction() as tx:
        tx.connections.purge(project, key)  # refused


def plain_work(tx: dbkit.AsyncTransaction) -> int:
    del tx
    return 1


async def runs_plain_work(db: dbkit.AsyncDatabase) -> None:
    await db.run(plain_work)  # refused
    assert_type(await asyncio.gather(db.projects.count(), db.teams.count()), int)  # refused
