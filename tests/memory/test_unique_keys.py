"""Unique keys of all shapes: which rows are in an index, and when two of them are one too many."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Column, DateTime, Index, Integer, MetaData, Table, UniqueConstraint, func

from dbkit.types.filter import Filter, NullTest
from tests.memory.both import Asked, Both, both
from tests.memory.library import CODE_POINT, table

CALLS = 60


class ShelfFilter(Filter):
    """What rows are looked for by."""

    a: int | None = None
    b: int | NullTest | None = None
    c: int | NullTest | None = None


def live(row: Any) -> Any:
    """Return what a row has to fulfil that is not soft-deleted."""
    return row.deleted_at.is_(None)


SHAPES: dict[str, Callable[[Any], Index | UniqueConstraint]] = {
    "required": lambda row: UniqueConstraint(row.a),
    "nullable": lambda row: UniqueConstraint(row.b),
    "required_and_nullable": lambda row: UniqueConstraint(row.a, row.b),
    "both_nullable": lambda row: UniqueConstraint(row.b, row.c),
    "nulls_alike": lambda row: UniqueConstraint(row.b, row.c, postgresql_nulls_not_distinct=True),
    "folded": lambda row: Index("", func.lower(row.name), unique=True),
    "folded_and_nullable": lambda row: Index("", row.b, func.lower(row.name), unique=True),
    "folded_nulls_alike": lambda row: Index("", func.lower(row.name), unique=True, postgresql_nulls_not_distinct=True),
    "replaced": lambda row: Index("", func.coalesce(row.b, 0), row.a, unique=True),
    "descending": lambda row: Index("", row.b.desc(), row.a, unique=True),
    "live": lambda row: Index("", row.a, unique=True, postgresql_where=live(row)),
    "live_nullable": lambda row: Index("", row.b, unique=True, postgresql_where=live(row)),
    "live_nulls_alike": lambda row: Index(
        "", row.b, unique=True, postgresql_where=live(row), postgresql_nulls_not_distinct=True
    ),
    "live_folded": lambda row: Index("", func.lower(row.name), row.a, unique=True, postgresql_where=live(row)),
    "deleted": lambda row: Index("", row.a, unique=True, postgresql_where=row.deleted_at.is_not(None)),
    "partial": lambda row: Index("", row.a, unique=True, postgresql_where=row.c == 1),
    "partial_nullable": lambda row: Index("", row.b, unique=True, postgresql_where=row.c.is_not(None)),
}


def shelves() -> MetaData:
    """Return a table with a unique key for each shape."""
    metadata = MetaData()
    for name, shape in SHAPES.items():
        columns = Column("a", Integer, nullable=False), Column("b", Integer), Column("c", Integer)
        made = table(
            name, metadata, *columns, Column("name", CODE_POINT), Column("deleted_at", DateTime(timezone=True))
        )
        key = shape(made.c)
        key.name = f"uq_{name}"
        _attach(made, key)
    return metadata


def _attach(made: Table, key: Index | UniqueConstraint) -> None:
    if isinstance(key, UniqueConstraint):
        made.append_constraint(key)


def calls(databases: Both, name: str) -> Iterator[Callable[[Any], Any]]:
    """Give calls that write into a table, and that look what is in it."""
    chance = random.Random(name)
    for number in range(CALLS):
        values = {"a": chance.choice((1, 2, 3)), "b": chance.choice((None, 1, 2)), "c": chance.choice((None, 1))}
        values["name"] = chance.choice((None, "x", "X", "y"))
        new, key = databases.new(name, id=number, **values), chance.randrange(number + 1)
        changes = {each: values[each] for each in chance.sample(list(values), chance.choice((1, 1, 2)))}
        filter_ = ShelfFilter(
            **{each: NullTest.IS_NULL if (value := values[each]) is None else value for each in "abc"}
        )
        kind = chance.choice(("create", "create", "create", "update", "update", "delete", "delete", "restore"))
        if kind == "create":
            yield lambda books, new=new: books.create(new).id
        elif kind == "update":
            yield lambda books, key=key, changes=changes: books.update(key, **changes).id
        elif kind == "delete":
            yield lambda books, key=key: books.delete(key)
        else:
            yield lambda books, key=key: books.restore(key).id
        yield lambda books, filter_=filter_: [row.id for row in books.page(filter_)]


def test_each_call_is_taken_or_refused_as_by_postgresql(asked: Asked) -> None:
    """Rows clash where they are in an index with the same key, whatever is NULL, deleted or left out of it."""
    with both(asked, shelves(), **dict.fromkeys(SHAPES, ShelfFilter)) as databases:
        for name in SHAPES:
            said = [
                databases.say(lambda db, call=call, name=name: call(getattr(db, name)))
                for call in calls(databases, name)
            ]
            assert {each.constraint for each in said} == {None, f"uq_{name}"}, name
            assert sum(each.error is None for each in said) > CALLS, name
