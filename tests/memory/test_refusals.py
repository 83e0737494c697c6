"""What both backends say of the same call, where an entity of dbkit's own has no such rule."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    Computed,
    Identity,
    Integer,
    MetaData,
    Numeric,
    String,
    Text,
    UniqueConstraint,
    cast,
)

from dbkit.types.errors import AlreadyExists, CheckFailed, ReferenceMissing, StillReferenced, ValueInvalid, ValueMissing
from tests.memory.both import Asked, Said, both
from tests.memory.library import reference, table


def family(*rules: Any, **options: Any) -> MetaData:
    """Return children that refer to parents, with further rules."""
    metadata = MetaData()
    table("parents", metadata)
    columns = [
        Column("parent", Integer, server_default=options.pop("default", None), nullable=options.pop("nullable", True))
    ]
    table("children", metadata, *columns, reference("parent", "parents", **options), *rules)
    return metadata


@pytest.mark.parametrize("action", ["SET NULL", "SET DEFAULT"])
def test_a_child_that_may_not_be_without_its_parent(asked: Asked, action: str) -> None:
    """A child's check that an action breaks is named, and no field of the row that was to go."""
    metadata = family(ondelete=action)
    children = metadata.tables["children"]
    children.append_constraint(CheckConstraint(children.c.parent.is_not(None), name="ck_children_parent"))
    with both(asked, metadata) as databases:
        databases.create("parents", id=1)
        databases.create("children", id=1, parent=1)
        said = databases.say(lambda db: db.parents.delete(1))
        assert said == (CheckFailed, "23514", "parents", "ck_children_parent", (), {"parents_id": 1}, None, None)


def test_a_child_whose_column_may_not_be_null(asked: Asked) -> None:
    """A child's column that an action would make NULL is named."""
    with both(asked, family(ondelete="SET NULL", nullable=False)) as databases:
        databases.create("parents", id=1)
        databases.create("children", id=1, parent=1)
        said = databases.say(lambda db: db.parents.delete(1))
        assert said == (ValueMissing, "23502", "parents", None, ("parent",), {"parents_id": 1}, None, None)


def test_children_that_an_action_makes_clash(asked: Asked) -> None:
    """A child's unique key in which an action puts two rows in one place is named, and no field."""
    rules = [UniqueConstraint("parent", name="uq_children_parent", postgresql_nulls_not_distinct=True)]
    with both(asked, family(*rules, ondelete="SET NULL")) as databases:
        databases.create("parents", id=1)
        databases.create("children", id=1, parent=1)
        databases.create("children", id=2, parent=None)
        said = databases.say(lambda db: db.parents.delete(1))
        assert said == (AlreadyExists, "23505", "parents", "uq_children_parent", (), {"parents_id": 1}, None, None)


def test_a_default_that_refers_to_nothing(asked: Asked) -> None:
    """A child's default that refers to nothing keeps its parent."""
    with both(asked, family(ondelete="SET DEFAULT", default="7")) as databases:
        databases.create("parents", id=1)
        databases.create("children", id=1, parent=1)
        said = databases.say(lambda db: db.parents.delete(1))
        assert said == (StillReferenced, "23503", "parents", "fk_parent", (), {"parents_id": 1}, None, None)


def measured() -> MetaData:
    """Return a table whose columns refuse values in every way in which a server does."""
    metadata = MetaData()
    a, b = Column("a", Integer), Column("b", Integer)
    ratio = Column("ratio", Numeric(4, 2), Computed(cast(a, Numeric) / cast(b, Numeric), persisted=True))
    found = table("measures", metadata, a, b, Column("name", String(3)), Column("price", Numeric(4, 2)), ratio)
    found.append_constraint(CheckConstraint(found.c.a >= 0, name="ck_measures_a"))
    found.append_constraint(CheckConstraint(found.c.b >= 0, name="ck_measures_b"))
    return metadata


@pytest.mark.parametrize(
    ("fields", "sqlstate", "named"),
    [
        ({"a": -1, "name": "long"}, "22001", ()),
        ({"a": 1 << 31, "name": "long"}, "22003", ()),
        ({"name": "long", "b": "x"}, "22P02", ()),
        ({"name": "long", "price": 100}, "22001", ()),
        ({"name": "a\0", "a": "x"}, None, ("name",)),
        ({"a": 1, "b": 0}, "22012", ()),
        ({"a": 1_000, "b": 1}, "22003", ()),
        ({"a": -1, "b": 0}, "22012", ()),
        ({"a": 1, "b": 0, "name": "long"}, "22001", ()),
    ],
)
def test_values_that_do_not_fit(
    asked: Asked, fields: dict[str, Any], sqlstate: str | None, named: tuple[str, ...]
) -> None:
    """Values go before what is computed from them, and that goes before checks, whichever verb writes them."""
    with both(asked, measured()) as databases:
        databases.create("measures", id=1, a=1, b=1)
        new = databases.new("measures", **{"id": 2, "a": 1, "b": 1, **fields})
        key = {"measures_id": 2}
        refused = (ValueInvalid, sqlstate, "measures", None, named, key)
        assert databases.say(lambda db: db.measures.create(new)) == (*refused, None, None)
        copied = databases.say(lambda db: db.measures.create_many([new]))
        returned = databases.say(lambda db: db.measures.create_many([new], returning=True))
        assert copied == returned == (*refused, 0, None)
        assert databases.say(lambda db: db.measures.upsert(new, on="pk_measures")) == (*refused, None, None)
        said = databases.say(lambda db: db.measures.update(1, **fields))
        assert said == (ValueInvalid, sqlstate, "measures", None, named, {"measures_id": 1}, None, None)


def numbered() -> MetaData:
    """Return a table whose rows the server numbers beside their key."""
    metadata = MetaData()
    # Of this name, because it is one of those that a new value has not.
    number = Column("created_at", Integer, Identity(always=True))
    table("tickets", metadata, Column("seat", Integer), number, UniqueConstraint("seat", name="uq_tickets_seat"))
    return metadata


def test_refused_rows_use_numbers_up(asked: Asked) -> None:
    """What a refused, an undone, a changed or a skipped row had drawn from a sequence leaves a gap, alike."""
    with both(asked, numbered()) as databases:
        new = databases.new
        databases.create("tickets", id=1, seat=1)

        def undone(db: Any) -> None:
            with db.transaction() as tx, suppress(KeyError), tx.transaction():
                tx.tickets.create(new("tickets", id=3, seat=3))
                raise KeyError

        def drawn(ticket: int) -> Any:
            return databases.say(lambda db: db.tickets.create(new("tickets", id=ticket)).created_at).result

        calls: list[tuple[Callable[[Any], Any], int]] = [
            (lambda db: db.tickets.create(new("tickets", id=2, seat=1)), 3),
            (undone, 5),
            (lambda db: db.tickets.upsert(new("tickets", id=1, seat=2), on="pk_tickets"), 7),
            (lambda db: db.tickets._insert_missing([new("tickets", id=1)], None), 9),
            (lambda db: db.tickets._insert_missing([new("tickets", id=1), new("tickets", id=20)], None), 12),
        ]
        for call, number in calls:
            databases.say(call)
            assert drawn(100 + number) == number


def test_deferred_references_are_looked_at_in_order(asked: Asked) -> None:
    """At a commit the first row is named whose reference is still to nothing, as it is then; no key, and no row."""
    with both(asked, family(deferrable=True, initially="DEFERRED")) as databases:

        def leave_orphans(db: Any) -> None:
            with db.transaction() as tx:
                tx.children.create(databases.new("children", id=1, parent=1))
                tx.children.create_many([databases.new("children", id=number, parent=number) for number in (2, 3)])
                tx.parents.create(databases.new("parents", id=1))
                tx.children.delete(2)

        said = databases.say(leave_orphans)
        assert said == (ReferenceMissing, "23503", "children", "fk_parent", ("parent",), None, None, None)
        said = databases.say(lambda db: db.children.create(databases.new("children", id=1, parent=1)))
        assert said == (ReferenceMissing, "23503", "children", "fk_parent", ("parent",), {"children_id": 1}, None, None)


def test_rows_that_an_operation_inserts_where_none_is_in_the_way(asked: Asked) -> None:
    """Rows that are skipped are looked at like others, but for what they refer to; of several none is named."""
    metadata = family(Column("place", Integer), UniqueConstraint("place", name="uq_children_place"))
    children = metadata.tables["children"]
    children.append_constraint(CheckConstraint(children.c.place > 0, name="ck_children_place"))
    with both(asked, metadata) as databases:
        databases.create("children", id=1, place=1)

        def insert(*rows: dict[str, Any], key: str | None = None) -> Said:
            new = [databases.new("children", **row) for row in rows]
            unique_key = None if key is None else databases.entities["children"].unique_keys[key]
            return databases.say(lambda db: db.children._insert_missing(new, unique_key))

        assert insert({"id": 1, "parent": 7}).result == []
        assert insert({"id": 1, "place": -1}).constraint == "ck_children_place"
        assert insert({"id": 1, "place": 1}, key="uq_children_place").result == []
        assert insert({"id": 1}, key="uq_children_place").constraint == "pk_children"
        assert insert({"id": 2, "parent": 7}).constraint == "fk_parent"
        assert insert({"id": 2, "parent": 7}, {"id": 3, "place": -1}).constraint == "ck_children_place"
        assert insert({"id": 2, "parent": 7}, {"id": 1}).constraint == "fk_parent"
        assert insert({"id": 2, "place": 1 << 40}).sqlstate == "22003"
        assert insert({"id": 2, "place": -1}, {"id": 3, "place": 1 << 40}).fields == ("place",)
        assert len(insert({"id": 2}, {"id": 2, "place": 5}).result) == 1


@pytest.mark.parametrize("has_array", [False, True])
def test_rows_that_are_sent_together(asked: Asked, has_array: bool) -> None:
    """Of rows that one statement of an operation inserts, all are read before one is stored."""
    metadata = measured()
    if has_array:
        metadata.tables["measures"].append_column(Column("names", ARRAY(Text())))
    with both(asked, metadata) as databases:

        def insert(*rows: dict[str, Any]) -> Said:
            new = [databases.new("measures", id=number, **row) for number, row in enumerate(rows)]
            return databases.say(lambda db: db.measures._insert_missing(new, None))

        assert insert({"a": -1}, {"price": 100}).constraint == ("ck_measures_a" if not has_array else None)
        assert insert({"a": -1}, {"b": "x"}).sqlstate == ("22P02" if has_array else None)
        assert insert({"b": 1 << 31}, {"a": 1 << 31}).sqlstate == ("22003" if has_array else None)
        assert insert({"name": "a\0"}, {"a": "x"}).fields == (("name",) if has_array else ("a",))
        assert insert({"a": "x"}, {"name": "a\0"}).fields == (("name",) if has_array else ("a",))
        assert insert({"name": "a\0"}).fields == ("name",)
