"""What a process of callers is told, and what it answers: lines of JSON between it and the run."""

from __future__ import annotations

import json
import queue
import sys
import threading
from dataclasses import dataclass, field
from typing import Any, NamedTuple

__all__ = ["Call", "Calls", "Inbox", "Storm", "answer"]

_STOP = "stop"


class Call(NamedTuple):
    """One call: when it began (`time.monotonic`, the same for all processes of a machine), and how it ended."""

    begin: float
    seconds: float
    error: str | None

    @property
    def end(self) -> float:
        """When it ended."""
        return self.begin + self.seconds


@dataclass(frozen=True)
class Calls:
    """Let some callers call, each one every so often, until they are stopped or have done `each` calls.

    A call holds a connection for `hold_seconds`; or it asks, and with `within_seconds` for an answer by then.
    """

    callers: int
    every_seconds: float = 0.0
    each: int | None = None
    hold_seconds: float | None = None
    within_seconds: float | None = None


@dataclass(frozen=True)
class Storm:
    """Begin some tasks that hold a connection, and cancel each after a random time of at most `cancel_seconds_max`."""

    tasks: int
    hold_seconds: float
    cancel_seconds_max: float
    seed: int


@dataclass
class Inbox:
    """The orders that came, in order. `stop` is set when the callers are told to stop."""

    orders: queue.SimpleQueue[dict[str, Any] | None] = field(default_factory=queue.SimpleQueue)
    stop: threading.Event = field(default_factory=threading.Event)

    @classmethod
    def open(cls) -> Inbox:
        """Return the inbox of this process: the lines of its standard input."""
        inbox = cls()
        threading.Thread(target=inbox._read, daemon=True).start()
        return inbox

    def _read(self) -> None:
        for line in sys.stdin:
            if line.strip() == _STOP:
                self.stop.set()
            else:
                # Here and not where the order is taken: a stop that comes right after it must not be lost.
                self.stop.clear()
                self.orders.put(json.loads(line))
        self.stop.set()
        self.orders.put(None)


def answer(found: object) -> None:
    """Write an answer, of which each order gets one."""
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
