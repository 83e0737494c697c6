"""A process of clients: `python -m dbkit.load.worker`, told by lines of JSON what to do.

The URL comes by a line and not as an argument, which everybody on the machine could read.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from dbkit.load.clients import Clients
from dbkit.load.work import Work
from dbkit.types.errors import DbkitError

__all__ = ["main"]


def main() -> None:
    """Answer each line with what was counted, until there are no more lines."""
    for line in sys.stdin:
        asyncio.run(_point(json.loads(line)))


async def _point(order: dict[str, Any]) -> None:
    try:
        async with await Clients.open(Work(**order["work"]), order["clients"], order["seed"]) as clients:
            await clients.warm_up()
            _answer({"ready": True})
            begin = json.loads(sys.stdin.readline())["begin"]
            counted = await clients.run(begin)
    except DbkitError as error:
        _answer({"failed": str(error)})
    else:
        _answer(
            {
                "latencies": counted.latencies.to_json(),
                "errors": counted.errors,
                "cpu_seconds": counted.cpu_seconds,
            }
        )


def _answer(document: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(document) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
