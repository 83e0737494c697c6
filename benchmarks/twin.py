"""The in-memory twin: how long its verbs take, and how that grows with the rows that it holds."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from benchmarks._async.twin import async_twins
from benchmarks._sync.twin import twins
from benchmarks.results import SYNC, Growth

__all__ = ["measure_twin"]


def measure_twin(colour: str, sizes: Sequence[int], rounds: int) -> list[Growth]:
    """Return the growth of each verb over these numbers of rows."""
    found = twins(sizes, rounds) if colour == SYNC else asyncio.run(async_twins(sizes, rounds))
    verbs = found[sizes[0]]
    return [Growth(verb, colour, {rows: found[rows][verb] for rows in sizes}) for verb in verbs]
