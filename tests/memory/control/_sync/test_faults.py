# Generated from tests/memory/control/_async/test_faults.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

from typing import Any

import pytest

from dbkit import Database
from dbkit.memory.control.errors import FaultNotRaised
from dbkit.memory.control.fault_rules import FaultKind
from dbkit.mock.factories import Factories
from dbkit.types import (
    Builder,
    CommitUnknown,
    ConfigurationInvalid,
    DbkitError,
    LockNotAvailable,
    NewBuilder,
    PoolExhausted,
    TransactionAborted,
    TransactionConflict,
    Unavailable,
    ValueInvalid,
)


@pytest.fixture
def db(memory_db: Database) -> Database:
    """An empty database in memory."""
    return memory_db


@pytest.fixture
def builder(db: Database, make: Factories) -> Builder:
    """A stored builder."""
    stored: Builder = db.builders.create(make.builder.build())
    return stored


def test_a_serialization_failure_fails_the_transaction(db: Database, builder: Builder) -> None:
    with db.memory.faults() as faults:
        faults.next("serialization failure", at="update builders")
        with pytest.raises(TransactionAborted):
            with db.transaction(isolation="repeatable read") as tx:
                tx.builders.get(builder.id)
                with pytest.raises(TransactionConflict) as raised:
                    tx.builders.update(builder.id, first_name="Ada")
                with pytest.raises(TransactionAborted) as after:
                    tx.builders.get(builder.id)
    error = raised.value
    assert (error.sqlstate, error.entity, error.key) == ("40001", "builders", {"builder_id": builder.id})
    assert after.value.sqlstate == "25P02"
    assert [(fault.kind, fault.at) for fault in faults.raised] == [("serialization failure", "update builders")]
    assert db.builders.get(builder.id) == builder


def test_a_savepoint_survives_a_fault_inside_of_it(db: Database, builder: Builder) -> None:
    with db.memory.faults() as faults:
        with db.transaction() as tx:
            tx.builders.update(builder.id, first_name="Ada")
            faults.next("deadlock")
            with pytest.raises(TransactionConflict) as raised:
                with tx.transaction() as savepoint:
                    savepoint.builders.update(builder.id, last_name="Abe")
            assert raised.value.sqlstate == "40P01"
            faults.next("lock timeout")
            with pytest.raises(LockNotAvailable) as late:
                with tx.transaction() as savepoint:
                    savepoint.builders.lock(builder.id)
            assert late.value.sqlstate == "55P03"
    stored = db.builders.get(builder.id)
    assert (stored.first_name, stored.last_name) == ("Ada", builder.last_name)


def test_an_exhausted_pool_begins_nothing(db: Database, builder: Builder) -> None:
    with db.memory.faults() as faults:
        faults.next("pool exhausted")
        with pytest.raises(PoolExhausted) as raised:
            with db.transaction():
                pytest.fail("it has begun")
        faults.next("pool exhausted", at="find builders")
        with db.transaction() as tx:
            assert tx.builders.get(builder.id) == builder
        with pytest.raises(PoolExhausted) as other:
            db.builders.get(builder.id)
    assert (raised.value.entity, raised.value.sqlstate, other.value.entity) == (None, None, None)
    assert db.memory.open_transactions == 0


def test_a_lost_connection_takes_the_transaction_along(db: Database, builder: Builder, make: Factories) -> None:
    with db.memory.faults() as faults:
        with pytest.raises(TransactionAborted) as ended:
            with db.transaction() as tx:
                tx.builders.update(builder.id, first_name="Ada")
                faults.next("connection lost")
                with pytest.raises(Unavailable) as raised:
                    tx.builders.get(builder.id)
                with pytest.raises(Unavailable) as later:
                    tx.builders.create(make.builder.build())
                with pytest.raises(Unavailable):
                    with tx.transaction():
                        pytest.fail("there is no connection")
                # The server gives up what a client held that is gone.
                assert db.builders.update(builder.id, first_name="Grace")
        assert (raised.value.sqlstate, raised.value.entity) == ("57P01", "builders")
        assert (later.value.sqlstate, later.value.entity) == (None, "builders")
        assert ended.value.__cause__ is raised.value
    assert (db.builders.get(builder.id)).first_name == "Grace"


def test_a_connection_lost_in_a_savepoint(db: Database, builder: Builder) -> None:
    with db.memory.faults() as faults, pytest.raises(TransactionAborted):
        with db.transaction() as tx:
            tx.builders.update(builder.id, first_name="Ada")
            with pytest.raises(Unavailable):
                with tx.transaction() as savepoint:
                    faults.next("connection lost")
                    savepoint.builders.get(builder.id)
            with pytest.raises(Unavailable):
                tx.builders.get(builder.id)
    assert db.builders.get(builder.id) == builder


@pytest.mark.parametrize(
    ("kind", "is_stored", "error"),
    [
        ("connection lost before commit", None, Unavailable),
        ("connection lost during commit", False, CommitUnknown),
        ("connection lost during commit", True, CommitUnknown),
        ("connection lost after commit", None, CommitUnknown),
    ],
)
def test_a_connection_lost_around_commit(
    db: Database, make: Factories, kind: FaultKind, is_stored: bool | None, error: type[DbkitError]
) -> None:
    new = make.builder.build()
    called: list[str] = []
    with db.memory.faults() as faults:
        faults.next(kind, is_stored=is_stored)
        with pytest.raises(error):
            with db.transaction() as tx:
                tx.builders.create(new)
                tx.after_commit(lambda: called.append("committed"))
    assert faults.raised[0].is_stored == db.builders.exists(new.id)
    assert faults.raised[0].is_stored is (is_stored or kind == "connection lost after commit")
    assert not called


@pytest.mark.parametrize("is_stored", [True, False])
def test_a_write_on_its_own_without_an_answer(db: Database, make: Factories, is_stored: bool) -> None:
    new = make.builder.build()
    with db.memory.faults() as faults:
        faults.next("connection lost during commit", is_stored=is_stored)
        with pytest.raises(CommitUnknown) as raised:
            db.builders.create(new)
    assert (raised.value.entity, raised.value.key) == ("builders", {"builder_id": new.id})
    assert db.builders.exists(new.id) is is_stored


def test_run_recovers_from_what_is_retryable(db: Database, builder: Builder) -> None:
    attempts: list[int] = []

    def work(tx: Any) -> Builder:
        attempts.append(len(attempts))
        tx.builders.get(builder.id)
        changed: Builder = tx.builders.update(builder.id, first_name=f"Ada {len(attempts)}")
        return changed

    kinds: tuple[FaultKind, ...] = ("serialization failure", "connection lost", "connection lost before commit")
    with db.memory.faults() as faults:
        for kind in kinds:
            faults.next(kind)
        changed = db.run(work, isolation="repeatable read")
    assert len(attempts) == 1 + len(kinds) == 1 + len(faults.raised)
    assert changed.first_name == "Ada 4" == (db.builders.get(builder.id)).first_name


def test_run_does_not_repeat_what_may_be_stored(db: Database, make: Factories) -> None:
    attempts: list[NewBuilder] = []

    def work(tx: Any) -> None:
        attempts.append(make.builder.build())
        tx.builders.create(attempts[-1])

    with db.memory.faults() as faults:
        faults.next("connection lost during commit")
        with pytest.raises(CommitUnknown):
            db.run(work)
    assert len(attempts) == 1


def test_the_same_seed_has_the_same_faults(db: Database, make: Factories) -> None:
    def played(seed: int) -> list[Any]:
        empty = db.memory.snapshot()
        with db.memory.faults(seed=seed, rate=0.3) as faults:
            for _ in range(30):
                try:
                    with db.transaction(isolation="serializable") as tx:
                        stored = tx.builders.create(make.builder.build())
                        tx.builders.update(stored.id, first_name="Ada")
                except DbkitError:
                    pass
        stored = db.builders.count()
        db.memory.restore(empty)
        return [faults.raised, stored]

    first, again, other = [played(seed) for seed in (1, 1, 2)]
    assert first == again != other
    assert len({fault.kind for fault in first[0]}) > 4


def test_the_seed_says_whether_a_lost_commit_counts(db: Database, make: Factories) -> None:
    new = [make.builder.build() for _ in range(20)]
    with db.memory.faults(seed=1, rate=1, kinds=("connection lost during commit",)) as faults:
        for each in new:
            with pytest.raises(CommitUnknown):
                db.builders.create(each)
    stored = [db.builders.exists(each.id) for each in new]
    assert stored == [fault.is_stored for fault in faults.raised]
    assert set(stored) == {True, False}


def test_chunks_of_an_iteration_are_statements(db: Database, builder: Builder) -> None:
    with db.memory.faults() as faults:
        with pytest.raises(Unavailable):
            with db.transaction() as tx:
                faults.next("connection lost", at="select builders")
                _ = [each for each in tx.builders.iterate()]
        assert [each for each in db.builders.iterate()] == [builder]


def test_nothing_goes_wrong_outside_of_the_block(db: Database, builder: Builder) -> None:
    builders = db.builders
    with db.memory.faults(rate=1, kinds=("pool exhausted",)):
        for repository in (builders, db.builders):
            with pytest.raises(PoolExhausted):
                repository.get(builder.id)
    for repository in (builders, db.builders):
        assert repository.get(builder.id) == builder


def test_what_was_asked_for_has_to_come_about(db: Database) -> None:
    with pytest.raises(FaultNotRaised, match="deadlock at update builders"), db.memory.faults() as faults:
        faults.next("deadlock", at="update builders")
        db.builders.count()


def test_faults_that_there_are_not(db: Database) -> None:
    with pytest.raises(ValueInvalid, match="rate"), db.memory.faults(rate=2):
        pass
    with pytest.raises(ValueInvalid, match="there is no fault"), db.memory.faults(kinds=("gremlins",)):  # type: ignore[arg-type]
        pass
    with db.memory.faults() as faults:
        with pytest.raises(ValueInvalid, match="there is no place"):
            faults.next("deadlock", at="tickle builders")
        with pytest.raises(ConfigurationInvalid), db.memory.faults():
            pass
