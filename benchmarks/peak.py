"""The memory that an iteration takes, measured in a process of its own.

It runs as `python -m benchmarks.peak WAY COLOUR CONNINFO PROJECT_ID`.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from uuid import UUID

from benchmarks._async.peak import async_iterated
from benchmarks._sync.peak import iterated
from benchmarks.results import SYNC, Peak
from benchmarks.ways.catalogue import ASYNC_WAYS, WAYS
from benchmarks.world import World

__all__ = ["measure_peak"]


def measure_peak(world: World, way: str, colour: str) -> Peak:
    """Let a new process iterate, and return the memory that it took for that."""
    command = [sys.executable, "-m", "benchmarks.peak", way, colour, world.conninfo, str(world.iterated)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Peak(colour, way, **json.loads(done.stdout))


def main(label: str, colour: str, conninfo: str, project: str) -> None:
    """Iterate, and print the rows and the bytes."""
    if colour == SYNC:
        way = next(kind for kind in WAYS if kind.label == label)
        found = iterated(way(conninfo), UUID(project))
    else:
        async_way = next(kind for kind in ASYNC_WAYS if kind.label == label)
        found = asyncio.run(async_iterated(async_way(conninfo), UUID(project)))
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
