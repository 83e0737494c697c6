"""Orders that PostgreSQL does not promise, for a twin that is asked whether another one explains an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import Any
from unittest.mock import patch
from zlib import crc32

from dbkit.memory.statement import Statement
from dbkit.memory.waits import AsyncTurn

__all__ = ["ORDERS", "some_order"]

ORDERS = 24
"""So many orders are tried; of four sessions three may wait, who have six, and few rows refer to one."""

_TURNS = 4


@contextmanager
def some_order(seed: int) -> Iterator[None]:
    """Have the twin come to the rows that refer to one in another order, and let those go on later who had to wait.

    A server takes rows as it finds them. Their order is the same whenever a statement is run again, as one that had to
    wait is.
    """
    as_found = Statement._referring

    def referring(statement: Statement, reference: Any, old: Any) -> list[Any]:
        rows = as_found(statement, reference, old)
        return sorted(rows, key=lambda row: crc32(repr((seed, reference.table.primary.key(row))).encode()))

    chance = Random(seed)
    let_go = AsyncTurn._set

    def later(turn: AsyncTurn) -> None:
        _after(chance.randrange(_TURNS), partial(let_go, turn))

    with patch.object(Statement, "_referring", referring), patch.object(AsyncTurn, "_set", later):
        yield


def _after(turns: int, act: Callable[[], None]) -> None:
    """Do something after so many turns of the event loop."""
    if turns == 0:
        act()
    else:
        asyncio.get_running_loop().call_soon(_after, turns - 1, act)
