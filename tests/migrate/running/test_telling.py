"""Metrics and the webhook: what they say, and that no run fails by them."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from dbkit.migrate.errors import MigrationStopped, TablesBusy
from dbkit.migrate.lock import Holder
from dbkit.migrate.report import Failure, Report
from dbkit.migrate.telling.metrics import Metrics
from dbkit.migrate.telling.webhook import Webhook, _read
from dbkit.types.errors import ConfigurationInvalid, DbkitError, Unavailable
from tests.cli.run import Command
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection, lock_of_runners

HOLDER = Holder(7, "report", "local", "idle in transaction", 3.0)


class Inbox:
    """A server that keeps what is posted to it, and answers with a status."""

    def __init__(self, status: int = 200) -> None:
        self.posted: list[tuple[str, dict[str, Any]]] = []
        self.came = threading.Event()
        inbox = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                inbox.posted.append((self.path, json.loads(body)))
                self.send_response(status)
                self.end_headers()
                inbox.came.set()

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base's)
                """Say nothing."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    inbox = Inbox()
    yield inbox
    inbox.close()


def failed(error: DbkitError) -> Failure:
    return Failure(error, "postgresql://shop")


def test_a_failure_is_told(inbox: Inbox) -> None:
    warned: list[str] = []
    Webhook(inbox.url, warned.append).failed(failed(TablesBusy("b: busy")))
    ((path, document),) = inbox.posted
    assert path == "/hook"
    assert (document["event"], document["database"]) == ("failed", "postgresql://shop")
    assert document["text"].startswith("the migration of postgresql://shop failed: b: busy. End the transactions")
    assert warned == []


def test_a_long_wait_is_told_once_and_a_short_one_is_not(inbox: Inbox) -> None:
    webhook = Webhook(inbox.url, print, long_wait_seconds=0.05)
    webhook.waiting(HOLDER)
    webhook.waiting(HOLDER)
    assert inbox.came.wait(60)
    webhook.planned([])
    # Longer than it takes from here to the end on any machine.
    webhook = Webhook(inbox.url, print, long_wait_seconds=60)
    webhook.waiting(HOLDER)
    webhook.finished(Report("postgresql://shop", None, None))
    assert [document["event"] for _, document in inbox.posted] == ["waiting"]
    assert "waits for another runner: report (pid 7" in inbox.posted[0][1]["text"]


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/secret", "http://user:secret@127.0.0.1:1/"])
def test_nobody_there_is_said_without_the_url(url: str) -> None:
    warned: list[str] = []
    Webhook(url, warned.append).failed(failed(Unavailable("gone")))
    assert len(warned) == 1
    assert "the webhook could not be told" in warned[0]
    assert "secret" not in warned[0]


def test_an_answer_that_is_an_error() -> None:
    inbox, warned = Inbox(404), list[str]()
    Webhook(f"{inbox.url}?secret", warned.append).failed(failed(Unavailable("gone")))
    inbox.close()
    assert warned == ["the webhook could not be told (HTTPError 404)"]


def test_each_host_in_its_own_words() -> None:
    url, words = _read("https://hooks.slack.com/services/T/B/x")
    assert (url, words("failed", "shop", "it failed")) == (
        "https://hooks.slack.com/services/T/B/x",
        {"text": "it failed"},
    )
    url, words = _read("https://events.pagerduty.com/v2/enqueue?routing_key=secret")
    assert url == "https://events.pagerduty.com/v2/enqueue"
    assert words("waiting", "", "it waits") == {
        "routing_key": "secret",
        "event_action": "trigger",
        "payload": {"summary": "it waits", "source": "dbkit migrate", "severity": "warning"},
    }
    assert _read("https://notslack.com/")[1]("failed", "shop", "x") == {
        "event": "failed",
        "database": "shop",
        "text": "x",
    }


@pytest.mark.parametrize("url", ["file:///etc/passwd", "https://", "hooks", "https://events.pagerduty.com/v2/enqueue"])
def test_what_is_no_webhook(url: str) -> None:
    with pytest.raises(ConfigurationInvalid):
        Webhook(url, print)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [(TablesBusy("b"), "refused"), (Unavailable("gone"), "failed"), (MigrationStopped("s"), "stopped")],
)
def test_metrics_of_a_failure(tmp_path: Path, error: DbkitError, outcome: str) -> None:
    path = tmp_path / "dbkit.prom"
    Metrics(path, print).failed(Failure(error, 'postgresql://"x"', terminated=(HOLDER,)))
    lines = path.read_text().splitlines()
    assert f'dbkit_migrate_outcome{{database="postgresql://\\"x\\"",outcome="{outcome}"}} 1' in lines
    assert 'dbkit_migrate_terminated_sessions{database="postgresql://\\"x\\""} 1' in lines
    assert not any("pending" in line for line in lines)
    assert [each.name for each in tmp_path.iterdir()] == ["dbkit.prom"]


def test_metrics_go_into_what_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    Metrics(pipe, pytest.fail).finished(Report("shop", None, None))
    assert b'outcome="nothing"} 1' in os.read(reader, 10_000)
    os.close(reader)
    assert pipe.is_fifo()


def test_metrics_that_cannot_be_written(tmp_path: Path) -> None:
    warned: list[str] = []
    Metrics(tmp_path / "nowhere" / "x.prom", warned.append).finished(Report("postgresql://shop", None, None))
    assert warned == [f"{tmp_path}/nowhere/x.prom was not written: No such file or directory"]


def test_the_command_does_both(
    dbkit: Command, line: LineFolder, postgres_url: str, tmp_path: Path, inbox: Inbox, connection: Connection
) -> None:
    line.tables("a")
    metrics = tmp_path / "dbkit.prom"
    options = f"{postgres_url} --line {line.folder} --metrics {metrics} --webhook {inbox.url}"
    assert lock_of_runners(connection)
    refused = dbkit(f"migrate apply {options} --no-wait --json")
    assert refused.code == 1
    report = json.loads(refused.out.splitlines()[-1])
    assert (report["event"], report["error"]["code"], report["resumable"]) == ("report", "runner_busy", False)
    assert 'outcome="refused"} 1' in metrics.read_text()
    assert [document["event"] for _, document in inbox.posted] == ["failed"]
    connection.execute("SELECT pg_advisory_unlock_all()")
    assert dbkit(f"migrate apply {options} --terminate-idle 5min --standby-lag 2").code == 0
    assert 'outcome="done"} 1' in metrics.read_text()
    assert len(inbox.posted) == 1
    assert dbkit(f"migrate apply {options} --terminate-idle soon").code == 2
