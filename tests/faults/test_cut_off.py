"""Tasks that are cancelled while their server does not answer: `asyncio.wait_for` returns when it says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from tests.faults._async.works import KEEPS_NOTHING, MAY_KEEP, Freeze, Work, get, opened, pid_of
from tests.faults.node import Node
from tests.faults.shop import AsyncShop, provider, within

SECONDS = 0.2


@pytest.fixture(autouse=True)
def thawed(shop_node: Node) -> Iterator[None]:
    yield
    shop_node.thaw()


@pytest.fixture
async def db(shop_node: Node) -> AsyncIterator[AsyncShop]:
    async with await opened(shop_node) as db:
        assert await pid_of(db)
        yield db
        shop_node.thaw()


async def frozen(db: AsyncShop, work: Work, freeze: Freeze) -> asyncio.Task[None]:
    """Begin some work, and return it when its server is frozen: a busy machine takes its time to come as far."""
    is_frozen = asyncio.Event()

    def freeze_and_tell() -> None:
        freeze()
        is_frozen.set()

    task = asyncio.create_task(work(db, freeze_and_tell))
    await is_frozen.wait()
    return task


@pytest.mark.parametrize("work", [*KEEPS_NOTHING, *MAY_KEEP])
async def test_a_cancelled_task_ends_though_its_backend_is_frozen(db: AsyncShop, shop_node: Node, work: Work) -> None:
    pid = await pid_of(db)
    task = await frozen(db, work, lambda: shop_node.freeze([pid]))
    with within(SECONDS), pytest.raises(TimeoutError):
        await asyncio.wait_for(task, SECONDS)
    assert await asyncio.wait_for(pid_of(db), 60) != pid


async def test_a_cancelled_task_ends_though_its_machine_is_frozen(db: AsyncShop, shop_node: Node) -> None:
    task = await frozen(db, get, shop_node.freeze)
    with within(SECONDS), pytest.raises(TimeoutError):
        await asyncio.wait_for(task, SECONDS)


async def test_a_cancelled_task_rolls_back_though_its_backend_is_frozen(db: AsyncShop, shop_node: Node) -> None:
    pid = await pid_of(db)
    is_begun = asyncio.Event()

    async def work() -> None:
        async with db.transaction() as tx:
            await tx.providers.create(provider("undone"))
            shop_node.freeze([pid])
            is_begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await is_begun.wait()
    task.cancel()
    with within(0), pytest.raises(asyncio.CancelledError):
        await task
    shop_node.thaw()
    assert await db.providers.find("undone") is None


async def test_a_cancelled_copy_ends_though_its_backend_is_frozen(db: AsyncShop, shop_node: Node) -> None:
    pid = await pid_of(db)
    # More than socket and server take in, so that the task waits in the middle of the COPY.
    rows = [provider(f"{number:06}-{'x' * 100}") for number in range(40_000)]
    shop_node.freeze([pid])
    task = asyncio.create_task(db.providers.create_many(rows))
    done, _ = await asyncio.wait([task], timeout=2 * SECONDS)
    assert not done
    task.cancel()
    with within(0), pytest.raises(asyncio.CancelledError):
        await task
