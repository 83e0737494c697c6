"""What both backends say of what operations do, and where PostgreSQL may say either of two things."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Integer, MetaData, Numeric, UniqueConstraint, func

from dbkit.types.errors import AlreadyExists, CheckFailed, NotFound, ReferenceMissing, ValueInvalid, ValueMissing
from dbkit.verbs.selection import Selection
from tests.memory.both import Asked, Said, both
from tests.memory.library import CODE_POINT, reference, table


def shelves() -> MetaData:
    """Return books on shelves, each in a place of its own."""
    metadata = MetaData()
    table("shelves", metadata)
    title, place, weight = (
        Column("title", Integer, nullable=False),
        Column("place", Integer),
        Column("weight", Numeric(4, 2)),
    )
    unique = UniqueConstraint("place", name="uq_books_place")
    books = table(
        "books", metadata, title, place, weight, Column("shelf", Integer), unique, reference("shelf", "shelves")
    )
    books.append_constraint(CheckConstraint(books.c.place > 0, name="ck_books_place"))
    return metadata


def test_a_row_that_an_operation_inserts_or_changes(asked: Asked) -> None:
    """The proposed row is looked at first, then the key, then the selection; a changed row as any other."""
    metadata = shelves()
    books = metadata.tables["books"].c
    with both(asked, metadata) as databases:
        databases.create("books", id=1, title=1, place=1)
        databases.create("books", id=2, title=2, place=2)

        def put(given: dict[str, Any], changes: dict[str, Any], *conditions: Any, **fields: Any) -> Said:
            new = databases.new("books", **{"id": 1, "title": 1, **fields})
            selection = Selection(conditions)
            return databases.say(lambda db: db.books._insert_or_change(new, given, selection, changes))

        assert put({}, {"title": 5}).result.title == 5
        assert put({}, {"title": 5}, books.title == 7).result is None
        assert put({}, {"title": 5}, books.title == 7, title=None).error is ValueMissing
        assert put({}, {"title": 5}, place=-1).constraint == "ck_books_place"
        assert put({"place": -1}, {"title": 5}).constraint == "ck_books_place"
        assert put({"title": None}, {"title": 5}).fields == ("title",)
        assert put({}, {"title": None}).error is ValueMissing
        assert put({}, {"place": -1}).error is CheckFailed
        assert put({}, {"place": books.place - 5}).error is CheckFailed
        assert put({}, {"place": 2}).constraint == "uq_books_place"
        assert put({}, {"title": 6}, place=2).result.title == 6
        assert put({}, {"title": 6}, shelf=9).result.title == 6
        assert put({}, {"shelf": 9}).error is ReferenceMissing
        assert put({}, {"place": 2, "shelf": 9}).error is AlreadyExists
        assert put({}, {"weight": 100}).sqlstate == "22003"
        assert put({}, {"title": 7}, weight=100).sqlstate == "22003"
        assert put({}, {"title": 7}, id=3, place=2).constraint == "uq_books_place"
        assert put({}, {"title": 7}, id=3, shelf=9).constraint == "fk_shelf"
        assert put({}, {"title": "a\0"}, place=-1).fields == ("title",)


def kept() -> MetaData:
    """Return books with a field that no update changes, and with unique keys beside the first."""
    metadata = MetaData()
    table("shelves", metadata)
    kind = Column("kind", Integer, nullable=False, info={"immutable": True})
    columns = [kind, Column("place", Integer), Column("title", CODE_POINT), Column("shelf", Integer)]
    unique = UniqueConstraint("place", name="uq_books_place")
    books = table("books", metadata, *columns, unique, reference("shelf", "shelves"))
    books.append_constraint(CheckConstraint(books.c.kind != books.c.place, name="ck_books_kind"))
    Index("uq_books_title", func.lower(books.c.title), unique=True)
    return metadata


def test_a_row_that_an_upsert_changes(asked: Asked) -> None:
    """The proposed row is looked at, and then the stored one with what changes of it, as it would be afterwards."""
    with both(asked, kept()) as databases:
        databases.create("books", id=1, kind=11, place=1, title="x")
        databases.create("books", id=2, kind=12, place=2, title="y")

        def upsert(key: str, **fields: Any) -> Said:
            new = databases.new("books", **{"id": 9, "kind": 19, "place": 9, "title": "n", **fields})
            return databases.say(lambda db: db.books.upsert(new, on=key).inserted)

        assert upsert("pk_books", id=1, kind=5, place=5).constraint == "ck_books_kind"
        assert upsert("pk_books", id=1, kind=5, place=11).constraint == "ck_books_kind"
        assert upsert("pk_books", id=1, place=2, shelf=7).constraint == "uq_books_place"
        assert upsert("pk_books", id=1, title="Y", shelf=7).constraint == "uq_books_title"
        assert upsert("pk_books", id=1, shelf=7).constraint == "fk_shelf"
        assert upsert("uq_books_title", title="X", place=11).constraint == "ck_books_kind"
        assert upsert("uq_books_title", title="X", id=2).result is False
        assert upsert("uq_books_title", title="Z", id=2).constraint == "pk_books"
        assert upsert("uq_books_title", title=None, place=2).constraint == "uq_books_place"
        assert upsert("uq_books_place", place=2, kind=None).fields == ("kind",)


def test_rows_that_an_operation_changes_at_once(asked: Asked) -> None:
    """Rows of a selection are looked at one by one, what they refer to when all are changed; none is named."""
    metadata = shelves()
    books = metadata.tables["books"].c
    with both(asked, metadata) as databases:
        for number in (1, 2, 3):
            databases.create("books", id=number, title=number, place=number)

        def change(*conditions: Any, **changes: Any) -> Said:
            selection = Selection(conditions, order_by=("id",))
            return databases.say(lambda db: [row.id for row in db.books._update_where(selection, changes)])

        assert change(shelf=9)[1:] == ("23503", "books", "fk_shelf", ("shelf",), None, None, None)
        assert change(shelf=9, place=books.place - 1)[1:] == (
            "23514",
            "books",
            "ck_books_place",
            ("place",),
            None,
            None,
            None,
        )
        assert change(place=4).constraint == "uq_books_place"
        assert change(books.id > 1, place=1).constraint == "uq_books_place"
        assert change(title=None).fields == ("title",)
        assert change(weight=100).sqlstate == "22003"
        assert change(books.id > 9, place=-1).result == []
        assert change(books.id > 9, place="x").sqlstate == "22P02"
        assert change(books.id > 9, place="x", title="a\0").fields == ("title",)
        assert change(place=books.place + 10).result == [1, 2, 3]


def test_an_absent_row_and_a_value_without_room(asked: Asked) -> None:
    """PostgreSQL may look for the row first, once it has planned an update for any values; the twin never does."""
    with both(asked, shelves()) as databases:
        said = [databases.say_each(lambda db: db.books.update(7, weight=1)) for _ in range(8)]
        assert {each.error for pair in said for each in pair} == {NotFound}
        of_server, of_twin = databases.say_each(lambda db: db.books.update(7, weight=100))
        assert of_server.error in (NotFound, ValueInvalid)
        assert of_twin[:2] == (ValueInvalid, "22003")
