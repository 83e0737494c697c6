# Generated from tests/memory/control/_async/test_clock_and_ids.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from dbkit import Database
from dbkit.mock.factories import Factories
from dbkit.types import NewBuilder, NewLease, ValueInvalid, uuid7
from dbkit.types.clock import now

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def db(memory_db: Database) -> Database:
    """An empty database in memory."""
    return memory_db


def test_the_clock_gives_the_times_of_rows(db: Database, make: Factories) -> None:
    clock = db.memory.clock
    assert clock.at is None
    clock.set(NOON.astimezone(timezone(timedelta(hours=5))))
    builder = db.builders.create(make.builder.build())
    assert builder.created_at == builder.updated_at == NOON == clock.now()
    assert clock.advance(seconds=30, by=MINUTE) == NOON + 1.5 * MINUTE
    with db.transaction() as tx:
        clock.advance(seconds=1)
        changed = tx.builders.update(builder.id, first_name="Ada")
    assert (changed.created_at, changed.updated_at) == (NOON, NOON + 1.5 * MINUTE)
    db.builders.delete(builder.id)
    assert (db.builders.restore(builder.id)).updated_at == NOON + 1.5 * MINUTE + timedelta(seconds=1)
    clock.release()
    assert (db.builders.create(make.builder.build())).created_at < NOON


def test_a_block_whose_values_have_the_time_of_the_clock_too(db: Database) -> None:
    with db.memory.clock.frozen(NOON) as clock:
        lease = db.leases.create(NewLease(name="x", holder="me", expires_at=NOON + MINUTE))
        assert lease.acquired_at == NOON == now()
        clock.advance(by=2 * MINUTE)
        assert now() == NOON + 2 * MINUTE
        with db.memory.clock.frozen(NOON):
            assert now() == NOON == db.memory.clock.at
        assert now() == NOON + 2 * MINUTE
    assert db.memory.clock.at is None
    assert now() < NOON


def test_a_lease_ends_when_the_clock_says_so(db: Database) -> None:
    with db.memory.clock.frozen(NOON) as clock:
        assert db.leases.acquire("x", "me", MINUTE) is not None
        assert db.leases.acquire("x", "other", MINUTE) is None
        clock.advance(by=MINUTE)
        assert db.leases.acquire("x", "other", MINUTE) is not None


def test_a_restore_sets_the_clock_back(db: Database) -> None:
    running = db.memory.snapshot()
    db.memory.clock.set(NOON)
    standing = db.memory.snapshot()
    db.memory.clock.advance(by=MINUTE)
    db.memory.restore(standing)
    assert db.memory.clock.at == NOON
    db.memory.restore(running)
    assert db.memory.clock.at is None


def test_a_naive_time_is_refused(db: Database) -> None:
    with pytest.raises(ValueInvalid, match="naive"):
        db.memory.clock.set(NOON.replace(tzinfo=None))


def test_identifiers_follow_from_a_seed(db: Database) -> None:
    def made() -> list[object]:
        new = [NewBuilder(idp_ref="x", primary_email="x@example.com").id for _ in range(3)]
        return [*new, uuid7()]

    with db.memory.ids(seed=7):
        first = made()
    with db.memory.ids(seed=7):
        again = made()
    with db.memory.ids(seed=8):
        other = made()
    assert first == again == sorted(first, key=str)
    assert not set(first) & {*other, *made()}
    assert {each.version for each in first} == {7}  # type: ignore[attr-defined]


def test_identifiers_have_the_time_of_a_clock_that_stands(db: Database) -> None:
    with db.memory.clock.frozen(NOON), db.memory.ids(seed="a test"):
        ids = [uuid7() for _ in range(5_000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    milliseconds = [each.int >> 80 for each in ids]
    assert {each - int(NOON.timestamp() * 1000) for each in milliseconds} == {0, 1}


def test_a_restore_gives_the_same_identifiers_again(db: Database) -> None:
    with db.memory.ids(seed=7):
        uuid7()
        snapshot = db.memory.snapshot()
        first = [uuid7(), uuid7()]
        db.memory.restore(snapshot)
        assert [uuid7(), uuid7()] == first
