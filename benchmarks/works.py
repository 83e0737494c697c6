"""The kinds of work: what is called, with what, and how it is counted."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from benchmarks.world import World
from dbkit.types import ConnectionId, ConnectionStatus, NewConnection, NewOperation, OperationStatus
from dbkit.types.identifiers import uuid7

__all__ = ["CALLERS", "WORKS", "Block", "Drive", "Work"]

CALLERS = 8
_READS = 100
_WRITES = 50
_PAGES = 10
_PAGE_ROWS = 100
_BULK_ROWS = 10_000
_ROUNDS_MIN = 3
_STARTED_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Drive(Enum):
    """How a block of calls is driven."""

    EACH = "one call after the other"
    WALK = "from page to page"
    DRAIN = "value by value"
    TOGETHER = "by several callers at once"


@dataclass(frozen=True)
class Block:
    """What one way does at a stretch: the calls, how many units they are, and the rows that must be there before."""

    calls: Sequence[tuple[Any, ...]]
    units: int
    stock: Sequence[NewConnection | NewOperation] = ()


@dataclass(frozen=True)
class Work:
    """A kind of work. `rounds` is its share of the rounds asked for: slow work takes fewer."""

    name: str
    title: str
    verb: str
    make: Callable[[World, random.Random], Block]
    unit: str = "call"
    drive: Drive = Drive.EACH
    writes: bool = False
    rounds: float = 1.0
    warm_up_rounds: int = 3

    def rounds_of(self, asked: int) -> int:
        """Return how many rounds this work takes of those asked for."""
        return max(min(asked, _ROUNDS_MIN), round(asked * self.rounds))


def _gets(world: World, chance: random.Random) -> Block:
    return Block([(world.read, key) for key in chance.choices(world.read_keys, k=_READS)], _READS)


def _finds(world: World, _chance: random.Random) -> Block:
    return Block([(world.read, ConnectionId(uuid7())) for _ in range(_READS)], _READS)


def _pages(world: World, _chance: random.Random) -> Block:
    pages = min(_PAGES, world.sizes.read // _PAGE_ROWS)
    return Block([(world.read, _PAGE_ROWS, pages)], pages)


def _creates(world: World, _chance: random.Random) -> Block:
    return Block([(new,) for new in world.new_connections(_WRITES)], _WRITES)


def _updates(world: World, _chance: random.Random) -> Block:
    rows = world.new_connections(_WRITES)
    changes = {"status": ConnectionStatus.WORKING, "provider_metadata": {"account": 1, "verified": True}}
    return Block([(row.project_id, row.id, 1, changes) for row in rows], _WRITES, rows)


def _operation_gets(world: World, chance: random.Random) -> Block:
    return Block([(world.operated, key) for key in chance.choices(world.operation_keys, k=_READS)], _READS)


def _operation_pages(world: World, _chance: random.Random) -> Block:
    pages = min(_PAGES, world.sizes.read // _PAGE_ROWS)
    return Block([(world.operated, _PAGE_ROWS, pages)], pages)


def _operation_creates(world: World, _chance: random.Random) -> Block:
    return Block([(new,) for new in world.new_operations(_WRITES)], _WRITES)


def _operation_updates(world: World, _chance: random.Random) -> Block:
    rows = world.new_operations(_WRITES)
    changes = {"status": OperationStatus.RUNNING, "started_at": _STARTED_AT, "metadata": {"objects": ["contact"]}}
    return Block([(row.project_id, row.id, 1, changes) for row in rows], _WRITES, rows)


def _bulk(world: World, _chance: random.Random) -> Block:
    return Block([(world.new_connections(_BULK_ROWS),)], 1)


def _iterations(world: World, _chance: random.Random) -> Block:
    return Block([(world.iterated,)], 1)


WORKS = (
    Work("get", "get", "get", _gets),
    Work("find", "find (absent)", "find", _finds),
    Work("page", "page of 100", "page", _pages, unit="page", drive=Drive.WALK),
    Work("create", "create", "create", _creates, writes=True),
    Work("update", "update", "update", _updates, writes=True),
    Work("callers", "8 callers, get", "get", _gets, drive=Drive.TOGETHER),
    Work("operation_get", "get, 19 columns", "get_operation", _operation_gets),
    Work(
        "operation_page",
        "page of 100, 19 columns",
        "page_of_operations",
        _operation_pages,
        unit="page",
        drive=Drive.WALK,
    ),
    Work("operation_create", "create, 19 columns", "create_operation", _operation_creates, writes=True),
    Work("operation_update", "update, 19 columns", "update_operation", _operation_updates, writes=True),
    Work("create_many", "create 10,000", "create_many", _bulk, "bulk", writes=True, rounds=0.1, warm_up_rounds=1),
    Work("iterate", "iterate", "iterate", _iterations, "iteration", Drive.DRAIN, rounds=0.06, warm_up_rounds=0),
)
"""In the order in which they run."""
