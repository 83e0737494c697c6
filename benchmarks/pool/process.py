"""A process of callers, which the run starts for each pool: `python -m benchmarks.pool.process COLOUR LABEL`.

It reads orders from its standard input, a line each, and answers each one.
"""

from __future__ import annotations

import asyncio
import sys

from benchmarks.pool._async.serving import async_serve
from benchmarks.pool._sync.serving import serve
from benchmarks.pool.orders import Inbox
from benchmarks.pool.ways.catalogue import kind_of
from benchmarks.results import SYNC

__all__: list[str] = []


def main(colour: str, label: str) -> None:
    """Serve orders until the input ends."""
    inbox = Inbox.open()
    if colour == SYNC:
        serve(kind_of(colour, label), inbox)
    else:
        asyncio.run(async_serve(kind_of(colour, label), inbox))


if __name__ == "__main__":
    main(*sys.argv[1:])
