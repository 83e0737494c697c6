"""Writers, relays and servers as processes that a test kills, and what is true of the messages all the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dbkit.embedded.locks import ticks
from dbkit.relay import REDELIVERED
from tests.faults.node import Node

__all__ = ["Fleet", "Sent", "faults", "sent_in"]

WRITERS, RELAYS = 8, 2
END_SECONDS = 60.0


@dataclass
class Fleet:
    """Writers and relays at a pair of servers."""

    primary: Node
    standby: Node
    folder: Path
    events: int
    pause_seconds: float
    relays: list[subprocess.Popen[bytes]] = field(default_factory=list)
    deaths: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def url(self) -> str:
        """The two servers, of which the one that takes writes is meant."""
        places = ",".join(f"127.0.0.1:{node.port}" for node in (self.primary, self.standby))
        return f"postgresql://dbkit@{places}/postgres?target_session_attrs=read-write"

    @property
    def sent(self) -> Path:
        """The file that the relays write to."""
        return self.folder / "sent"

    @contextmanager
    def working(self) -> Iterator[None]:
        """Have all of them work for a block."""
        each = self.events // WRITERS
        self.writers = self._process(
            "-m", "tests.relay.writing", self.url, str(self.folder), str(WRITERS), str(each), str(self.pause_seconds)
        )
        try:
            self.relays = [self._relay() for _ in range(RELAYS)]
            yield
        finally:
            for process in (self.writers, *self.relays):
                _kill_all(process)

    def kill_relay(self, number: int) -> None:
        """Kill a relay, and start another one."""
        self.relays[number].kill()
        self.relays[number].wait()
        self.relays[number] = self._relay()
        self.deaths["relay"] += 1

    def kill_writer(self, number: int) -> None:
        """Kill a writer, for another one to follow."""
        children = _children(self.writers.pid)
        if children:
            with suppress(ProcessLookupError):
                os.kill(children[number % len(children)], signal.SIGKILL)
            self.deaths["writer"] += 1

    def crash_server(self) -> None:
        """Kill the primary, and start it again."""
        self.primary.crash()
        self.primary.start()
        self.deaths["server"] += 1

    def fail_over(self) -> None:
        """Kill the primary for good, and have the standby take its place."""
        self.primary.crash()
        self.standby.promote()
        self.deaths["failover"] += 1

    def wait_for_acknowledged(self, count: int) -> None:
        """Wait until writers were told of so many events that they are stored."""
        assert any(len(self.acknowledged()) >= count for _ in ticks(END_SECONDS + self.events * self.pause_seconds)), (
            self.folder / "output"
        ).read_text()

    def wait_for_writers(self, seconds: float) -> None:
        """Wait until all is written."""
        assert self.writers.wait(seconds) == 0

    def wait_until_sent(self) -> None:
        """Wait until nothing is pending any more."""
        for _ in ticks(END_SECONDS):
            if self.standby.execute("SELECT count(*) FROM outbox_events") == [(0,)]:
                return
        raise AssertionError(f"{self.standby.execute('SELECT * FROM outbox_events LIMIT 5')} wait still")

    def stop(self) -> list[int]:
        """Ask the relays to stop, and return the exit status of each."""
        for relay in self.relays:
            relay.send_signal(signal.SIGTERM)
        return [relay.wait(END_SECONDS) for relay in self.relays]

    def acknowledged(self) -> set[tuple[str, int]]:
        """Return what writers were told is stored."""
        lines = [line.split() for path in self.folder.glob("*.acknowledged") for line in path.read_text().splitlines()]
        return {(key, int(number)) for key, number in lines}

    def _relay(self) -> subprocess.Popen[bytes]:
        command = "from dbkit.cli.main import main; main()"
        return self._process("-c", command, "relay", "run", self.url, "--to", f"file:{self.sent}", "--lease", "2")

    def _process(self, *words: str) -> subprocess.Popen[bytes]:
        with (self.folder / "output").open("ab") as output:
            environment = {**os.environ, "DBKIT_ENV": "test"}
            return subprocess.Popen([sys.executable, *words], stdout=output, stderr=output, env=environment)


@dataclass(frozen=True)
class Sent:
    """A line of the file: a message, by its key and number."""

    event_id: str
    key: str
    number: int
    is_marked: bool


def sent_in(path: Path) -> list[Sent]:
    """Return the messages that relays have sent, in order; a line that a crash has cut off is none."""
    found = []
    for line in path.read_text().splitlines():
        with suppress(json.JSONDecodeError):
            message: Mapping[str, Any] = json.loads(line)
            is_marked = message["headers"].get(REDELIVERED) == "true"
            found.append(Sent(message["event_id"], message["key"], message["payload"]["number"], is_marked))
    return found


def faults(sent: list[Sent], acknowledged: set[tuple[str, int]]) -> list[str]:
    """Return what is wrong: something lost, out of order, or sent again without its mark."""
    wrong = [f"{key} {number} is lost" for key, number in acknowledged - {(each.key, each.number) for each in sent}]
    known: set[str] = set()
    last: dict[str, int] = {}
    for each in sent:
        if each.event_id in known:
            wrong += [] if each.is_marked else [f"{each} was sent before"]
            continue
        known.add(each.event_id)
        if each.number <= last.get(each.key, -1):
            wrong.append(f"{each} comes after {last[each.key]}")
        last[each.key] = each.number
    return wrong


def _children(pid: int) -> list[int]:
    with suppress(FileNotFoundError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _kill_all(process: subprocess.Popen[bytes]) -> None:
    children = _children(process.pid)
    process.kill()
    process.wait()
    for child in children:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
