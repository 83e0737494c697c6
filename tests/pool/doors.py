"""A TCP door to a server on a Unix socket: what only a network connection has can be looked at behind it."""

from __future__ import annotations

import selectors
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from psycopg.conninfo import conninfo_to_dict

__all__ = ["tcp_url"]


@contextmanager
def tcp_url(url: str) -> Iterator[str]:
    """Give a URL that leads to the same database over TCP."""
    parts = conninfo_to_dict(url)
    path = f"{parts['host']}/.s.PGSQL.{parts['port']}"

    class Door(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with socket.socket(socket.AF_UNIX) as inside, suppress(OSError):
                inside.connect(path)
                _carry(self.request, inside)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Door) as door:
        door.daemon_threads = True
        thread = threading.Thread(target=door.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"postgresql://{parts['user']}@127.0.0.1:{door.server_address[1]}/{parts['dbname']}"
        finally:
            door.shutdown()
            thread.join()


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
