"""How foreign keys are read: their actions, columns and keys."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest
from sqlalchemy import Column, DateTime, ForeignKeyConstraint, Index, Integer, MetaData, UniqueConstraint, text

from dbkit.memory import MemoryBackend
from dbkit.memory.references import Action, Reference
from dbkit.types.errors import ConfigurationInvalid, LockNotAvailable, ReferenceMissing
from dbkit.verbs.transaction import TransactionOptions
from tests.memory.library import entities_of, table

PAIR = ("a", "b")


class Twin:
    """The twin over the tables of some metadata."""

    def __init__(self, metadata: MetaData) -> None:
        entities = entities_of(metadata)
        self.backend = MemoryBackend(entities)
        self.entities = {entity.name: entity for entity in entities}

    def create(self, name: str, **fields: Any) -> None:
        self.of(name).create(self.entities[name].new(**fields))

    def of(self, name: str) -> Any:
        return self.backend.repository(self.entities[name])

    def reference(self, name: str) -> Reference:
        (reference,) = self.backend.rows(self.entities[name]).table.references
        return reference


def of_two_columns(**options: Any) -> MetaData:
    """Return `children` that refer to `parents` by two columns, the other way round than the key has them."""
    metadata = MetaData()
    table("parents", metadata, *(Column(name, Integer) for name in PAIR), UniqueConstraint(*PAIR, name="uq_pair"))
    to_parents = ForeignKeyConstraint(["y", "x"], ["parents.b", "parents.a"], name="fk_pair", **options)
    table("children", metadata, Column("x", Integer), Column("y", Integer), to_parents)
    return metadata


@pytest.mark.parametrize(
    ("written", "action", "columns"),
    [
        (None, Action.NO_ACTION, ("y", "x")),
        ("NO ACTION", Action.NO_ACTION, ("y", "x")),
        ("restrict", Action.RESTRICT, ("y", "x")),
        (" Cascade ", Action.CASCADE, ("y", "x")),
        ("set default", Action.SET_DEFAULT, ("y", "x")),
        ("SET NULL", Action.SET_NULL, ("y", "x")),
        ("SET NULL (x)", Action.SET_NULL, ("x",)),
        ('SET NULL("x", y )', Action.SET_NULL, ("x", "y")),
        ("SET DEFAULT (y)", Action.SET_DEFAULT, ("y",)),
    ],
)
def test_actions(written: str | None, action: Action, columns: tuple[str, ...]) -> None:
    reference = Twin(of_two_columns(ondelete=written)).reference("children")
    assert (reference.on_delete, reference.set_columns) == (action, columns)
    assert reference.on_update is Action.NO_ACTION


@pytest.mark.parametrize("written", ["CASCADES", "CASCADE NOW", "SET", "SET NULL x", "SET NULL (x) y"])
def test_actions_that_nobody_knows_are_named(written: str) -> None:
    with pytest.raises(ConfigurationInvalid, match="the foreign key fk_pair"):
        Twin(of_two_columns(ondelete=written))
    with pytest.raises(ConfigurationInvalid, match="the foreign key fk_pair"):
        Twin(of_two_columns(onupdate=written))


@pytest.mark.parametrize("match", [None, "SIMPLE", "simple"])
def test_a_reference_asks_nothing_where_a_column_is_null(match: str | None) -> None:
    twin = Twin(of_two_columns(match=match))
    twin.create("parents", id=1, a=1, b=2)
    for number, (x, y) in enumerate([(None, None), (7, None), (None, 7), (1, 2)]):
        twin.create("children", id=number, x=x, y=y)
    with pytest.raises(ReferenceMissing) as caught:
        twin.create("children", id=9, x=2, y=1)
    assert caught.value.fields == ("y", "x")


@pytest.mark.parametrize(
    ("options", "waits"),
    [
        ({}, False),
        ({"deferrable": True}, False),
        ({"deferrable": True, "initially": "IMMEDIATE"}, False),
        ({"deferrable": True, "initially": "deferred"}, True),
        ({"initially": "DEFERRED"}, True),
        ({"deferrable": False}, False),
    ],
)
def test_a_check_waits_for_the_commit_where_it_is_initially_deferred(options: dict[str, Any], *, waits: bool) -> None:
    """Also of a constraint that does not say that it is deferrable, which PostgreSQL takes for said."""
    twin = Twin(of_two_columns(**options))
    tx = twin.backend.begin(TransactionOptions())
    children: Any = tx.repository(twin.entities["children"])
    new = twin.entities["children"].new(id=1, x=1, y=1)
    if waits:
        children.create(new)
        with pytest.raises(ReferenceMissing):
            tx.commit()
    else:
        with pytest.raises(ReferenceMissing):
            children.create(new)
        tx.rollback()


def test_parents_and_children_of_two_columns_find_each_other() -> None:
    twin = Twin(of_two_columns(ondelete="CASCADE", onupdate="CASCADE"))
    for number, (a, b) in enumerate([(1, 2), (2, 1), (2, 2)]):
        twin.create("parents", id=number, a=a, b=b)
        twin.create("children", id=number, x=a, y=b)
    twin.of("parents").update(0, a=5, b=6)
    twin.of("parents").delete(1)
    assert [(row.id, row.x, row.y) for row in twin.of("children").iterate()] == [(0, 5, 6), (2, 2, 2)]


def test_the_key_that_a_reference_points_at_is_one_of_all_rows_and_of_its_columns() -> None:
    """Of keys over the same columns one with a condition does not count, nor does one with further columns."""
    metadata = MetaData()
    columns = [Column(name, Integer) for name in PAIR]
    parents = table("parents", metadata, *columns, UniqueConstraint("a", "b", name="uq_1"))
    Index("uq_2", parents.c.a, unique=True, postgresql_where=parents.c.b > 0)
    Index("uq_3", parents.c.a, unique=True)
    to_a = ForeignKeyConstraint(["x"], ["parents.a"], name="fk_x")
    table("children", metadata, Column("x", Integer), to_a)
    twin = Twin(metadata)
    assert twin.reference("children").target_index.name == "uq_3"
    twin.create("parents", id=1, a=1, b=-1)
    twin.create("children", id=1, x=1)


@pytest.mark.parametrize("action", ["NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"])
def test_what_does_not_move_a_parent_leaves_its_children_alone(action: str) -> None:
    """Neither another of its keys, nor a row that the transaction has changed before; its children may be locked."""
    metadata = MetaData()
    keys = UniqueConstraint("a", name="uq_a"), UniqueConstraint("b", name="uq_b")
    table("parents", metadata, *(Column(name, Integer) for name in PAIR), *keys)
    to_a = ForeignKeyConstraint(["x"], ["parents.a"], name="fk_x", onupdate=action)
    table("children", metadata, Column("x", Integer, server_default=text("7")), to_a)
    twin = Twin(metadata)
    twin.create("parents", id=1, a=1, b=1)
    twin.create("children", id=1, x=1)
    holding = twin.backend.begin(TransactionOptions())
    holding.repository(twin.entities["children"]).lock(1)
    tx = twin.backend.begin(TransactionOptions())
    parents: Any = tx.repository(twin.entities["parents"])
    assert [parents.update(1, b=value).b for value in (2, 3)] == [2, 3]
    tx.commit()
    holding.commit()
    assert twin.of("children").get(1).x == 1


def test_a_child_that_keeps_its_parent_does_not_look_for_it() -> None:
    metadata = MetaData()
    table("parents", metadata)
    to_parent = ForeignKeyConstraint(["x"], ["parents.id"], name="fk_x")
    code = Column("code", Integer), UniqueConstraint("code", name="uq_code")
    table("children", metadata, Column("x", Integer), *code, to_parent)
    twin = Twin(metadata)
    twin.create("parents", id=1)
    twin.create("children", id=1, x=1, code=1)
    tx = twin.backend.begin(TransactionOptions())
    tx.repository(twin.entities["parents"]).lock(1)
    assert twin.of("children").update(1, code=2).code == 2
    tx.rollback()


@pytest.mark.parametrize(
    ("column", "lets_refer"),
    [
        ([], False),
        ([Column("note", Integer)], True),
        ([Column("updated_at", DateTime(timezone=True))], True),
        ([Column("version", Integer, server_default=text("1"), nullable=False)], True),
    ],
)
def test_an_upsert_lets_others_refer_to_its_row_if_it_sets_anything(
    column: list[Column[Any]], *, lets_refer: bool
) -> None:
    """What each change sets besides is enough; where there is nothing at all, it sets the key, to what it is."""
    metadata = MetaData()
    table("parents", metadata, *column)
    to_parent = ForeignKeyConstraint(["x"], ["parents.id"], name="fk_x")
    table("children", metadata, Column("x", Integer), to_parent)
    twin = Twin(metadata)
    twin.create("parents", id=1)
    tx = twin.backend.begin(TransactionOptions())
    parents: Any = tx.repository(twin.entities["parents"])
    assert not parents.upsert(twin.entities["parents"].new(id=1), on="pk_parents").inserted
    with nullcontext() if lets_refer else pytest.raises(LockNotAvailable):
        twin.create("children", id=1, x=1)
    tx.rollback()


def test_tables_that_are_no_entities_of_the_database_are_left_alone() -> None:
    metadata = of_two_columns()
    (parents,) = [entity for entity in entities_of(metadata) if entity.name == "parents"]
    backend = MemoryBackend((parents,))
    assert backend.rows(parents).table.referenced_by == ()
