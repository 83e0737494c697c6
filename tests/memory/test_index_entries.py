"""How many bytes an entry of an index takes, whatever its columns are: what fits and what does not, to the byte."""

from __future__ import annotations

import random
import string
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    Table,
    UniqueConstraint,
    Uuid,
    func,
)

from dbkit.memory import MemoryBackend
from dbkit.types.errors import ValueInvalid
from tests.memory.both import Asked, Both, both
from tests.memory.library import CODE_POINT, entities_of, table

LONG = "".join(random.Random("entries").choices(string.ascii_letters + string.digits, k=8_300))
NUMBER = "".join(random.Random("number").choices("123456789", k=6_000))
WIDE = "".join(chr(code) for code in random.Random("wide").choices(range(0x10000, 0x10FFFF), k=800))
ENTRY_BYTES_MAX = 2_704
ENTRY_BYTES_END = 8_192
HEADER_BYTES = 8
COLUMNS: Mapping[str, Any] = {
    "name": CODE_POINT,
    "other": CODE_POINT,
    "data": LargeBinary,
    **dict.fromkeys(("flag", "second", "third", "fourth"), Boolean),
    "small": SmallInteger,
    "number": Integer,
    "big": BigInteger,
    "at": DateTime(timezone=True),
    "owner": Uuid,
}
GIVEN: Mapping[str, Any] = {
    **dict.fromkeys(("flag", "second", "third", "fourth"), True),
    "small": 1,
    "number": 2,
    "big": 3,
    "at": datetime(2024, 2, 29, tzinfo=UTC),
    "owner": UUID(int=7),
}


class Shape(NamedTuple):
    """The columns of an index and those that it includes, what they hold, and how many bytes that takes in an entry.

    The long text is beside that, with four bytes that say how long it is.
    """

    columns: str
    bytes: int = 0
    given: Mapping[str, Any] = GIVEN
    included: str = ""


SHAPES = {
    "alone": Shape("name"),
    "of_bytes": Shape("data"),
    "flag": Shape("flag name", 4),
    "flags": Shape("flag second third fourth name", 4),
    "small": Shape("flag small second name", 8),
    "number": Shape("number flag name", 8),
    "aligned_number": Shape("flag number second name", 12),
    "big": Shape("flag big second name", 20),
    "moment": Shape("flag at second name", 20),
    "owner": Shape("flag owner second third fourth name", 20),
    "before_flag": Shape("name flag", 1),
    "before_small": Shape("name small", 2),
    "before_number": Shape("name number", 4),
    "before_big": Shape("name big", 8),
    "before_moment": Shape("name at", 8),
    "before_owner": Shape("name owner", 16),
    "including": Shape("name", 16, included="big flag"),
    "including_text": Shape("name", 16, {"other": "a" * 11}, included="other"),
    "null_first": Shape("other name", 8, {}),
    "null_between": Shape("flag small name", 12, {"flag": True}),
    "null_last": Shape("name big", 8, {}),
    "short": Shape("other name", 128, {"other": "a" * 126}),
    "shortest": Shape("flag other second name", 4, {"flag": True, "second": True, "other": "a"}),
    "not_so_short": Shape("flag other name", 136, {"flag": True, "other": "a" * 127}),
    "of_two_bytes_each": Shape("other name", 132, {"other": "é" * 63 + "a"}),
    "not_compressed": Shape("other name", 512, {"other": "a" * 506}),
    "compressed": Shape("other name", 20, {"other": "a" * 507}),
    "hardly_compressed": Shape("other name", 632, {"other": "a" * 30 + LONG[:600]}),
}


def shelves() -> MetaData:
    """Return a table with an index for each shape."""
    metadata = MetaData()
    for name, shape in SHAPES.items():
        made = table(name, metadata, *(Column(column, type_) for column, type_ in COLUMNS.items()))
        elements = [made.c[column] for column in shape.columns.split()]
        Index(f"ix_{name}", *elements, postgresql_include=shape.included.split())
    return metadata


def lengths(shape: Shape, most: int) -> range:
    """Return the lengths of text around the one with which an entry is as long as it may be."""
    longest = most - HEADER_BYTES - 4 - shape.bytes
    return range(longest - 8, longest + 9)


def test_an_entry_fits_or_not_to_the_byte(asked: Asked) -> None:
    """How long a text may be depends on what else is in the index, and on what starts where."""
    with both(asked, shelves()) as databases:
        for name, shape in SHAPES.items():
            said = [said_of(databases, name, length) for length in lengths(shape, ENTRY_BYTES_MAX)]
            assert {*said} == {"fits", f"ix_{name}"}, name
            assert said == sorted(said, key=["fits", f"ix_{name}"].index), name


@pytest.mark.parametrize("name", ["alone", "null_last"])
def test_an_entry_can_be_made_or_not_to_the_byte(asked: Asked, name: str) -> None:
    """What is too long to be an entry at all is no matter of one index."""
    with both(asked, shelves()) as databases:
        said = [said_of(databases, name, length) for length in lengths(SHAPES[name], ENTRY_BYTES_END)]
        assert {*said} == {f"ix_{name}", None}
        assert said == sorted(said, key=[f"ix_{name}", None].index)


def said_of(databases: Both, name: str, length: int) -> str | None:
    """Return the index in which both have no room for a row with a text that is as long, None for no index by name."""
    long, shape = LONG[:length], SHAPES[name]
    text = {"data": long.encode()} if shape.columns == "data" else {"name": long}
    return said_to(databases, name, id=length, **shape.given, **text)


def said_to(databases: Both, shelf: str, /, **fields: Any) -> str | None:
    """Return the index in which both have no room for a row."""
    said = databases.say(lambda db: getattr(db, shelf).create(databases.new(shelf, **fields)).id)
    assert said.sqlstate in (None, "54000")
    return "fits" if said.error is None else said.constraint


def with_several_keys(notes: Table) -> None:
    """Add indexes and unique keys, of which a long text is in some."""
    Index("ix_a", notes.c.name)
    for number, others in ((3, ["id"]), (1, ["price"]), (4, ["id", "price"]), (2, ["other"]), (0, ["id", "other"])):
        notes.append_constraint(UniqueConstraint("name", *others, name=f"uq_{number}"))
    Index("uq_a", notes.c.name, unique=True)


def with_other_methods(notes: Table) -> None:
    """Add an index that is no B-tree, and one that says that it is one."""
    Index("ix_a", notes.c.name, postgresql_using="hash")
    Index("ix_b", notes.c.other, postgresql_using="btree")


def with_a_price(notes: Table) -> None:
    """Add an index with a number before a text, and one of another text."""
    Index("ix_a", notes.c.price, notes.c.name)
    Index("ix_b", notes.c.other)


def with_partial_indexes(notes: Table) -> None:
    """Add indexes, of which one is unique, that leave out rows without a price."""
    for name, is_unique in (("uq_a", True), ("ix_a", False)):
        Index(name, notes.c.name.desc(), unique=is_unique, postgresql_where=notes.c.price.is_not(None))


def of_expressions(notes: Table) -> None:
    """Add an index of a text that is made of others, and one with a column that is in it twice."""
    Index("ix_a", notes.c.name + func.lower(notes.c.other))
    Index("ix_b", notes.c.name, func.lower(notes.c.name))


@pytest.mark.parametrize(
    ("build", "fields", "index"),
    [
        (with_several_keys, {"name": LONG[:2_700]}, "uq_3"),
        (with_several_keys, {"name": LONG[:2_000], "other": LONG[:700]}, "uq_2"),
        (with_several_keys, {"name": LONG[:2_000]}, "fits"),
        (with_other_methods, {"name": LONG[:2_700]}, "fits"),
        (with_other_methods, {"other": LONG[:2_700]}, "ix_b"),
        (with_other_methods, {"other": WIDE[:673]}, "fits"),
        (with_other_methods, {"other": WIDE[:674]}, "ix_b"),
        (with_a_price, {"name": LONG[:700], "price": 1}, "fits"),
        (with_a_price, {"name": LONG[:2_684], "price": 1}, "fits"),
        (with_a_price, {"name": LONG[:2_685], "price": 1}, "ix_a"),
        (with_a_price, {"price": Decimal("7" * 10_000)}, "fits"),
        (with_a_price, {"price": Decimal(NUMBER[:5_360])}, "fits"),
        (with_a_price, {"price": Decimal(NUMBER[:5_361])}, "ix_a"),
        (with_a_price, {"other": LONG[:2_700]}, "ix_b"),
        (with_partial_indexes, {"name": LONG[:2_700]}, "fits"),
        (with_partial_indexes, {"name": LONG[:2_691], "price": 1}, "fits"),
        (of_expressions, {"name": "a", "other": LONG[:2_690]}, "fits"),
        (of_expressions, {"name": "a", "other": LONG[:2_700]}, "ix_a"),
        (of_expressions, {"name": LONG[:1_000], "other": LONG[1_000:2_700]}, "ix_a"),
        (of_expressions, {"name": WIDE[:336]}, "fits"),
        (of_expressions, {"name": WIDE[:337]}, "ix_b"),
    ],
)
def test_the_first_index_without_room_is_named(asked: Asked, build: Any, fields: dict[str, Any], index: str) -> None:
    """Of the indexes of a table, constraints come before others; what is no B-tree has room for everything."""
    metadata = MetaData()
    columns = Column("name", CODE_POINT), Column("other", CODE_POINT), Column("price", Numeric)
    build(table("notes", metadata, *columns))
    with both(asked, metadata) as databases:
        assert said_to(databases, "notes", id=1, **fields) == index


def test_of_several_indexes_without_room_the_first_by_name_is_named() -> None:
    """Indexes that are no constraints are created by name, and entered in that order."""
    metadata = MetaData()
    notes = table("notes", metadata, Column("name", CODE_POINT))
    for number in (3, 1, 4, 0, 2):
        Index(f"ix_{number}", notes.c.name)
    (entity,) = entities_of(metadata)
    with pytest.raises(ValueInvalid) as caught:
        MemoryBackend((entity,)).repository(entity).create(entity.new(id=1, name=LONG[:2_700]))
    assert caught.value.constraint == "ix_0"
