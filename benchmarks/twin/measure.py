"""The twin and its peers, measured in a process of their own, which holds the rows as long as a run lasts."""

from __future__ import annotations

import asyncio
import gc
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from operator import sub
from random import Random

from benchmarks.results import ASYNC, MORE, SYNC, Growth, Peak
from benchmarks.twin.shelf import Shelf
from benchmarks.ways.catalogue import DBKIT

__all__ = ["Shelves", "shelves"]

_TURN_ROUNDS = 5


class Shelves:
    """Numbers of connections, each held by the twin and its peers, in another process."""

    def __init__(self, process: ProcessPoolExecutor, sizes: Sequence[int]) -> None:
        self._process = process
        self.holdings: list[Peak] = process.submit(_fill, sizes).result()
        """What the rows take, size by size."""

    def measure(self, rounds: int) -> list[Growth]:
        """Return the median seconds of each kind of call of each way, by the number of rows."""
        return self._process.submit(_measured, rounds).result()


@contextmanager
def shelves(sizes: Sequence[int]) -> Iterator[Shelves]:
    """Fill the twin and its peers for a block, once for each number of rows."""
    # Spawned, not forked: what this process holds would be counted as theirs.
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        yield Shelves(process, sizes)


_filled: list[Shelf] = []
_runner = asyncio.Runner()


def _fill(sizes: Sequence[int]) -> list[Peak]:
    _filled[:] = [Shelf(rows, _runner) for rows in sizes]
    gc.collect()
    gc.freeze()
    return [shelf.memory for shelf in _filled]


def _measured(rounds: int) -> list[Growth]:
    """Let the shelves take turns, so that a machine that gets slower or faster does so for all of them.

    Each turn begins with a round that does not count, because the others have had the machine's caches meanwhile.
    """
    chance = Random(len(_filled))
    found: defaultdict[tuple[str, str, str], dict[int, list[float]]] = defaultdict(dict)
    for _ in range(-(-rounds // _TURN_ROUNDS)):
        for shelf in _filled:
            list(shelf.round(chance))
            for _ in range(_TURN_ROUNDS):
                for way, colour, verb, seconds in shelf.round(chance):
                    found[verb, colour, way].setdefault(shelf.rows, []).append(seconds)
    for verb in {verb for verb, colour, _ in found if colour == ASYNC}:
        # In each round both colours had their turn, so what disturbed a round is in both.
        both = [found[verb, colour, DBKIT] for colour in (ASYNC, SYNC)]
        found[verb, MORE, DBKIT] = {rows: list(map(sub, *(each[rows] for each in both))) for rows in both[0]}
    return [
        Growth(*what, {rows: statistics.median(seconds) for rows, seconds in by_rows.items()})
        for what, by_rows in found.items()
    ]
