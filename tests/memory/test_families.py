"""Random programs over foreign keys with every action: what PostgreSQL says of each call, and what is there then."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

import pytest
from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    UniqueConstraint,
    text,
)

from dbkit.types.errors import DbkitError, LockNotAvailable
from dbkit.verbs._sync.operations import Operations
from dbkit.verbs.selection import Selection
from tests.memory.both import Asked, Both, both
from tests.memory.library import table

Call: TypeAlias = Callable[[Any], Any]

NAMES = ("a", "b", "c")
ACTIONS = ("NO ACTION", "RESTRICT", "CASCADE", "CASCADE", "SET NULL", "SET DEFAULT")
SEEDS = range(12)
HIGHEST = 6


def families(chance: random.Random) -> MetaData:
    """Return tables of which each refers twice to those before it or to itself, by their ids or their codes."""
    metadata = MetaData()
    for place, name in enumerate(NAMES):
        references = [_reference(chance, name, column, NAMES[: place + 1]) for column in ("one", "other")]
        columns = [
            Column(column, Integer, server_default=chance.choice([None, text("1")])) for column in ("one", "other")
        ]
        found = table(name, metadata, Column("code", Integer), Column("rank", Integer), *columns)
        found.append_constraint(UniqueConstraint("code", name=f"uq_{name}_code"))
        found.append_constraint(CheckConstraint(found.c.code != found.c.one, name=f"ck_{name}_code"))
        for reference in references:
            found.append_constraint(reference)
    table("apart", metadata)
    return metadata


def _reference(chance: random.Random, name: str, column: str, targets: Sequence[str]) -> ForeignKeyConstraint:
    target = f"{chance.choice(targets)}.{chance.choice(['id', 'code'])}"
    options: dict[str, Any] = {"deferrable": True, "initially": "DEFERRED"} if chance.random() < 0.3 else {}
    actions: dict[str, Any] = {"ondelete": chance.choice(ACTIONS), "onupdate": chance.choice(ACTIONS)}
    return ForeignKeyConstraint([column], [target], name=f"fk_{name}_{column}", **actions, **options)


class Wholesale(Operations):
    """What operations do to rows by a condition."""

    def insert_missing(self, several: Sequence[Any]) -> list[Any]:
        return _in_order(self._insert_missing(list(several), None))

    def change(self, changes: Mapping[str, Any], condition: ColumnElement[bool]) -> list[Any]:
        return _in_order(self._change(changes, condition))

    def delete_where(self, condition: ColumnElement[bool]) -> int:
        return self._delete_where(Selection((condition,)))


class Programs:
    """Calls that are drawn by chance."""

    def __init__(self, databases: Both, chance: random.Random) -> None:
        self._databases = databases
        self._chance = chance

    def draw(self, number: int) -> list[Call]:
        """Return so many calls."""
        return [self._call() for _ in range(number)]

    def _call(self) -> Call:
        name, number = self._chance.choice(NAMES), self._number()
        new, several = self._new(name), [self._new(name) for _ in range(3)]
        changes, unique_key = self._changes(), self._chance.choice([f"uq_{name}_code", f"pk_{name}"])
        entity = self._databases.entities[name]
        condition, has_deferred = entity.table.c.id <= number, _has_deferred(entity.table)
        kinds: dict[str, Callable[[Any], Any]] = {
            "create": lambda rows: rows.create(new),
            "create many": lambda rows: rows.create_many(several, returning=not has_deferred),
            "insert missing": lambda rows: rows.insert_missing(several),
            "upsert": lambda rows: rows.upsert(new, on=unique_key),
            "update": lambda rows: rows.update(number, **changes),
            "delete": lambda rows: rows.delete(number),
            "change": lambda rows: rows.change({"rank": number, "one": changes["one"]}, condition),
            "delete several": lambda rows: rows.delete_where(condition),
        }
        weights = {"create": 6, "update": 8, "delete": 4, "create many": 3}
        kind = self._chance.choices([*kinds], [weights.get(kind, 1) for kind in kinds])[0]
        return lambda db: kinds[kind](db.repository(entity, Wholesale))

    def _number(self) -> int:
        return self._chance.randint(1, HIGHEST)

    def _changes(self) -> dict[str, Any]:
        given = {name: self._chance.choice([None, self._number(), self._number()]) for name in ("code", "one", "other")}
        return given | {"rank": self._chance.randint(0, 1)}

    def _new(self, name: str) -> Any:
        return self._databases.new(name, id=self._number(), **self._changes())


def _has_deferred(table: Any) -> bool:
    return any(key.deferrable for key in table.foreign_key_constraints)


def _in_order(values: Sequence[Any]) -> list[Any]:
    return sorted(values, key=repr)


def told(call: Callable[[], Any]) -> str:
    """Return what a call gives, or what its error says."""
    try:
        return repr(call())
    except LockNotAvailable as error:
        # At which row a lock was not to be had in time PostgreSQL leaves open.
        return f"LockNotAvailable {error.sqlstate}"
    except DbkitError as error:
        said = (error.sqlstate, error.entity, error.constraint, error.fields, error.key, error.row)
        return f"{type(error).__name__}{said}"


def rows(db: Any) -> list[str]:
    """Return all rows that there are."""
    return [f"{name}: {_in_order(list(getattr(db, name).iterate()))}" for name in NAMES]


def one_by_one(db: Any, calls: Sequence[Call]) -> list[str]:
    """Make each call a transaction of its own."""
    return [*(told(partial(call, db)) for call in calls), *rows(db)]


def in_savepoints(tx: Any, calls: Sequence[Call]) -> Iterator[str]:
    """Make each call in a savepoint, each third one with the one after it."""
    for place, call in enumerate(calls):
        with_next = [call, *calls[place + 1 : place + 2]] if place % 3 == 0 else [call]
        yield told(partial(_in_savepoint, tx, with_next))


def _in_savepoint(tx: Any, calls: Sequence[Call]) -> list[Any]:
    with tx.transaction() as savepoint:
        return [call(savepoint) for call in calls]


def in_a_transaction(db: Any, calls: Sequence[Call]) -> list[str]:
    """Make all calls in one transaction."""

    def work() -> None:
        with db.transaction() as tx:
            said.extend([*in_savepoints(tx, calls), *rows(tx)])

    said: list[str] = []
    return [told(work), *said, *rows(db)]


def over_a_snapshot(db: Any, calls: Sequence[Call], earlier: Sequence[Call]) -> list[str]:
    """Make calls in a transaction whose snapshot is from before others' calls."""

    def work() -> None:
        with db.transaction(isolation="repeatable read") as tx:
            said.extend([*rows(tx), *one_by_one(db, earlier), *in_savepoints(tx, calls), *rows(tx)])

    said: list[str] = []
    return [told(work), *said, *rows(db)]


def beside_another(db: Any, calls: Sequence[Call]) -> list[str]:
    """Make each call a transaction of its own, while another one has written something else."""
    with db.transaction() as tx:
        tx.apart.create(type(db).apart.entity.new(id=1))
        said = one_by_one(db, calls)
        tx.apart.delete(1)
    return said


@pytest.mark.parametrize("seed", SEEDS)
def test_families_of_rows(asked: Asked, seed: int) -> None:
    """Random programs over foreign keys with every action are answered alike, error by error and row by row."""
    chance = random.Random(f"families {seed}")
    with both(asked, families(chance)) as databases:
        programs = Programs(databases, chance)
        for _ in range(3):
            for play in (one_by_one, in_a_transaction, beside_another):
                databases.say(partial(play, calls=programs.draw(14)))
            databases.say(partial(over_a_snapshot, calls=programs.draw(8), earlier=programs.draw(5)))
