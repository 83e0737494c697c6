"""A wire between client and server that breaks at a COMMIT: before, amidst and after it."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from psycopg.conninfo import make_conninfo

__all__ = ["Fault", "Link", "Proxy"]

_ENDS = frozenset(b"SQdcfXp")
"""Messages of a client that end what it sends in one go: Sync, Query, those of COPY, Terminate, a password."""

Fault = Callable[["Link", bytes], None]
"""What is done in place of passing on the packet that has the COMMIT."""


class Proxy:
    """Passes bytes on, and lets a fault deal with the first COMMIT after it was armed; later ones pass."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._fault: Fault | None = None
        self._lock = threading.Lock()
        self._is_over = threading.Event()
        self._links: list[Link] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def conninfo(self, conninfo: str) -> str:
        """Return the connection string that leads to a server through here, in clear."""
        return make_conninfo(conninfo, port=self.port, sslmode="disable", gssencmode="disable")

    def arm(self, fault: Fault) -> None:
        """Give the next COMMIT to a fault."""
        with self._lock:
            self._fault = fault
            self._is_over.clear()

    def wait_until_over(self) -> None:
        """Wait until the fault has done what it does."""
        assert self._is_over.wait(30.0)

    def take_fault(self) -> Fault | None:
        """Return what is to be done with a COMMIT: what was armed, once."""
        with self._lock:
            fault, self._fault = self._fault, None
        return fault

    def over(self) -> None:
        """Take note that the fault has done what it does."""
        self._is_over.set()

    def close(self) -> None:
        """Cut everything."""
        self._listener.close()
        for link in self._links:
            link.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                try:
                    server = socket.create_connection(("127.0.0.1", self._to))
                except OSError:
                    client.close()
                    continue
                link = Link(self, client, server)
                self._links.append(link)
                link.start()


@dataclass
class Link:
    """One connection through the proxy.

    Of what the server says from now on, the client gets `answer_bytes`; None is all. With `keeps_server` the
    server is not told that its client is gone, with `keeps_client` the client neither hears nor sees that its server
    is.
    """

    proxy: Proxy
    client: socket.socket
    server: socket.socket
    answer_bytes: int | None = None
    keeps_server: bool = False
    keeps_client: bool = False
    _commits: set[bytes] = field(default_factory=set)

    def start(self) -> None:
        """Begin to pass bytes on."""
        for pump in (self._pump_requests, self._pump_answers):
            threading.Thread(target=pump, daemon=True).start()

    def send(self, data: bytes) -> None:
        """Pass bytes on to the server."""
        self.server.sendall(data)

    def cut(self) -> None:
        """Hang up on both sides."""
        self.cut_client()
        _hang_up(self.server)

    def cut_client(self) -> None:
        """Hang up on the client; the server notices nothing."""
        _hang_up(self.client)

    def _pump_requests(self) -> None:
        try:
            self.send(self._start())
            for packet in self._packets():
                fault = self.proxy.take_fault() if self._has_commit(packet) else None
                if fault is None:
                    self.send(packet)
                else:
                    self._suffer(fault, packet)
                    return
        except OSError:
            pass
        self.cut()

    def _suffer(self, fault: Fault, packet: bytes) -> None:
        try:
            fault(self, packet)
        finally:
            self.proxy.over()

    def _pump_answers(self) -> None:
        with suppress(OSError):
            while data := self.server.recv(65536):
                if self.keeps_client:
                    continue
                if self.answer_bytes is not None:
                    self.client.sendall(data[: self.answer_bytes])
                    break
                self.client.sendall(data)
        if not (self.keeps_server or self.keeps_client):
            self.cut()

    def _start(self) -> bytes:
        """Read the first message, which has no type."""
        length = self._read(4)
        (size,) = struct.unpack("!i", length)
        return length + self._read(size - 4)

    def _packets(self) -> Iterator[bytes]:
        """Yield what the client sends in one go."""
        packet = b""
        while True:
            head = self._read(5)
            (size,) = struct.unpack("!i", head[1:])
            packet += head + self._read(size - 4)
            if head[0] in _ENDS:
                yield packet
                packet = b""

    def _read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            more = self.client.recv(size - len(data))
            if not more:
                raise ConnectionResetError
            data += more
        return data

    def _has_commit(self, packet: bytes) -> bool:
        """Tell whether a packet runs a COMMIT: it binds a statement, prepared before or by itself, that is one."""
        found, at = False, 0
        while at + 5 <= len(packet):
            kind, (size,) = packet[at : at + 1], struct.unpack("!i", packet[at + 1 : at + 5])
            body, at = packet[at + 5 : at + 1 + size], at + 1 + size
            if kind == b"P":
                name, sql, _ = body.split(b"\0", 2)
                (self._commits.add if sql == b"COMMIT" else self._commits.discard)(name)
            if kind == b"B":
                _, name, _ = body.split(b"\0", 2)
                found = found or name in self._commits
        return found


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
