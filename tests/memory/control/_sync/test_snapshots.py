# Generated from tests/memory/control/_async/test_snapshots.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

from pathlib import Path

import pytest

from dbkit import Database, connect
from dbkit.memory.control.errors import SnapshotForeign, TransactionsOpen
from dbkit.mock.factories import Factories
from dbkit.seeds import load, small_world
from dbkit.types import (
    AlreadyExists,
    ConfigurationInvalid,
    NewOutboxEvent,
    NotFound,
    OutboxTopic,
    ReferenceMissing,
    ValueInvalid,
)


@pytest.fixture
def db(memory_db: Database) -> Database:
    """An empty database in memory."""
    return memory_db


def test_a_restore_brings_rows_back(db: Database, make: Factories) -> None:
    kept, changed, deleted, purged = [db.builders.create(make.builder.build()) for _ in range(4)]
    snapshot = db.memory.snapshot()
    db.builders.update(changed.id, first_name="Another")
    db.builders.delete(deleted.id)
    db.builders.purge(purged.id)
    added = db.builders.create(make.builder.build())
    db.memory.restore(snapshot)
    assert [db.builders.get(each.id) for each in (kept, changed, deleted, purged)] == [
        kept,
        changed,
        deleted,
        purged,
    ]
    with pytest.raises(NotFound):
        db.builders.get(added.id)
    assert db.builders.count() == 4
    assert not db.memory.diff(snapshot)


def test_snapshots_can_be_gone_back_to_in_any_order(db: Database, make: Factories) -> None:
    builders = [make.builder.build() for _ in range(4)]
    snapshots = []
    for builder in builders:
        snapshots.append(db.memory.snapshot())
        db.builders.create(builder)
    for number in (2, 0, 3, 1, 1, 3):
        db.memory.restore(snapshots[number])
        found = [db.builders.exists(builder.id) for builder in builders]
        assert found == [place < number for place in range(4)]
        assert db.builders.count() == number
        with pytest.raises(AlreadyExists) if number else pytest.raises(NotFound):
            (db.builders.create(builders[0]) if number else db.builders.get(builders[0].id))


def test_what_happens_after_a_restore_is_a_history_of_its_own(db: Database, make: Factories) -> None:
    first, second, third = (make.builder.build() for _ in range(3))
    start = db.memory.snapshot()
    db.builders.create(first)
    one = db.memory.snapshot()
    db.memory.restore(start)
    db.builders.create(second)
    other = db.memory.snapshot()
    db.builders.create(third)
    for snapshot, ids in ((one, {first.id}), (other, {second.id}), (start, set()), (one, {first.id})):
        db.memory.restore(snapshot)
        assert {builder.id for builder in db.builders.iterate()} == ids
        assert {each.id for each in (first, second, third) if db.builders.exists(each.id)} == ids


def test_a_snapshot_outlives_a_reset(db: Database, make: Factories) -> None:
    kept, gone = make.builder.build(), make.builder.build()
    db.builders.create(kept)
    snapshot = db.memory.snapshot()
    db.builders.create(gone)
    db.memory.reset()
    assert db.builders.count() == 0
    db.builders.create(gone)
    db.memory.restore(snapshot)
    assert (db.builders.exists(kept.id), db.builders.exists(gone.id)) == (True, False)


def test_numbers_go_on_where_they_were(db: Database) -> None:
    snapshot = db.memory.snapshot()
    numbers = []
    for _ in range(2):
        numbers.append([(db.outbox_events.create(event())).id for _ in range(2)])
        db.memory.restore(snapshot)
    assert numbers == [[1, 2], [1, 2]]


def test_a_restore_while_transactions_are_open_is_refused(db: Database) -> None:
    snapshot = db.memory.snapshot()
    with db.transaction():
        for refused in (lambda: db.memory.restore(snapshot), db.memory.reset):
            with pytest.raises(TransactionsOpen, match="1 transaction is open"):
                refused()
        with pytest.raises(TransactionsOpen):
            db.memory.load({})
    db.memory.restore(snapshot)


def test_a_snapshot_of_another_database_is_refused(db: Database) -> None:
    with connect("memory://") as other:
        snapshot = other.memory.snapshot()
    with pytest.raises(SnapshotForeign):
        db.memory.restore(snapshot)
    with pytest.raises(SnapshotForeign):
        db.memory.diff(snapshot)


def test_a_difference_can_be_read(db: Database, make: Factories) -> None:
    changed, removed = [db.builders.create(make.builder.build()) for _ in range(2)]
    with db.memory.clock.frozen():
        before = db.memory.snapshot()
        db.builders.update(changed.id, first_name="Grace")
        db.builders.purge(removed.id)
        added = db.builders.create(make.builder.build())
        difference = db.memory.diff(before)
    by_kind = [[each.key["id"] for each in rows] for rows in (difference.added, difference.removed, difference.changed)]
    assert by_kind == [[added.id], [removed.id], [changed.id]]
    (row,) = difference.of("builders", "changed")
    assert row.fields["first_name"] == (changed.first_name, "Grace")
    assert f"~ builders (id={changed.id}) " in str(difference)
    assert f"first_name: {changed.first_name} -> Grace" in str(difference)
    assert [each.kind for each in db.memory.diff(db.memory.snapshot(), before)] == [
        {"added": "removed", "removed": "added", "changed": "changed"}[each.kind] for each in difference
    ]
    db.memory.restore(before)
    assert str(db.memory.diff(before)) == "no difference"


def test_a_dump_loaded_is_the_same_database(db: Database, make: Factories, tmp_path: Path) -> None:
    load(db, small_world())
    db.builders.delete((db.builders.create(make.builder.build())).id)
    db.outbox_events.create(event())
    dump = db.memory.dump(tmp_path)
    for source in (dump, tmp_path, str(tmp_path)):
        with connect("memory://") as other:
            assert other.memory.load(source) == sum(map(len, dump.values()))
            assert other.memory.dump() == dump
            assert (other.outbox_events.create(event())).id == len(dump["outbox_events"]) + 1


def test_what_cannot_be_loaded_loads_nothing(db: Database, make: Factories) -> None:
    db.builders.create(make.builder.build())
    builders = db.memory.dump()["builders"]
    fine = {**builders[0], "id": str(make.builder.build().id), "idp_ref": "other", "primary_email": "other@example.com"}
    for source, error in (
        ({"builders": [fine, *builders]}, AlreadyExists),
        ({"builders": [{**fine, "nickname": "x"}]}, ValueInvalid),
        ({"builders": [{**fine, "created_at": "x"}]}, ValueInvalid),
        ({"builders": [fine], "organizations": [{"label": "x", "default_team_id": fine["id"]}]}, ReferenceMissing),
        ({"nobodies": []}, ConfigurationInvalid),
        ("/nowhere", ConfigurationInvalid),
    ):
        with pytest.raises(error):
            db.memory.load(source)
        assert db.memory.dump()["builders"] == builders


def test_only_a_database_in_memory_has_a_memory(postgres_db: Database) -> None:
    with pytest.raises(ConfigurationInvalid, match="not in memory"):
        assert postgres_db.memory


def event() -> NewOutboxEvent:
    return NewOutboxEvent(topic=OutboxTopic.READ_FINISHED, key="x", payload={})
