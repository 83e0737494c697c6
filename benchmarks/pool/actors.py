"""The processes of callers, as the run sees them: one for each pool and colour, told what to do by lines of JSON."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from subprocess import PIPE, Popen
from types import TracebackType
from typing import Any, Self

from benchmarks.pool.orders import Call, Calls, Storm
from benchmarks.pool.ways.settings import Settings

__all__ = ["Actor", "actors"]


class Actor:
    """One pool in one colour, in a process of its own.

    Orders are only given: `calls` or `done` waits until one was carried out, so that several actors are at it at the
    same time. Both raise `RuntimeError` where the process has ended.
    """

    def __init__(self, colour: str, label: str, log: Path) -> None:
        self.colour = colour
        self.label = label
        self._log = log
        command = [sys.executable, "-m", "benchmarks.pool.process", colour, label]
        with log.open("w") as output:
            self._process = Popen(command, stdin=PIPE, stdout=PIPE, stderr=output, text=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End the process by ending its orders."""
        self._process.__exit__(kind, error, traceback)

    def open(self, settings: Settings) -> None:
        """Open the pool."""
        self._order({"open": asdict(settings)})

    def close(self) -> None:
        """Close the pool."""
        self._order({"close": None})

    def begin(self, order: Calls) -> None:
        """Let callers call; `calls` takes what became of them."""
        self._order({"calls": asdict(order)})

    def stop(self) -> None:
        """Let the callers stop."""
        self._write("stop")

    def calls(self) -> list[Call]:
        """Return what became of the calls, once they have ended."""
        return sorted((Call(*call) for call in self._answer()), key=lambda call: call.begin)

    def storm(self, order: Storm) -> None:
        """Let a storm of tasks pass."""
        self._order({"storm": asdict(order)})

    def done(self) -> None:
        """Wait until an order was carried out."""
        self._answer()

    def _order(self, order: dict[str, Any]) -> None:
        self._write(json.dumps(order))

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the callers of {self.label}, {self.colour}, have ended: {self._log.read_text()}")
        return json.loads(line)

    def _write(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()


@contextmanager
def actors(kinds: Iterable[tuple[str, str]]) -> Iterator[list[Actor]]:
    """Start a process for each colour and pool, and end them in the end."""
    with ExitStack() as stack:
        # What pools and drivers log of the troubles is kept off the terminal.
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dbkit-benchmarks-")))
        started = [stack.enter_context(Actor(*kind, folder / f"{number}.log")) for number, kind in enumerate(kinds)]
        for actor in started:
            actor.done()
        yield started
