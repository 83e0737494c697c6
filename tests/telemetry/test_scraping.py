"""What a process exposes can be read back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from prometheus_client import CollectorRegistry, generate_latest, start_http_server

from dbkit.pool.statistics import CloseReason, PoolStatistics, RefusalReason
from dbkit.telemetry import pools_at
from dbkit.telemetry.scraping import pools_in
from dbkit.types import ConfigurationInvalid, Unavailable
from tests.telemetry.scraping import OfRecorder, expose

MAIN = ("prod", "api", "main")


def test_what_was_exposed_is_read_back(registry: CollectorRegistry) -> None:
    database, other = OfRecorder(), OfRecorder()
    expose(database, registry, env="prod", service="api")
    expose(other, registry, env="prod", service="api", pool="reports")
    for step in range(50):
        database.recorder.taken(step / 1000)
        database.recorder.given_back(step / 10, step / 20)
    database.recorder.opened(0.2)
    database.recorder.open_failed("unavailable")
    database.recorder.closed(CloseReason.DRAINED)
    database.recorder.refused(RefusalReason.DEADLINE)
    database.recorder.state_changed(is_up=False)
    found = pools_in(generate_latest(registry).decode())
    assert found == {MAIN: database.pool_statistics(), ("prod", "api", "reports"): other.pool_statistics()}


def test_what_others_expose_is_left_out() -> None:
    text = '# TYPE up gauge\nup 1\n# TYPE dbkit_pool_up gauge\ndbkit_pool_up{env="dev"} 1\n'
    (found,) = pools_in(text).items()
    assert found == (
        ("dev", "", ""),
        PoolStatistics(
            size=0, idle=0, in_use=0, waiting=0, size_min=0, size_max=0, waiting_max=0, is_up=True, outages=0
        ),
    )


def test_over_http(registry: CollectorRegistry) -> None:
    database = OfRecorder()
    expose(database, registry, env="prod", service="api")
    server, thread = start_http_server(0, addr="127.0.0.1", registry=registry)
    try:
        found = pools_at(f"http://127.0.0.1:{server.server_port}/metrics")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert found == {MAIN: database.pool_statistics()}


class _Nonsense(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(404 if self.path == "/absent" else 200)
        self.end_headers()
        self.wfile.write(b"dbkit_pool_up{{{\n")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def nonsense() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Nonsense)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_what_gives_no_metrics_is_unavailable(nonsense: str) -> None:
    for url in (f"{nonsense}/absent", f"{nonsense}/metrics", "http://127.0.0.1:1/metrics"):
        with pytest.raises(Unavailable, match="gives no metrics"):
            pools_at(url)


def test_other_schemes_are_refused() -> None:
    with pytest.raises(ConfigurationInvalid, match="metrics are read over HTTP"):
        pools_at("file:///etc/passwd")
