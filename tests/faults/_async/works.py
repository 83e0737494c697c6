"""Work on a small database, each kind with the moment at which its server is frozen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, TypeAlias

from sqlalchemy import insert, text

import dbkit
from dbkit.models import PROVIDERS
from dbkit.sqldb import AsyncPostgresBackend, PoolConfig
from tests.faults.node import Node
from tests.faults.shop import AsyncShop, provider

__all__ = [
    "KEEPS_NOTHING",
    "MAY_KEEP",
    "Freeze",
    "Work",
    "commit",
    "create",
    "get",
    "hurried",
    "iterate_in_a_transaction",
    "opened",
    "pid_of",
    "roll_back",
]

PID = text("select pg_backend_pid() as pid")

Freeze: TypeAlias = Callable[[], None]
Work: TypeAlias = Callable[[AsyncShop, Freeze], Any]


async def opened(node: Node, **options: Any) -> AsyncShop:
    """Open a database with one connection, so that it is known which one is frozen."""
    config = PoolConfig(size_min=1, size_max=1, **options)
    backend = await AsyncPostgresBackend.open(node.url(), AsyncShop.entities(), pool=config)
    return AsyncShop(backend, shown_as="shop")


async def pid_of(db: AsyncShop) -> int:
    return int((await db.execute(PID))[0]["pid"])


def hurried(hurry: ExitStack, seconds: float, freeze: Freeze) -> Freeze:
    """Return what freezes, and has the caller's deadline begin then: a busy machine takes its time to come as far."""

    def freeze_and_hurry() -> None:
        freeze()
        hurry.enter_context(dbkit.deadline(seconds))

    return freeze_and_hurry


async def get(db: AsyncShop, freeze: Freeze) -> None:
    freeze()
    await db.providers.get("acme")


async def get_in_a_transaction(db: AsyncShop, freeze: Freeze) -> None:
    async with db.transaction() as tx:
        freeze()
        await tx.providers.get("acme")


async def begin(db: AsyncShop, freeze: Freeze) -> None:
    freeze()
    async with db.transaction():
        pass


async def roll_back(db: AsyncShop, freeze: Freeze) -> None:
    async with db.transaction() as tx:
        await tx.providers.create(provider("undone"))
        freeze()
        await tx.providers.create(provider("undone"))


async def commit(db: AsyncShop, freeze: Freeze) -> None:
    async with db.transaction() as tx:
        await tx.providers.create(provider("committed"))
        freeze()


async def iterate(db: AsyncShop, freeze: Freeze) -> None:
    freeze()
    async for _ in db.providers.iterate():
        pass


async def iterate_in_a_transaction(db: AsyncShop, freeze: Freeze) -> None:
    async with db.transaction() as tx:
        freeze()
        async for _ in tx.providers.iterate():
            pass


async def create_many_in_a_transaction(db: AsyncShop, freeze: Freeze) -> None:
    async with db.transaction() as tx:
        freeze()
        await tx.providers.create_many([provider("many"), provider("more")])


async def execute(db: AsyncShop, freeze: Freeze) -> None:
    freeze()
    await db.execute(PID)


async def use_a_session(db: AsyncShop, freeze: Freeze) -> None:
    async with db.session() as session:
        await session.execute(PID)
        freeze()
        await session.execute(PID)


async def commit_a_session(db: AsyncShop, freeze: Freeze) -> None:
    async with db.session() as session:
        await session.execute(PID)
        freeze()
        await session.commit()


async def execute_an_insert(db: AsyncShop, freeze: Freeze) -> None:
    freeze()
    values = provider("inserted").model_dump(include={"slug", "display_name", "base_url"})
    await db.execute(insert(PROVIDERS.table).values(**values))


async def create(db: AsyncShop, freeze: Freeze) -> None:
    freeze()
    await db.providers.create(provider("one"))


async def create_many(db: AsyncShop, freeze: Freeze) -> None:
    freeze()
    await db.providers.create_many([provider("two"), provider("three")])


KEEPS_NOTHING = [
    get,
    get_in_a_transaction,
    begin,
    roll_back,
    iterate,
    iterate_in_a_transaction,
    create_many_in_a_transaction,
    execute,
    use_a_session,
]
MAY_KEEP = [create, create_many, commit, commit_a_session, execute_an_insert]
