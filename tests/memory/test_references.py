"""Foreign keys and their actions, in PostgreSQL's order; each case was tried on PostgreSQL 15."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest
from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    UniqueConstraint,
    text,
)

from dbkit.memory import MemoryBackend
from dbkit.types.errors import (
    CheckFailed,
    LockNotAvailable,
    ReferenceMissing,
    StillReferenced,
    TransactionConflict,
    ValueMissing,
)
from dbkit.verbs._sync.operations import Operations
from dbkit.verbs.selection import Selection
from dbkit.verbs.transaction import TransactionOptions
from tests.memory.library import entities_of, reference, table

DEFERRED = {"deferrable": True, "initially": "DEFERRED"}


class Database:
    """The twin over tables of `id` and references; `rows` are `(table, {column: value})`."""

    def __init__(self, metadata: MetaData, *rows: tuple[str, dict[str, Any]]) -> None:
        entities = entities_of(metadata)
        self.backend = MemoryBackend(entities)
        self.entities = {entity.name: entity for entity in entities}
        for name, fields in rows:
            self.create(name, **fields)

    def create(self, name: str, **fields: Any) -> Any:
        return self.of(name).create(self.entities[name].new(**fields))

    def of(self, name: str) -> Any:
        return self.backend.repository(self.entities[name])

    def ids(self, name: str) -> list[int]:
        return [row.id for row in self.of(name).iterate()]


def family(**options: Any) -> MetaData:
    metadata = MetaData()
    table("parents", metadata)
    default = options.pop("default", None)
    parent = Column("parent", Integer, nullable=options.pop("nullable", True), server_default=default)
    table("children", metadata, parent, reference("parent", "parents", **options))
    return metadata


def one_child(**options: Any) -> Database:
    return Database(family(**options), ("parents", {"id": 1}), ("children", {"id": 1, "parent": 1}))


def test_a_child_needs_its_parent() -> None:
    db = Database(family())
    with pytest.raises(ReferenceMissing) as caught:
        db.create("children", id=1, parent=7)
    assert (caught.value.constraint, caught.value.fields, caught.value.sqlstate) == ("fk_parent", ("parent",), "23503")
    assert db.create("children", id=1).parent is None


@pytest.mark.parametrize("action", [None, "NO ACTION", "RESTRICT"])
def test_a_parent_stays_while_it_has_children(action: str | None) -> None:
    db = one_child(ondelete=action)
    with pytest.raises(StillReferenced) as caught:
        db.of("parents").delete(1)
    assert (caught.value.entity, caught.value.key) == ("parents", {"parents_id": 1})
    assert db.ids("parents") == [1]


def test_children_go_along() -> None:
    db = one_child(ondelete="CASCADE")
    db.of("parents").delete(1)
    assert db.ids("children") == []


def test_children_lose_their_parent() -> None:
    db = one_child(ondelete="SET NULL")
    db.of("parents").delete(1)
    assert db.of("children").get(1).parent is None


def test_children_that_cannot_do_without() -> None:
    db = one_child(ondelete="SET NULL", nullable=False)
    with pytest.raises(ValueMissing) as caught:
        db.of("parents").delete(1)
    assert (caught.value.entity, caught.value.fields) == ("parents", ("parent",))


def test_what_an_action_runs_into_says_nothing_of_the_fields_of_the_call() -> None:
    metadata = family(ondelete="SET NULL")
    children = metadata.tables["children"]
    children.append_constraint(CheckConstraint(children.c.parent.is_not(None), name="ck_children_parent"))
    db = Database(metadata, ("parents", {"id": 1}), ("children", {"id": 1, "parent": 1}))
    with pytest.raises(CheckFailed) as caught:
        db.of("parents").delete(1)
    assert (caught.value.entity, caught.value.constraint, caught.value.fields) == ("parents", "ck_children_parent", ())


def test_children_get_the_default() -> None:
    db = one_child(ondelete="SET DEFAULT", default=text("2"))
    with pytest.raises(StillReferenced):
        db.of("parents").delete(1)
    db.create("parents", id=2)
    db.of("parents").delete(1)
    assert db.of("children").get(1).parent == 2
    # Set to what it was already, it refers to the very row that goes.
    with pytest.raises(StillReferenced):
        db.of("parents").delete(2)


def test_set_null_of_some_columns() -> None:
    metadata = MetaData()
    people = table("people", metadata, Column("town", Integer), Column("boss", Integer))
    people.append_constraint(reference("boss", "people", ondelete="SET NULL (boss)"))
    db = Database(metadata, ("people", {"id": 1, "town": 5}), ("people", {"id": 2, "town": 5, "boss": 1}))
    db.of("people").delete(1)
    assert (db.of("people").get(2).boss, db.of("people").get(2).town) == (None, 5)


def test_rows_of_one_call_may_refer_to_each_other() -> None:
    metadata = MetaData()
    table("people", metadata, Column("boss", Integer), reference("boss", "people"))
    db = Database(metadata)
    new = db.entities["people"].new
    assert db.of("people").create_many([new(id=1, boss=2), new(id=2, boss=1)]) == 2
    with pytest.raises(ReferenceMissing) as caught:
        db.of("people").create_many([new(id=3, boss=1), new(id=4, boss=9)])
    assert (caught.value.row, caught.value.key) == (1, {"people_id": 4})


def diamond(action: str, order: str) -> MetaData:
    """Return b and c under a, and d under c, which refers to b besides."""
    metadata = MetaData()
    table("a", metadata)
    for name in order:
        table(name, metadata, Column("a", Integer), reference("a", "a", ondelete="CASCADE"))
    to_c, to_b = reference("c", "c", ondelete="CASCADE"), reference("b", "b", ondelete=action)
    table("d", metadata, Column("c", Integer), Column("b", Integer), to_c, to_b)
    return metadata


DIAMOND = [("a", {"id": 1}), ("b", {"id": 1, "a": 1}), ("c", {"id": 1, "a": 1}), ("d", {"id": 1, "c": 1, "b": 1})]


@pytest.mark.parametrize("action", ["NO ACTION", "RESTRICT"])
def test_a_check_waits_for_a_cascade_that_was_created_before(action: str) -> None:
    db = Database(diamond(action, "bc"), *DIAMOND)
    db.of("a").delete(1)
    assert db.ids("d") == []


@pytest.mark.parametrize("action", ["NO ACTION", "RESTRICT"])
def test_a_check_does_not_wait_for_a_cascade_two_levels_down(action: str) -> None:
    db = Database(diamond(action, "cb"), *DIAMOND)
    with pytest.raises(StillReferenced) as caught:
        db.of("a").delete(1)
    assert caught.value.constraint == "fk_b"


def test_restrict_lets_rows_go_that_a_waiting_cascade_takes() -> None:
    metadata = MetaData()
    table("a", metadata)
    table("b", metadata, Column("a", Integer), reference("a", "a", ondelete="CASCADE"))
    to_a, to_b = reference("a", "a", ondelete="CASCADE"), reference("b", "b", ondelete="RESTRICT")
    table("c", metadata, Column("a", Integer), Column("b", Integer), to_a, to_b)
    db = Database(metadata, ("a", {"id": 1}), ("b", {"id": 1, "a": 1}), ("c", {"id": 1, "a": 1, "b": 1}))
    db.of("a").delete(1)
    assert db.ids("c") == []


def test_a_deferred_check_waits_for_the_commit() -> None:
    db = Database(family(**DEFERRED))
    tx = db.backend.begin(TransactionOptions())
    tx.repository(db.entities["children"]).create(db.entities["children"].new(id=1, parent=1))
    tx.repository(db.entities["parents"]).create(db.entities["parents"].new(id=1))
    tx.commit()
    assert db.ids("children") == [1]


def test_a_deferred_check_that_fails_undoes_the_transaction() -> None:
    db = Database(family(**DEFERRED), ("parents", {"id": 1}), ("children", {"id": 1, "parent": 1}))
    tx = db.backend.begin(TransactionOptions())
    tx.repository(db.entities["parents"]).delete(1)
    with pytest.raises(ReferenceMissing) as caught:
        tx.commit()
    assert (caught.value.entity, caught.value.constraint) == ("children", "fk_parent")
    assert db.ids("parents") == [1]


def test_a_deferred_check_of_what_was_undone_is_forgotten() -> None:
    db = Database(family(**DEFERRED))
    children = db.entities["children"]
    tx = db.backend.begin(TransactionOptions())
    savepoint = tx.savepoint()
    tx.repository(children).create(children.new(id=1, parent=1))
    savepoint.rollback()
    tx.repository(children).create(children.new(id=2, parent=1))
    tx.repository(children).delete(2)
    tx.commit()


def test_outside_of_a_transaction_deferred_checks_are_immediate() -> None:
    db = Database(family(**DEFERRED))
    with pytest.raises(ReferenceMissing) as caught:
        db.create("children", id=1, parent=1)
    assert caught.value.key == {"children_id": 1}


def test_on_update() -> None:
    metadata = MetaData()
    table("codes", metadata, Column("code", Integer), UniqueConstraint("code", name="uq_codes_code"))
    for name, action in (("follows", "CASCADE"), ("forgets", "SET NULL"), ("stays", "NO ACTION")):
        to_code = ForeignKeyConstraint(["code"], ["codes.code"], name="fk_code", onupdate=action)
        table(name, metadata, Column("code", Integer), to_code)
    rows = [("codes", {"id": 1, "code": 5}), ("follows", {"id": 1, "code": 5}), ("forgets", {"id": 1, "code": 5})]
    db = Database(metadata, *rows)
    db.of("codes").update(1, code=6)
    assert (db.of("follows").get(1).code, db.of("forgets").get(1).code) == (6, None)
    db.create("stays", id=1, code=6)
    with pytest.raises(StillReferenced):
        db.of("codes").update(1, code=7)


@pytest.mark.parametrize("action", [None, "NO ACTION", "RESTRICT"])
def test_a_key_that_others_hold_fast_is_not_changed(action: str | None) -> None:
    metadata = MetaData()
    table("codes", metadata, Column("code", Integer), UniqueConstraint("code", name="uq_codes_code"))
    to_code = ForeignKeyConstraint(["code"], ["codes.code"], name="fk_code", onupdate=action)
    table("stays", metadata, Column("code", Integer), to_code)
    db = Database(
        metadata, ("codes", {"id": 1, "code": 5}), ("codes", {"id": 2, "code": 6}), ("stays", {"id": 1, "code": 5})
    )
    with pytest.raises(StillReferenced) as caught:
        db.of("codes").update(1, code=7)
    assert caught.value.constraint == "fk_code"
    assert db.of("codes").update(2, code=7).code == 7


class Wholesale(Operations):
    """What operations do to rows by a condition."""

    def move(self, parent: int) -> Any:
        return self._change({"parent": parent}, self.entity.table.c.id == 1)

    def clear(self) -> Any:
        return self._delete_where(Selection((self.entity.table.c.id == 1,)))


def test_rows_changed_by_a_condition_need_their_parents() -> None:
    db = one_child()
    children = db.backend.repository(db.entities["children"], Wholesale)
    with pytest.raises(ReferenceMissing):
        children.move(7)
    db.create("parents", id=2)
    assert [child.parent for child in children.move(2)] == [2]


def test_rows_removed_by_a_condition_stay_while_they_have_children() -> None:
    db = one_child()
    parents = db.backend.repository(db.entities["parents"], Wholesale)
    with pytest.raises(StillReferenced):
        parents.clear()
    assert db.ids("parents") == [1]


def test_a_child_waits_for_no_parent_that_it_keeps() -> None:
    metadata = MetaData()
    table("parents", metadata)
    references = reference("father", "parents"), reference("mother", "parents")
    table("children", metadata, Column("father", Integer), Column("mother", Integer), *references)
    parents = [("parents", {"id": number}) for number in (1, 2, 3)]
    db = Database(metadata, *parents, ("children", {"id": 1, "father": 1, "mother": 2}))
    tx = db.backend.begin(TransactionOptions())
    tx.repository(db.entities["parents"]).lock(1)
    assert db.of("children").update(1, mother=3).mother == 3
    with pytest.raises(LockNotAvailable):
        db.of("children").update(1, father=2, mother=1)
    tx.rollback()


def test_a_parent_whose_key_has_changed_since_the_snapshot_is_a_conflict() -> None:
    metadata = MetaData()
    table(
        "codes",
        metadata,
        Column("code", Integer),
        Column("note", Integer),
        UniqueConstraint("code", name="uq_codes_code"),
    )
    to_code = ForeignKeyConstraint(["code"], ["codes.code"], name="fk_code")
    table("stays", metadata, Column("code", Integer), to_code)
    db = Database(metadata, ("codes", {"id": 1, "code": 5}), ("codes", {"id": 2, "code": 6}))
    tx = db.backend.begin(TransactionOptions("repeatable read"))
    tx.repository(db.entities["codes"]).get(1)
    db.of("codes").update(1, code=7)
    db.of("codes").update(2, note=1)
    stays = tx.repository(db.entities["stays"])
    assert stays.create(db.entities["stays"].new(id=1, code=6)).code == 6
    with pytest.raises(TransactionConflict):
        stays.create(db.entities["stays"].new(id=2, code=5))
    tx.rollback()


def test_whoever_let_nobody_refer_to_a_row_is_in_the_way_of_older_snapshots_alone() -> None:
    metadata = MetaData()
    table("parents", metadata, Column("note", Integer))
    table("children", metadata, Column("parent", Integer), reference("parent", "parents"))
    db = Database(metadata, ("parents", {"id": 1}), ("parents", {"id": 2}))
    parents, children = db.entities["parents"], db.entities["children"]
    older = db.backend.begin(TransactionOptions("repeatable read"))
    older.repository(parents).get(1)
    changing = db.backend.begin(TransactionOptions())
    changing.repository(parents).lock(2)
    changing.repository(parents).update(2, note=5)
    changing.commit()
    newer = db.backend.begin(TransactionOptions("repeatable read"))
    newer.repository(parents).get(1)
    db.of("parents").update(2, note=6)
    assert newer.repository(children).create(children.new(id=2, parent=2)).parent == 2
    newer.commit()
    with pytest.raises(TransactionConflict):
        older.repository(children).create(children.new(id=3, parent=2))
    older.rollback()


def test_of_many_rows_the_one_is_told_of_whose_parent_is_a_conflict() -> None:
    """Also where a row after it is refused, and a server looks back for the one at fault."""
    db = Database(family(), ("parents", {"id": 1}))
    children = db.entities["children"]
    tx = db.backend.begin(TransactionOptions("repeatable read"))
    tx.repository(db.entities["parents"]).get(1)
    db.of("parents").delete(1)
    rows = [
        children.new(id=number, parent=parent) for number, parent in ((1, None), (2, 1), (3, None), (1 << 40, None))
    ]
    with pytest.raises(TransactionConflict) as caught:
        tx.repository(children).create_many(rows)
    assert caught.value.row == 1
    tx.rollback()


def test_a_row_refers_to_what_an_action_made_of_its_reference() -> None:
    """The row that an update points at itself, by a key that it gives up: the action goes before the check."""
    metadata = MetaData()
    to_code = ForeignKeyConstraint(["up"], ["codes.code"], name="fk_up", onupdate="CASCADE")
    columns = [Column("code", Integer), Column("up", Integer), UniqueConstraint("code", name="uq_codes_code"), to_code]
    table("codes", metadata, *columns)
    db = Database(metadata, ("codes", {"id": 1, "code": 5}), ("codes", {"id": 2, "code": 6, "up": 5}))
    db.of("codes").update(2, code=7, up=6)
    assert (db.of("codes").get(2).code, db.of("codes").get(2).up) == (7, 7)


@pytest.mark.parametrize("has_time", [True, False])
def test_an_upsert_without_changes_lets_others_refer_to_its_row_if_it_sets_a_time(*, has_time: bool) -> None:
    """Else a server's statement sets the key, to what it is, and holds the row as if that were another one."""
    metadata = MetaData()
    table("parents", metadata, *([Column("updated_at", DateTime(timezone=True))] if has_time else []))
    table("children", metadata, Column("parent", Integer), reference("parent", "parents"))
    db = Database(metadata, ("parents", {"id": 1}))
    tx = db.backend.begin(TransactionOptions())
    assert not tx.repository(db.entities["parents"]).upsert(db.entities["parents"].new(id=1), on="pk_parents").inserted
    with nullcontext() if has_time else pytest.raises(LockNotAvailable):
        db.create("children", id=1, parent=1)
    tx.rollback()


def test_another_parent_with_the_key_will_do() -> None:
    db = Database(family(**DEFERRED), ("parents", {"id": 1}), ("children", {"id": 1, "parent": 1}))
    tx = db.backend.begin(TransactionOptions())
    parents = tx.repository(db.entities["parents"])
    parents.delete(1)
    parents.create(db.entities["parents"].new(id=1))
    tx.commit()
    assert db.of("children").get(1).parent == 1
