"""What both backends say of values that do not fit, in transactions that may not write or do nothing any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from sqlalchemy import BigInteger, Column, MetaData

from dbkit.types.errors import DbkitError, ReadOnly, TransactionAborted, ValueInvalid
from dbkit.types.filter import AnyOf, Filter
from tests.memory.both import Asked, Both, Said, both
from tests.memory.library import CODE_POINT, table

VALUES: dict[str, dict[str, Any]] = {
    "fits": {},
    "cannot be sent": {"name": "a\0"},
    "cannot be read": {"weight": "x"},
    "is missing": {"id": None},
    "is taken": {"id": 1},
}


class ParcelsFilter(Filter):
    """Parcels by name or weight."""

    name: str | AnyOf[str] | None = None
    weight: int | None = None


def parcels() -> MetaData:
    """Return a table with a text and a number."""
    metadata = MetaData()
    table("parcels", metadata, Column("name", CODE_POINT), Column("weight", BigInteger))
    return metadata


@pytest.fixture
def databases(asked: Asked) -> Iterator[Both]:
    with both(asked, parcels(), parcels=ParcelsFilter) as databases:
        databases.create("parcels", id=1, name="first", weight=1)
        yield databases


@contextmanager
def reading(db: Any) -> Iterator[Any]:
    """Give the parcels in a transaction that may not write."""
    with db.transaction(read_only=True) as tx:
        yield tx.parcels


@contextmanager
def failed(db: Any) -> Iterator[Any]:
    """Give the parcels in a transaction in which a statement was refused."""
    with db.transaction() as tx:
        with suppress(DbkitError):
            tx.parcels.create(type(db).parcels.entity.new(id=1))
        yield tx.parcels


def calls(databases: Both, fields: dict[str, Any]) -> dict[str, Callable[[Any], Any]]:
    """Return the calls that write such a row."""
    new, valid = (databases.new("parcels", **{"id": 2, **each}) for each in (fields, {"id": 3}))
    changes = {name: value for name, value in fields.items() if name != "id"}
    found: dict[str, Callable[[Any], Any]] = {
        "create": lambda parcels: parcels.create(new),
        "create_many": lambda parcels: parcels.create_many([new, valid]),
        "create_many returning": lambda parcels: parcels.create_many([new, valid], returning=True),
        "upsert": lambda parcels: parcels.upsert(new, on="pk_parcels"),
        "insert where none is in the way": lambda parcels: parcels._insert_missing([new], None),
        "insert several where none is in the way": lambda parcels: parcels._insert_missing([new, valid], None),
    }
    if changes:
        found["update"] = lambda parcels: parcels.update(1, **changes)
        found["update of none"] = lambda parcels: parcels.update(9, **changes)
    return found


@pytest.mark.parametrize("where", [reading, failed])
@pytest.mark.parametrize("fields", VALUES.values(), ids=VALUES)
def test_writes(databases: Both, where: Callable[[Any], Any], fields: dict[str, Any]) -> None:
    """What cannot be sent is refused before the transaction is looked at, what cannot be read before it writes."""
    said: set[Any] = set()
    for call in calls(databases, fields).values():

        def run(db: Any, call: Callable[[Any], Any] = call) -> Any:
            with where(db) as repository:
                return call(repository)

        said.add(databases.say(run).error)
    refusal = ReadOnly if where is reading else TransactionAborted
    assert refusal in said
    assert said <= {refusal, ValueInvalid}


@pytest.mark.parametrize("fields", VALUES.values(), ids=VALUES)
def test_what_a_refused_write_leaves(databases: Both, fields: dict[str, Any]) -> None:
    """A transaction goes on after a value that could not be sent, and only then."""
    for call in calls(databases, fields).values():

        def run(db: Any, call: Callable[[Any], Any] = call) -> str:
            with suppress(KeyError), db.transaction() as tx:
                with suppress(DbkitError):
                    call(tx.parcels)
                tx.parcels.find(1)
                raise KeyError
            return "goes on"

        said = databases.say(run)
        assert (said.result == "goes on") is (said.error is None)


@pytest.mark.parametrize("where", [reading, failed])
def test_reads(databases: Both, where: Callable[[Any], Any]) -> None:
    """What cannot be sent is refused first; what cannot be read is not looked at after a failure."""

    def say(read: Callable[[Any], Any]) -> Said:
        def run(db: Any) -> Any:
            with where(db) as repository:
                return read(repository)

        return databases.say(run)

    assert say(lambda parcels: parcels.count(ParcelsFilter(name="a\0"))).fields == ("name",)
    assert say(lambda parcels: parcels.page(ParcelsFilter(name=AnyOf("a\0")))).fields == ("name",)
    sqlstate = "22003" if where is reading else "25P02"
    assert say(lambda parcels: parcels.count(ParcelsFilter(weight=1 << 70))).sqlstate == sqlstate
    assert say(lambda parcels: parcels.find(1 << 70)).sqlstate == sqlstate
    assert say(lambda parcels: parcels.exists(1 << 70)).sqlstate == sqlstate
