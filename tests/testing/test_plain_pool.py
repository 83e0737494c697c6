"""The pool of tests' own databases gives up no connection open."""

from __future__ import annotations

import asyncio

import pytest

from dbkit.sqldb import PoolConfig
from dbkit.sqldb._async.wire import AsyncDbkitConnection
from dbkit.testing._async.plain_pool import AsyncPlainPool


async def test_a_caller_who_leaves_while_a_connection_is_set_up_leaves_none_open(postgres_url: str) -> None:
    opened: list[AsyncDbkitConnection] = []
    begun = asyncio.Event()

    async def configure(connection: AsyncDbkitConnection) -> None:
        opened.append(connection)
        begun.set()
        await asyncio.Event().wait()

    pool = AsyncPlainPool(postgres_url, PoolConfig(size_max=1), configure)
    waiting = asyncio.create_task(pool.lend())
    await begun.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert [each.closed for each in opened] == [True]
    # And the room of the one that is gone is another's.
    begun.clear()
    again = asyncio.create_task(pool.lend())
    await begun.wait()
    again.cancel()
    with pytest.raises(asyncio.CancelledError):
        await again
    await pool.close()
