"""Messages to relay, and sinks that remember them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from dbkit import AsyncDatabase
from dbkit.relay import AsyncRelay, Message, Refusal
from dbkit.relay.limits import async_waited
from dbkit.types import NewOutboxEvent, OutboxTopic, uuid7
from dbkit.types.clock import now

__all__ = ["Taking", "abandon", "event", "events", "numbers_by_key", "until", "working"]

SECONDS = 60


def event(key: str, number: int, topic: OutboxTopic = OutboxTopic.OPERATION_CHANGE, **fields: Any) -> NewOutboxEvent:
    headers = {"event_id": str(uuid7()), "schema": f"{topic}/1"}
    given = {"headers": headers, "payload": {"number": number}, "available_at": now() - timedelta(minutes=1)}
    return NewOutboxEvent(topic=topic, key=key, **{**given, **fields})


def events(count: int, keys: str = "abcdefgh") -> list[NewOutboxEvent]:
    return [event(keys[number % len(keys)], number) for number in range(count)]


def numbers_by_key(messages: Iterable[Message]) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for message in messages:
        found[message.key].append(message.payload["number"])
    return found


class Taking:
    """A sink that takes messages, but for those that a test wants refused; `before` is called with each batch."""

    def __init__(self, refuses: Callable[[Message], Refusal | None] | None = None) -> None:
        self.refuses = refuses or (lambda message: None)
        self.before: Callable[[Sequence[Message]], object] = len
        self.messages: list[Message] = []
        self._came = asyncio.Event()

    async def publish(self, messages: Sequence[Message]) -> Sequence[Refusal | None]:
        self.before(messages)
        refused: dict[str, Refusal] = {}
        answers: list[Refusal | None] = []
        for message in messages:
            refusal = refused.get(message.key) or self.refuses(message)
            answers.append(refusal)
            if refusal is None:
                self.messages.append(message)
            else:
                refused[message.key] = refusal
        self._came.set()
        return answers

    async def close(self) -> None:
        """Keep what came."""

    async def has(self, count: int) -> None:
        """Wait until so many messages came."""
        async with asyncio.timeout(SECONDS):
            while len(self.messages) < count:
                self._came.clear()
                await self._came.wait()

    @property
    def numbers(self) -> list[Any]:
        return [message.payload["number"] for message in self.messages]


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something holds."""
    never = asyncio.Event()
    async with asyncio.timeout(SECONDS):
        while not await holds():
            await async_waited(never, 0.01)


@asynccontextmanager
async def working(*relays: AsyncRelay) -> AsyncIterator[None]:
    """Have relays work for a block."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(relay.run(stop)) for relay in relays]
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*tasks)


async def abandon(db: AsyncDatabase, holder: str = "a relay that is gone") -> None:
    """Leave all slots as a relay does that was killed, and whose leases have just ended."""
    gone = now()
    async for lease in db.leases.iterate():
        await db.leases.update(
            lease.name, holder=holder, acquired_at=gone - timedelta(seconds=15), expires_at=gone, fence=lease.fence + 1
        )
