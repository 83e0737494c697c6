"""Programs are written here: rows to begin with, then sessions with transactions and savepoints, interleaved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from hypothesis import strategies as st

from dbkit.models import ENTITIES
from tests.differential.calls import drawn_call, without_waits
from tests.differential.dice import Dice, HypothesisDice, SeededDice
from tests.differential.family import Family, Fields, Member, family_of
from tests.differential.operations import drawn_operation
from tests.differential.program import BEGIN, CANCEL, END, SAVEPOINT, UNDO, Program, Step
from tests.differential.values import New, entity_of

__all__ = ["Plan", "programs", "seeded", "written"]

_ISOLATIONS = ("read committed", "repeatable read", "serializable")


@dataclass(frozen=True)
class Plan:
    """What programs to write: of how many sessions and calls at most, with one isolation level or about one entity."""

    sessions: int = 4
    calls: int = 24
    isolation: str | None = None
    entity: str | None = None

    def about(self, entity: str) -> Plan:
        """Return the same plan for programs about one entity."""
        return replace(self, entity=entity)


@st.composite
def programs(draw: st.DrawFn, plan: Plan) -> Program:
    """Draw a program, for Hypothesis to shrink."""
    return written(HypothesisDice(draw), plan)


def seeded(seed: int | str, plan: Plan) -> Program:
    """Return the program of a seed."""
    return written(SeededDice(seed), plan)


def written(dice: Dice, plan: Plan) -> Program:
    """Return a program as the dice want it."""
    family = family_of(dice.one_of(ENTITIES) if plan.entity is None else entity_of(plan.entity))
    sessions = dice.number(1, plan.sessions)
    isolation = plan.isolation or (dice.one_of(_ISOLATIONS) if dice.chance(70) else None)
    calls = dice.number(1, plan.calls)
    each = -(-calls // sessions)
    ground = list(_ground(dice, family))
    if sessions > 1 and dice.chance(80):
        family = _narrowed(dice, family)
    is_serial = isolation == "serializable" and dice.chance(70)
    roles = [_Role(session, each, isolation, is_serial) for session in range(sessions)]
    steps = [*ground, *_interleaved(dice, [list(_script(dice, family, role)) for role in roles], is_serial=is_serial)]
    if is_serial:
        return Program(tuple(steps), undoes_errors=False)
    return Program(
        tuple(steps), undoes_errors=dice.chance(80), is_impatient=dice.chance(8), tells_events=dice.chance(30)
    )


def _ground(dice: Dice, family: Family) -> Iterator[Step]:
    """Yield steps that store what a family stands on, and some of its rows."""
    yield Step(0, BEGIN)
    for name, rows in groupby(family.ground, key=itemgetter(0)):
        yield _stored(name, [fields for _, fields in rows])
    yield Step(0, END)
    ground = [fields for _, fields in family.ground]
    names = list(family.members)
    place = names.index(family.focus.name)
    for number, (name, member) in enumerate(family.members.items()):
        percent = 90 if number < place else 65 if number == place else 30
        rows = [row for row in member.rows[:3] if row not in ground and dice.chance(percent)]
        if rows:
            yield _stored(name, rows)


def _narrowed(dice: Dice, family: Family) -> Family:
    """Return a family of two entities at most with few keys, so that sessions meet."""
    others = [name for name in family.members if name != family.focus.name]
    kept = {family.focus.name, *([dice.one_of(others)] if others and dice.chance(60) else [])}
    narrowed = copy(family)
    narrowed.members = {name: _with_few_keys(dice, member) for name, member in family.members.items() if name in kept}
    return narrowed


def _with_few_keys(dice: Dice, member: Member) -> Member:
    keys = {dice.one_of(member.keys[:3]) for _ in range(2)}
    narrowed = copy(member)
    narrowed.keys = [key for key in member.keys if key in keys]
    others = [row for row in member.rows if member.key_of(row) not in keys]
    narrowed.rows = [row for row in member.rows if member.key_of(row) in keys] + others[:1]
    return narrowed


def _stored(name: str, rows: Sequence[Fields]) -> Step:
    return Step(0, "create_many", name, ([New(name, fields) for fields in rows],))


@dataclass(frozen=True)
class _Role:
    """What a session does; a serial one does nothing that shows what others hold, nor anything outside transactions."""

    session: int
    calls: int
    isolation: str | None
    is_serial: bool


def _script(dice: Dice, family: Family, role: _Role) -> Iterator[Step]:
    """Yield what one session does: calls of their own, and transactions with savepoints."""
    left = role.calls
    while left > 0:
        if not role.is_serial and dice.chance(20):
            left -= 1
            yield _call(dice, family, role, in_transaction=False)
            continue
        size = dice.number(1, min(6, left))
        left -= size
        yield from _transaction(dice, family, role, size)


def _transaction(dice: Dice, family: Family, role: _Role, size: int) -> Iterator[Step]:
    isolation = role.isolation or dice.one_of(_ISOLATIONS)
    named = {"isolation": isolation, **({"read_only": True} if dice.chance(4) else {})}
    yield Step(role.session, BEGIN, named=named)
    depth = 0
    for _ in range(size):
        if dice.chance(15):
            depth += 1
            yield Step(role.session, SAVEPOINT)
        yield _call(dice, family, role, in_transaction=True)
        if depth and dice.chance(40):
            depth -= 1
            yield Step(role.session, UNDO if dice.chance(50) else END)
    for _ in range(depth):
        yield Step(role.session, UNDO if dice.chance(40) else END)
    yield Step(role.session, UNDO if dice.chance(20) else END)


def _call(dice: Dice, family: Family, role: _Role, *, in_transaction: bool) -> Step:
    if role.is_serial:
        return without_waits(drawn_call(dice, family, role.session, in_transaction=in_transaction))
    if dice.chance(12):
        step = drawn_operation(dice, family, role.session, in_transaction=in_transaction)
        if step is not None:
            return step
    return drawn_call(dice, family, role.session, in_transaction=in_transaction)


def _interleaved(dice: Dice, scripts: list[list[Step]], *, is_serial: bool) -> Iterator[Step]:
    left = [script for script in scripts if script]
    while left:
        script = dice.one_of(left)
        step = script.pop(0)
        yield step
        if len(scripts) > 1 and not is_serial and dice.chance(3):
            yield Step(step.session, CANCEL)
        left = [each for each in left if each]
