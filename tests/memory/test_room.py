"""Texts that are too long for an index: what PostgreSQL takes and refuses, to the byte, and whose error it is."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import BigInteger, Column, DateTime, Index, MetaData, Uuid, func

from dbkit.types.errors import ValueInvalid
from tests.memory.both import Asked, both
from tests.memory.library import CODE_POINT, table

LETTERS = string.ascii_letters + string.digits
ALPHABETS = ("ab", string.hexdigits, LETTERS, "aéß漢字😀xyz ")


def texts(number: int) -> Iterator[str]:
    """Give texts around the limit that compress well, badly, or not at all."""
    chance = random.Random("texts")
    for _ in range(number):
        letters, length = chance.choice(ALPHABETS), chance.randrange(600, 5_000)
        unit = "".join(chance.choice(letters) for _ in range(chance.choice((length, length, length // 2, 50))))
        yield (unit * (length // len(unit) + 1))[:length]


def diary(*, numbered_only: bool = False, is_unique: bool = False) -> MetaData:
    """Return a table with an index that a long text may not fit into."""
    metadata = MetaData()
    columns = [Column("name", CODE_POINT), Column("number", BigInteger), Column("written_at", DateTime(timezone=True))]
    notes = table("notes", metadata, *columns, Column("author", Uuid))
    where = {"postgresql_where": notes.c.number.is_not(None)} if numbered_only else {}
    elements = [func.lower(notes.c.name)] if is_unique else [notes.c.author, notes.c.name.desc(), notes.c.number]
    Index("ix_notes_name", *elements, unique=is_unique, **where)
    return metadata


@pytest.mark.parametrize("is_unique", [False, True])
def test_texts_around_the_limit(asked: Asked, is_unique: bool) -> None:
    """A text fits into an index or does not as PostgreSQL has it, which compresses it first."""
    with both(asked, diary(is_unique=is_unique)) as databases:
        said: list[Any] = []
        for number, text in enumerate(texts(60)):
            new = databases.new("notes", id=number, name=text, number=None if number % 2 else 5)
            said.append(databases.say(lambda db, new=new: db.notes.create(new).id))
        assert {each.sqlstate for each in said} == {None, "54000"}


def test_whose_error_it_is(asked: Asked) -> None:
    """The index is named, unless no index at all could hold the row, whichever verb writes it."""
    long, longest = ("".join(random.Random(7).choices(LETTERS, k=length)) for length in (4_000, 20_000))
    with both(asked, diary()) as databases:
        databases.create("notes", id=1, name="short")
        said = databases.say(lambda db: db.notes.create(databases.new("notes", id=2, name=long)))
        assert said[:6] == (ValueInvalid, "54000", "notes", "ix_notes_name", (), {"notes_id": 2})
        said = databases.say(lambda db: db.notes.create(databases.new("notes", id=2, name=longest)))
        assert said[:6] == (ValueInvalid, "54000", "notes", None, (), {"notes_id": 2})
        said = databases.say(lambda db: db.notes.update(1, name=long))
        assert said[:6] == (ValueInvalid, "54000", "notes", "ix_notes_name", (), {"notes_id": 1})
        rows = [databases.new("notes", id=3, name="short"), databases.new("notes", id=4, name=long)]
        assert databases.say(lambda db: db.notes.create_many(rows)).row == 1


@pytest.mark.parametrize("is_unique", [False, True])
def test_a_row_may_not_grow_too_long(asked: Asked, is_unique: bool) -> None:
    """Neither one that is there nor one that the transaction has just written, whatever the index is for."""
    long = "".join(random.Random(7).choices(LETTERS, k=4_000))
    with both(asked, diary(is_unique=is_unique)) as databases:
        databases.create("notes", id=1, name="short")

        def grown(db: Any) -> None:
            with db.transaction() as tx:
                tx.notes.create(databases.new("notes", id=2, name="another"))
                tx.notes.update(2, name=long)

        for call in (lambda db: db.notes.update(1, name=long), grown):
            assert databases.say(call)[:4] == (ValueInvalid, "54000", "notes", "ix_notes_name")


def test_a_row_that_is_in_no_index_may_be_longer(asked: Asked) -> None:
    """A partial index takes no room for the rows that it leaves out."""
    long = "".join(random.Random(7).choices(LETTERS, k=4_000))
    with both(asked, diary(numbered_only=True)) as databases:
        databases.create("notes", id=1, name=long)
        said = databases.say(lambda db: db.notes.create(databases.new("notes", id=2, name=long, number=1)))
        assert said.sqlstate == "54000"
        assert databases.say(lambda db: db.notes.update(1, number=1)).constraint == "ix_notes_name"
