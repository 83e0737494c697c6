"""A relay before the server, in a process of its own: `python -m benchmarks.pool.relay PORT PORTS DELAY_SECONDS`.

It has a port for each pool, so that it knows whose connections it counts; each can be slow to begin. Where the server
does not answer, it resets the connection. It prints its ports, and when its input ends, for each port when
(`time.monotonic`) connections came.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from subprocess import PIPE, Popen

__all__ = ["Relay", "relayed"]

_Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

_CHUNK_BYTES = 65_536
_RESET = struct.pack("ii", 1, 0)


class Relay:
    """A relay that runs. Its ports are in `ports`, and its connections are known once it was ended."""

    def __init__(self, process: Popen[str]) -> None:
        self._process = process
        self._ended: list[list[float]] | None = None
        self.ports: list[int] = json.loads(self._line())

    def ended(self) -> list[list[float]]:
        """End the relay, and return for each port when connections came."""
        if self._ended is None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._ended = json.loads(self._line())
            self._process.wait()
        return self._ended

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@contextmanager
def relayed(server_port: int, ports: int, delay_seconds: float = 0.0) -> Iterator[Relay]:
    """Run a relay for a block."""
    words = [str(word) for word in (server_port, ports, delay_seconds)]
    command = [sys.executable, "-m", "benchmarks.pool.relay", *words]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True) as process:
        relay = Relay(process)
        try:
            yield relay
        finally:
            relay.ended()


async def _relay(server_port: int, ports: int, delay_seconds: float) -> None:
    came: list[list[float]] = [[] for _ in range(ports)]

    def handler(number: int) -> _Handler:
        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            came[number].append(time.monotonic())
            # Cancelled where the relay ends before the connection does.
            with suppress(OSError, asyncio.CancelledError):
                await asyncio.sleep(delay_seconds)
                await _carried(server_port, reader, writer)

        return handle

    servers = [await asyncio.start_server(handler(number), "127.0.0.1", 0) for number in range(ports)]
    _print([server.sockets[0].getsockname()[1] for server in servers])
    await asyncio.to_thread(sys.stdin.read)
    _print(came)


async def _carried(server_port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Carry a connection's bytes both ways until one side ends it, and then end the other."""
    try:
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", server_port)
    except OSError:
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        writer.close()
        return
    ways = (_copied(reader, server_writer), _copied(server_reader, writer))
    tasks = [asyncio.create_task(way) for way in ways]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    writer.close()
    server_writer.close()


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(_CHUNK_BYTES):
            writer.write(data)
            await writer.drain()


def _print(found: object) -> None:
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_relay(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
