"""Who uses a table while it is migrated: those who hold it for long, and those who want one row, again and again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from random import Random

import psycopg

from benchmarks.migrate.commands import Ran
from benchmarks.migrate.stage import Place

__all__ = ["Stalls", "callers", "holders"]

_HOLD_SECONDS = (0.2, 1.5)
_REST_SECONDS = (0.0, 0.5)
_BETWEEN_CALLS_SECONDS = 0.003


class Stalls:
    """When each call began and ended (`time.monotonic`)."""

    def __init__(self) -> None:
        self.calls: list[tuple[float, float]] = []

    def longest(self, during: Ran) -> float:
        """Return how long the longest call took of those that were under way while a command ran."""
        return max(end - begin for begin, end in self.calls if end >= during.begin and begin <= during.end)


@contextmanager
def holders(place: Place, table: str, count: int) -> Iterator[None]:
    """Keep a table in use for a block: each reads it, stays in its transaction for a while, and rests."""

    def hold(number: int, stop: threading.Event) -> None:
        chance = Random(number)
        with psycopg.connect(place.conninfo) as connection:
            while not stop.is_set():
                connection.execute(f"SELECT FROM {table} LIMIT 1".encode())
                stop.wait(chance.uniform(*_HOLD_SECONDS))
                connection.commit()
                stop.wait(chance.uniform(*_REST_SECONDS))

    with _working(hold, range(count)):
        yield


@contextmanager
def callers(place: Place, statement: str, keys: int, count: int) -> Iterator[Stalls]:
    """Run a statement with a key drawn anew, again and again, for a block; and note how long each took."""
    stalls = Stalls()

    def call(number: int, stop: threading.Event) -> None:
        chance = Random(number)
        with place.connect() as connection:
            while not stop.wait(_BETWEEN_CALLS_SECONDS):
                begin = time.monotonic()
                connection.execute(statement.encode(), (chance.randint(1, keys),))
                stalls.calls.append((begin, time.monotonic()))

    with _working(call, range(count)):
        yield stalls


@contextmanager
def _working(work: Callable[[int, threading.Event], None], numbers: Sequence[int]) -> Iterator[None]:
    stop = threading.Event()
    threads = [threading.Thread(target=work, args=(number, stop)) for number in numbers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()
