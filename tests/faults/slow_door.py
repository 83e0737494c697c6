"""A way to a server on which connecting takes its time."""

from __future__ import annotations

import selectors
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.faults.node import ROLE, Node

__all__ = ["SlowDoor", "slow_door"]

_TOGETHER_SECONDS = 60.0


class SlowDoor:
    """Counts who comes through: `opened` in all, and `together_max` who were being let in at the same time.

    From `wait_for` on it lets in nobody before that many are at the door: on a busy machine they take longer to come
    than it takes to be let in.
    """

    def __init__(self, url: str, seconds: float) -> None:
        self.url = url
        self.seconds = seconds
        self._wanted = 0
        self._is_enough = threading.Event()
        self.opened = 0
        self.together_max = 0
        self._entering = 0
        self._lock = threading.Lock()
        self.is_closed = threading.Event()

    def wait_for(self, count: int) -> None:
        """Let so many wait for each other."""
        self._wanted = count

    def let_in(self) -> None:
        """Keep somebody waiting."""
        with self._lock:
            self.opened += 1
            self._entering += 1
            self.together_max = max(self.together_max, self._entering)
            if self._entering >= self._wanted > 0:
                self._is_enough.set()
        if self._wanted:
            self._is_enough.wait(_TOGETHER_SECONDS)
        self.is_closed.wait(self.seconds)
        with self._lock:
            self._entering -= 1


@contextmanager
def slow_door(node: Node, seconds: float) -> Iterator[SlowDoor]:
    """Give a way to a server on which each new connection takes so much longer."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            door.let_in()
            with suppress(OSError), socket.create_connection(("127.0.0.1", node.port)) as inside:
                _carry(self.request, inside)

    with _Server(("127.0.0.1", 0), Handler) as server:
        door = SlowDoor(f"postgresql://{ROLE}@127.0.0.1:{server.server_address[1]}/postgres", seconds)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield door
        finally:
            door.is_closed.set()
            server.shutdown()
            thread.join()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 100


def _carry(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until either side ends."""
    with selectors.DefaultSelector() as selector:
        selector.register(one, selectors.EVENT_READ, other)
        selector.register(other, selectors.EVENT_READ, one)
        while True:
            for key, _ in selector.select():
                assert isinstance(key.fileobj, socket.socket)
                data = key.fileobj.recv(65536)
                if not data:
                    return
                key.data.sendall(data)
