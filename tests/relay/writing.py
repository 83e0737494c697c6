"""Writers as processes: `python -m tests.relay.writing URL FOLDER WRITERS EVENTS PAUSE`.

Each has keys of its own, and notes in a file what was acknowledged. One that is killed is followed by another one.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dbkit
from dbkit.types import DbkitError, NewOutboxEvent
from tests.relay.given import event

__all__ = ["main"]

KEYS = 2


def main(url: str, folder: Path, writers: int, events: int, pause_seconds: float) -> None:
    """Have writers write so many events each, and return when all of them have."""
    running = {_started(url, folder, f"{number}-0", events, pause_seconds): (number, 0) for number in range(writers)}
    while running:
        pid, status = os.wait()
        number, generation = running.pop(pid)
        if status:
            name = f"{number}-{generation + 1}"
            left = events - sum(_lines(path) for path in folder.glob(f"{number}-*.acknowledged"))
            if left > 0:
                running[_started(url, folder, name, left, pause_seconds)] = (number, generation + 1)


def _started(url: str, folder: Path, name: str, events: int, pause_seconds: float) -> int:
    pid = os.fork()
    if pid:
        return pid
    _write(url, folder / f"{name}.acknowledged", name, events, pause_seconds)
    os._exit(0)


def _write(url: str, path: Path, name: str, events: int, pause_seconds: float) -> None:
    never = threading.Event()
    number = acknowledged = 0
    with dbkit.connect(url) as db, path.open("a") as file:
        while acknowledged < events:
            key, number = f"{name}.{number % KEYS}", number + 1
            try:
                db.run(_writing(event(key, number)), commit_token=True)
            except DbkitError as error:
                sys.stderr.write(f"{key} {number}: {error}\n")
            else:
                acknowledged += 1
                file.write(f"{key} {number}\n")
                file.flush()
            never.wait(pause_seconds)


def _writing(new: NewOutboxEvent) -> Callable[[Any], object]:
    return lambda tx: tx.outbox_events.create(new)


def _lines(path: Path) -> int:
    return path.read_text().count("\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
