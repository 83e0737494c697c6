"""Random programs of transactions that meet in one thread, and wait for nothing: what PostgreSQL says of each call.

Whoever would have to wait is refused at once, as it would wait for its own thread, so that what each call holds shows.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, TypeAlias

import pytest
from sqlalchemy import Column, Integer, MetaData

from dbkit.verbs.locking import LOCK_STRENGTHS
from tests.memory.both import Asked, Both, both
from tests.memory.library import reference, table
from tests.memory.test_families import NAMES, Call, Programs, families, one_by_one, rows, told

SEEDS = range(16)
STEPS = 26
LEVELS = ("read committed", "repeatable read")

# On the server nobody else is about, so that a wait is one for this thread.
IMPATIENT = "options=-c%20lock_timeout%3D60ms"

Step: TypeAlias = Callable[[Any, "list[Actor]"], list[str]]


class Undone(Exception):
    """Ends the block of what is to be rolled back."""


class Actor:
    """A transaction with the savepoints that are open in it."""

    def __init__(self, db: Any, isolation: str) -> None:
        self._open: list[tuple[AbstractContextManager[Any], Any]] = []
        self._enter(db.transaction(isolation=isolation))

    def nest(self) -> str:
        """Begin a savepoint, in which the next calls are."""
        return told(lambda: self._enter(self._tx.transaction()))

    def leave(self, *, is_undone: bool) -> str:
        """End what is open: the innermost savepoint, or the transaction."""
        block, _ = self._open.pop()
        thrown = (Undone, Undone(), None) if is_undone else (None, None, None)
        return told(lambda: block.__exit__(*thrown))

    def call(self, call: Call) -> str:
        """Make a call in a savepoint of its own."""
        return told(partial(self._call, call))

    @property
    def depth(self) -> int:
        """How many savepoints are open, and 1 for the transaction; 0 behind its end."""
        return len(self._open)

    @property
    def _tx(self) -> Any:
        return self._open[-1][1]

    def _call(self, call: Call) -> Any:
        with self._tx.transaction() as savepoint:
            return call(savepoint)

    def _enter(self, block: AbstractContextManager[Any]) -> None:
        self._open.append((block, block.__enter__()))


def acting(number: int, call: Call) -> Step:
    """Let a transaction make a call."""
    return lambda _, actors: [actors[number].call(call)]


def apart(call: Call) -> Step:
    """Make a call by itself."""
    return lambda db, _: [told(partial(call, db))]


def nesting(number: int) -> Step:
    """Let a transaction begin a savepoint."""
    return lambda _, actors: [actors[number].nest()]


def leaving(number: int, *, is_undone: bool) -> Step:
    """Let a transaction end a savepoint, if one is open."""
    return lambda _, actors: [actors[number].leave(is_undone=is_undone)] if actors[number].depth > 1 else []


def looking(name: str, number: int) -> Step:
    """See which locks of a row are to be had."""

    def step(db: Any, _: list[Actor]) -> list[str]:
        return [told(partial(_locked, db, name, number, strength)) for strength in LOCK_STRENGTHS]

    return step


def _locked(db: Any, name: str, number: int, strength: str) -> Any:
    with db.transaction() as tx:
        return getattr(tx, name).lock(number, strength=strength, nowait=True)


def meeting(db: Any, isolations: Sequence[str], steps: Sequence[Step], ends: Sequence[bool]) -> list[str]:
    """Play steps of transactions at these levels, end those in turn, and return what was said and seen."""
    actors = [Actor(db, isolation) for isolation in isolations]
    said = [text for step in steps for text in step(db, actors)]
    for actor, is_undone in zip(actors, ends, strict=True):
        while actor.depth:
            said.append(actor.leave(is_undone=is_undone and actor.depth == 1))
        said += rows(db)
    return said


class Meetings:
    """Steps that are drawn by chance."""

    def __init__(self, programs: Programs, chance: random.Random) -> None:
        self._programs = programs
        self._chance = chance

    def draw(self) -> list[Step]:
        """Return the steps of a program."""
        return [self._step() for _ in range(STEPS)]

    def _step(self) -> Step:
        number, (call,) = self._chance.randrange(2), self._programs.draw(1)
        name, row, is_undone = self._chance.choice(NAMES), self._chance.randint(1, 6), self._chance.random() < 0.5
        steps = [acting(number, call), apart(call), looking(name, row), nesting(number)]
        steps.append(leaving(number, is_undone=is_undone))
        return self._chance.choices(steps, (8, 4, 4, 1, 1))[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_transactions_that_meet(asked: Asked, seed: int) -> None:
    """In random programs two transactions refuse each other the same locks, and keep the same from others."""
    chance = random.Random(f"meetings {seed}")
    with both(asked, families(chance), IMPATIENT) as databases:
        programs = Programs(databases, chance)
        meetings = Meetings(programs, chance)
        for _ in range(4):
            databases.say(partial(one_by_one, calls=programs.draw(16)))
            isolations = [chance.choice(LEVELS) for _ in range(2)]
            ends = [chance.random() < 0.3 for _ in range(2)]
            databases.say(partial(meeting, isolations=isolations, steps=meetings.draw(), ends=ends))


def family() -> MetaData:
    """Return children with a note of their own, who refer to parents at once or when the commit comes."""
    metadata = MetaData()
    table("parents", metadata)
    at_the_end = reference("later", "parents", deferrable=True, initially="DEFERRED")
    columns = [Column(name, Integer) for name in ("parent", "later", "note")]
    table("children", metadata, *columns, reference("parent", "parents"), at_the_end)
    return metadata


@pytest.fixture
def kin(asked: Asked) -> Iterator[Both]:
    with both(asked, family(), IMPATIENT) as databases:
        for number in (1, 2):
            databases.create("parents", id=number)
        databases.create("children", id=1, parent=1)
        yield databases


def test_a_row_that_is_written_again_keeps_its_parent(kin: Both) -> None:
    """The first change leaves its reference alone; of its own row a server looks at it once more."""

    def noted(db: Any) -> list[str]:
        with db.transaction() as holder, db.transaction() as tx:
            holder.parents.lock(1)
            return [told(partial(_noted, tx, number)) for number in (1, 2)]

    def _noted(tx: Any, number: int) -> Any:
        with tx.transaction() as savepoint:
            return savepoint.children.update(1, note=number)

    assert kin.say(noted).result[1] == "LockNotAvailable 55P03"


@pytest.mark.parametrize("is_written", [False, True])
def test_what_waits_for_the_commit_keeps_no_parent(kin: Both, is_written: bool) -> None:
    """Whoever refers to a row by a deferred key finds at its commit that it is gone."""

    def orphaned(db: Any) -> list[str]:
        with db.transaction() as other:
            if is_written:
                other.parents.create(kin.new("parents", id=3))
            said = [told(partial(_orphaned, db))]
        return [*said, repr(db.parents.count()), repr(db.children.count())]

    def _orphaned(db: Any) -> None:
        with db.transaction() as tx:
            tx.children.create(kin.new("children", id=2, later=2))
            db.parents.delete(2)

    assert kin.say(orphaned).result[0].startswith("ReferenceMissing")
