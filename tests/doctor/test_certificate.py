"""The server's certificate, where it cannot be had."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator

import pytest

from dbkit.doctor.certificate import certificate_seconds_left
from dbkit.doctor.unseen import Unseen
from tests.faults.node import free_port


class Plain(socketserver.BaseRequestHandler):
    """A server without TLS, to the question for it."""

    def handle(self) -> None:
        self.request.recv(8)
        self.request.sendall(b"N")


@pytest.fixture
def plain_port() -> Iterator[int]:
    with socketserver.TCPServer(("127.0.0.1", 0), Plain) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        yield server.server_address[1]
        thread.join()


def test_a_server_that_has_none(plain_port: int) -> None:
    found = certificate_seconds_left("localhost", "127.0.0.1", plain_port, 0)
    assert found == Unseen("the server showed no certificate")


def test_a_server_that_is_not_reached() -> None:
    found = certificate_seconds_left("localhost", "127.0.0.1", free_port(), 0)
    assert found == Unseen("the server's certificate could not be read (ConnectionRefusedError)")
