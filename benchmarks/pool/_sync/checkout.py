# Generated from benchmarks/pool/_async/checkout.py by tools/unasync.py; edit that file instead.
"""Checkout and return, in rounds: what a pool itself takes of each call."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from benchmarks.pool.ways._sync.way import PoolWay
from benchmarks.pool.ways.settings import Settings

__all__ = ["checkouts"]

_SEED = 20_240_601
_CHECKOUTS = 200
_WARM_UP_ROUNDS = 3


def checkouts(settings: Settings, kinds: Mapping[str, type[PoolWay]], rounds: int) -> dict[str, list[float]]:
    """Return the seconds of a checkout and return by pool, round by round."""
    with _opened(settings, kinds) as ways:
        seconds: dict[str, list[float]] = {label: [] for label in ways}
        order = random.Random(_SEED)
        for number in range(-_WARM_UP_ROUNDS, rounds):
            for label in order.sample(list(ways), len(ways)):
                taken = _block(ways[label])
                if number >= 0:
                    seconds[label].append(taken)
        return seconds


@contextmanager
def _opened(settings: Settings, kinds: Mapping[str, type[PoolWay]]) -> Iterator[dict[str, PoolWay]]:
    opened: dict[str, PoolWay] = {}
    try:
        for label, kind in kinds.items():
            way = kind(settings)
            way.open()
            opened[label] = way
        # What was made until here lives for ever; nobody's calls should pay for looking at it.
        gc.collect()
        gc.freeze()
        yield opened
    finally:
        gc.unfreeze()
        for way in opened.values():
            way.close()


def _block(way: PoolWay) -> float:
    gc.collect()
    begin = time.perf_counter()
    for _ in range(_CHECKOUTS):
        way.checkout()
    return (time.perf_counter() - begin) / _CHECKOUTS
