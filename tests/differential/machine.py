"""The differential machine: PostgreSQL and the twin side by side, and whether they differ over a program."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from tests.differential.comparing import Difference, difference
from tests.differential.orders import ORDERS, Order
from tests.differential.playing import Trace, play
from tests.differential.program import Program
from tests.differential.serial import Anomaly, anomaly
from tests.differential.sides import Postgres, Twin
from tests.differential.statistics import Statistics

__all__ = ["Machine", "judged", "shrunk"]

_CONFIRMATIONS = 2


class Machine:
    """Plays programs on both sides, over one database on PostgreSQL that nobody else uses meanwhile."""

    def __init__(self, conninfo: str) -> None:
        self.postgres = Postgres(conninfo)
        self.statistics = Statistics()
        self.is_counting = True

    async def difference(self, program: Program) -> Difference | Anomaly | None:
        """Return what is different, if it is so every time: the server's answer may hang on the machine's load."""
        found = await self._compared(program)
        for _ in range(_CONFIRMATIONS if found else 0):
            if await self._compared(program) is None:
                self.statistics.count("unsteady programs", int(self.is_counting))
                return None
        return found

    async def _compared(self, program: Program) -> Difference | Anomaly | None:
        answered = await play(program, self.postgres)
        if self.is_counting:
            self.statistics.note(answered)
        return await judged(program, answered)

    async def answers(self, program: Program) -> Trace | None:
        """Return PostgreSQL's answers; None where they are not the same each time."""
        first = await play(program, self.postgres)
        again = await play(program, self.postgres)
        return first if difference(first, again) is None else None

    async def close(self) -> None:
        """Close the connections."""
        await self.postgres.leave()


async def judged(program: Program, answered: Trace) -> Difference | Anomaly | None:
    """Return what is different on the twin, whichever of the orders that nobody promises it takes.

    Those are in which sessions go on who are let go at once, and in which a statement comes to rows that refer to one.
    Where serializable transactions are the same, or parted by a false alarm, the twin's have to have a serial order.
    """
    trace = await play(program, Twin())
    found = difference(answered, trace)
    if found is None:
        return await anomaly(program, trace)
    may_wait = answered.had_anybody_waiting or trace.had_anybody_waiting or program.is_impatient
    for seed in range(ORDERS if may_wait else 0):
        order = Order(seed)
        with order.applied():
            other = await play(program, Twin(order))
        if difference(answered, other) is None:
            return None
    return found


async def shrunk(program: Program, differs: Callable[[Program], Awaitable[Any]]) -> Program:
    """Return a program that still differs, and would not any more if one of its steps were left out."""
    size = max(1, len(program.steps) // 2)
    while True:
        smaller = await _without(program, size, differs)
        if smaller is None and size == 1:
            return program
        if smaller is None:
            size = max(1, size // 2)
        else:
            program = smaller


async def _without(program: Program, size: int, differs: Callable[[Program], Awaitable[Any]]) -> Program | None:
    """Return the program without so many steps in a row, wherever they may be left out; None where they may not."""
    found = None
    place = len(program.steps)
    while place > 0:
        place = max(0, place - size)
        smaller = program.of([*program.steps[:place], *program.steps[place + size :]])
        if smaller.steps and await differs(smaller):
            program = found = smaller
        await asyncio.sleep(0)
    return found
