"""A receiver of webhooks on loopback, that answers as it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

__all__ = ["Answer", "Message", "Receiver", "answering", "cutting_off", "receiving", "silent"]

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Message:
    """What was received."""

    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """The messages that came, and the answers to give: one after the other, the last one for ever."""

    answers: list[Answer]
    messages: list[Message] = field(default_factory=list)
    url: str = ""
    came: asyncio.Event = field(default_factory=asyncio.Event)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one message and answer."""
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lines = (line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
            headers = {name.lower(): value for name, value in lines}
            body = await reader.readexactly(int(headers["content-length"]))
            self.messages.append(Message(headers, body))
            self.came.set()
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            await answer(writer)
        except ConnectionError:
            pass
        finally:
            writer.transport.abort()


def answering(status: int, *headers: str) -> Answer:
    """Answer with a status and headers."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {status} Words", *headers, "content-length: 6", "connection: close"]
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\ncanary")
        await _sent(writer)

    return answer


async def silent(_writer: asyncio.StreamWriter) -> None:
    """Say nothing."""
    await asyncio.Event().wait()


async def cutting_off(writer: asyncio.StreamWriter) -> None:
    """Go in the middle of the answer."""
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly")
    await _sent(writer)


@asynccontextmanager
async def receiving(*answers: Answer) -> AsyncIterator[Receiver]:
    """Receive for a block."""
    receiver = Receiver(list(answers) or [answering(200)])
    server = await asyncio.start_server(receiver.take, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    try:
        yield receiver
    finally:
        server.close()
        for task in receiver.tasks:
            task.cancel()
        await asyncio.gather(*receiver.tasks, return_exceptions=True)


async def _sent(writer: asyncio.StreamWriter) -> None:
    """Close when what was written has gone out."""
    writer.close()
    await writer.wait_closed()
