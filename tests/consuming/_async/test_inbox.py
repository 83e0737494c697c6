from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dbkit import AsyncBaseDatabase, AsyncDatabase, connect_async
from dbkit.consuming import AsyncInbox, Incoming
from dbkit.consuming.received import opened
from dbkit.consuming.together import async_together
from dbkit.events import UsageEmitted
from dbkit.types import ConfigurationInvalid, NewIngestedMessage
from tests.consuming._async.given import AsyncHandler, async_effects, message


def incoming(number: int) -> Incoming:
    return opened(message(number), (UsageEmitted,), 1)


async def test_a_message_has_its_effects_once(db: AsyncDatabase) -> None:
    inbox, handler = AsyncInbox(db, "billing"), AsyncHandler()
    assert await inbox.handle(handler, incoming(1)) is True
    assert await inbox.handle(handler, incoming(1)) is False
    assert handler.seen == [1]
    assert await async_effects(db) == [1]
    assert await db.ingested_messages.exists("billing", "event-1")


async def test_each_subscription_has_its_own(db: AsyncDatabase) -> None:
    handler = AsyncHandler()
    assert await AsyncInbox(db, "billing").handle(handler, incoming(1))
    assert await AsyncInbox(db, "mail").handle(handler, incoming(1))
    assert await async_effects(db) == [1, 1]


async def test_a_handler_that_raises_leaves_nothing_behind(db: AsyncDatabase) -> None:
    inbox, handler = AsyncInbox(db, "billing"), AsyncHandler({1: 1})
    with pytest.raises(RuntimeError):
        await inbox.handle(handler, incoming(1))
    assert await async_effects(db) == []
    assert not await db.ingested_messages.exists("billing", "event-1")
    assert await inbox.handle(handler, incoming(1)) is True
    assert await async_effects(db) == [1]


@pytest.mark.parametrize("isolation", ["read committed", "serializable"])
async def test_of_several_with_the_same_message_one_handles_it(db: AsyncDatabase, isolation: Any) -> None:
    inbox, handler = AsyncInbox(db, "billing", isolation=isolation), AsyncHandler()
    outcomes: list[bool] = []

    async def work() -> None:
        outcomes.append(await inbox.handle(handler, incoming(1)))

    await async_together(work, 4, lambda: None)
    assert sorted(outcomes) == [False, False, False, True]
    assert await async_effects(db) == [1]


async def test_one_that_waits_handles_it_when_the_other_fails(db: AsyncDatabase) -> None:
    inbox, handler = AsyncInbox(db, "billing"), AsyncHandler({1: 1})
    outcomes: list[bool | str] = []

    async def work() -> None:
        try:
            outcomes.append(await inbox.handle(handler, incoming(1)))
        except RuntimeError:
            outcomes.append("failed")

    await async_together(work, 2, lambda: None)
    assert set(outcomes) == {True, "failed"}
    assert await async_effects(db) == [1]


async def test_what_is_older_than_is_kept_is_forgotten(db: AsyncDatabase) -> None:
    for subscription, message_id in (("billing", "a"), ("billing", "b"), ("mail", "c")):
        await db.ingested_messages.create(NewIngestedMessage(subscription=subscription, message_id=message_id))
    inbox = AsyncInbox(db, "billing")
    assert await inbox.forget(timedelta(hours=1)) == 0
    assert await inbox.forget(timedelta(seconds=-60)) == 2
    assert [each.message_id async for each in db.ingested_messages.iterate()] == ["c"]


async def test_a_database_without_an_inbox_is_refused() -> None:
    class AsyncBare(AsyncBaseDatabase[Any]):
        pass

    async with await connect_async("memory://", database=AsyncBare) as bare:
        with pytest.raises(ConfigurationInvalid, match="ingested_messages"):
            AsyncInbox(bare, "billing")
