"""Queues of those who wait for a row."""

from __future__ import annotations

import asyncio

from dbkit.memory import AsyncMemoryBackend
from dbkit.verbs.transaction import TransactionOptions
from tests.memory.library import books, entities_of


async def test_nobody_overtakes_who_waits_for_more() -> None:
    """Whoever comes later and wants what does not go together waits behind, though those who hold the row let it."""
    (entity,) = entities_of(books())
    backend = AsyncMemoryBackend((entity,))
    await backend.repository(entity).create(entity.new(id=1, title="1"))
    keeper, changer, first, second = [await backend.begin(TransactionOptions()) for _ in range(4)]
    await keeper.repository(entity).lock(1, strength="key share")
    await changer.repository(entity).lock(1, strength="no key update")
    waits = [
        asyncio.create_task(first.repository(entity).lock(1)),
        asyncio.create_task(second.repository(entity).lock(1, strength="no key update")),
    ]
    await asyncio.sleep(0)
    await changer.commit()
    await asyncio.sleep(0)
    assert len(backend.waiting) == 2
    await keeper.commit()
    await waits[0]
    assert len(backend.waiting) == 1
    await first.commit()
    await waits[1]
    await second.commit()
