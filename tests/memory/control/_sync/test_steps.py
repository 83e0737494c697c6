# Generated from tests/memory/control/_async/test_steps.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from dbkit import Database
from dbkit.memory.control.errors import PointNotReached, SessionsUnfinished, TransactionShared, TransactionsOpen
from dbkit.mock.factories import Factories
from dbkit.types import (
    AlreadyExists,
    Builder,
    BuilderId,
    ConfigurationInvalid,
    LockNotAvailable,
    NotFound,
    TransactionConflict,
    ValueInvalid,
)

Work = Callable[[Any], Awaitable[Any]]


@pytest.fixture
def db(memory_db: Database) -> Database:
    """An empty database in memory."""
    return memory_db


@pytest.fixture
def ids(db: Database, make: Factories) -> list[BuilderId]:
    """Two builders."""
    return [(db.builders.create(make.builder.build())).id for _ in range(2)]


def renaming(first: BuilderId, *others: BuilderId, to: str) -> Work:
    def work(tx: Any) -> str:
        for each in (first, *others):
            tx.builders.update(each, first_name=to)
        return to

    return work


def name_of(db: Database, id_: BuilderId) -> str | None:
    return (db.builders.get(id_)).first_name


def test_a_session_stops_where_it_is_sent(db: Database, ids: list[BuilderId]) -> None:
    with db.memory.steps() as steps:
        session = steps.session(renaming(ids[0], to="Ada"), name="first")
        assert (session.at, session.is_done) == (None, False)
        for point, name in (("update builders", None), ("after update builders", None), ("commit", None)):
            session.run_to(point)
            assert session.at == point
            assert (name_of(db, ids[0]) == "Ada") is (name == "Ada")
        session.run_to("after commit")
        assert name_of(db, ids[0]) == "Ada"
        assert session.finish() == "Ada"
        assert session.is_done


def test_a_race_is_a_plain_test(db: Database, ids: list[BuilderId]) -> None:
    """Both read before either writes, so one of the two changes is lost."""

    def append(tx: Any) -> Builder:
        builder = tx.builders.get(ids[0])
        changed: Builder = tx.builders.update(ids[0], first_name=f"{builder.first_name}!")
        return changed

    db.builders.update(ids[0], first_name="Ada")
    with db.memory.steps() as steps:
        first, second = steps.session(append), steps.session(append)
        first.run_to("before update builders")
        second.finish()
        first.finish()
    assert name_of(db, ids[0]) == "Ada!"


def test_a_session_that_waits_for_a_lock_says_so(db: Database, ids: list[BuilderId]) -> None:
    with db.memory.steps() as steps:
        first = steps.session(renaming(ids[0], to="Ada"))
        second = steps.session(renaming(ids[0], to="Grace"))
        first.run_to("commit")
        second.run_until_waiting()
        assert (second.is_waiting, second.is_done, first.is_waiting) == (True, False, False)
        with pytest.raises(PointNotReached, match="waits for a lock of another session"):
            second.run_to("commit")
        first.finish()
        assert not second.is_waiting
        assert name_of(db, ids[0]) == "Ada"
        second.run_to("commit")
        assert name_of(db, ids[0]) == "Ada"
        second.finish()
    assert name_of(db, ids[0]) == "Grace"


def test_a_deadlock_has_one_victim(db: Database, ids: list[BuilderId]) -> None:
    with db.memory.steps() as steps:
        first = steps.session(renaming(*ids, to="Ada"))
        second = steps.session(renaming(*reversed(ids), to="Grace"))
        first.run_to("after update builders")
        second.run_to("after update builders")
        first.run_until_waiting()
        with pytest.raises(TransactionConflict) as raised:
            second.finish()
        assert raised.value.sqlstate == "40P01"
        first.finish()
    assert [name_of(db, each) for each in ids] == ["Ada", "Ada"]


def test_a_session_may_be_any_code(db: Database, ids: list[BuilderId]) -> None:
    def service() -> int:
        db.builders.update(ids[0], first_name="Ada")
        with db.transaction(isolation="serializable") as tx:
            tx.builders.delete(ids[1])
        return db.builders.count()

    with db.memory.steps() as steps:
        session = steps.call(service)
        session.run_to("after update builders")
        assert name_of(db, ids[0]) == "Ada"
        session.run_to("commit")
        assert db.builders.count() == 2
        session.run_to("count builders")
        assert session.finish() == 1


def test_repositories_that_were_taken_before_stop_too(db: Database, ids: list[BuilderId]) -> None:
    builders = db.builders
    with db.memory.steps() as steps:
        session = steps.call(lambda: builders.get(ids[0]))
        session.run_to("after find builders")
        assert (session.finish()).id == ids[0]
    assert (builders.get(ids[0])).id == ids[0]


def test_a_session_in_serializable_transactions(db: Database, ids: list[BuilderId]) -> None:
    def delete_unless_last(tx: Any) -> None:
        page = tx.builders.page(limit=10)
        if len(page.items) > 1:
            tx.builders.delete(page.items[0].id if tx is first_tx[0] else page.items[1].id)

    first_tx: list[Any] = []

    def first_work(tx: Any) -> None:
        first_tx.append(tx)
        delete_unless_last(tx)

    with db.memory.steps() as steps:
        first = steps.session(first_work, isolation="serializable")
        second = steps.session(delete_unless_last, isolation="serializable")
        first.run_to("delete builders")
        second.run_to("commit")
        second.finish()
        with pytest.raises(TransactionConflict):
            first.finish()
    assert db.builders.count() == 1


def test_a_session_rolls_back_by_its_error(db: Database, ids: list[BuilderId], make: Factories) -> None:
    def work(tx: Any) -> None:
        tx.builders.purge(ids[1])
        tx.builders.create(make.builder.build(id=ids[0]))

    with db.memory.steps() as steps:
        session = steps.session(work)
        session.run_to("rollback")
        with pytest.raises(AlreadyExists):
            session.finish()
    assert db.builders.exists(ids[1])


def test_a_point_that_is_not_reached_is_an_error(db: Database, ids: list[BuilderId]) -> None:
    with db.memory.steps() as steps:
        session = steps.session(renaming(ids[0], to="Ada"), name="first")
        with pytest.raises(PointNotReached, match="first did not reach 'delete builders': it has ended"):
            session.run_to("delete builders")
        assert session.finish() == "Ada"
        other = steps.session(renaming(ids[0], to="Ada"))
        with pytest.raises(PointNotReached, match="did not wait"):
            other.run_until_waiting()
        other.finish()


def test_what_hangs_ends_by_the_limit(db: Database, ids: list[BuilderId]) -> None:
    with db.memory.steps(limit_seconds=0.05) as steps:
        first, second = (steps.session(renaming(ids[0], to=name)) for name in ("Ada", "Grace"))
        first.run_to("commit")
        with pytest.raises(PointNotReached, match="did not end: it waits for a lock"):
            second.finish()
        first.finish()
        second.finish()


@pytest.mark.parametrize("point", ["update", "update nobodies", "tickle builders", "", "after", "begin"])
def test_names_of_no_point_are_refused(db: Database, ids: list[BuilderId], point: str) -> None:
    with db.memory.steps() as steps:
        session = steps.session(renaming(ids[0], to="Ada"))
        with pytest.raises(ValueInvalid, match="there is no point"):
            session.run_to(point)
        session.finish()


def test_sessions_are_finished_or_rolled_back(db: Database, ids: list[BuilderId]) -> None:
    snapshot = db.memory.snapshot()
    with pytest.raises(SessionsUnfinished, match="sessions were not finished") as raised:
        with db.memory.steps() as steps:
            second = steps.session(renaming(ids[0], to="Grace"), name="second")
            first = steps.session(renaming(ids[0], to="Ada"), name="first")
            steps.session(renaming(ids[0], to="Katya"), name="third")
            first.run_to("commit")
            second.run_until_waiting()
            with pytest.raises(TransactionsOpen, match="2 transactions are open"):
                db.memory.restore(snapshot)
    for said in ("first: stands at 'commit'", "second: waits for a lock of another session", "third: has not begun"):
        assert said in str(raised.value)
    assert db.memory.open_transactions == 0
    assert not db.memory.diff(snapshot)


def test_an_error_of_the_test_goes_before_what_was_not_finished(db: Database, ids: list[BuilderId]) -> None:
    with pytest.raises(NotFound):
        with db.memory.steps() as steps:
            steps.session(renaming(ids[0], to="Ada")).run_to("commit")
            raise NotFound
    assert db.memory.open_transactions == 0


def test_one_block_of_steps_at_a_time(db: Database) -> None:
    with db.memory.steps():
        with pytest.raises(ConfigurationInvalid):
            with db.memory.steps():
                pass


def test_a_lock_timeout_of_a_session(ids: list[BuilderId], db: Database) -> None:
    def lock(tx: Any) -> None:
        tx.builders.lock(ids[0], nowait=True)

    with db.memory.steps() as steps:
        first = steps.session(renaming(ids[0], to="Ada"))
        first.run_to("commit")
        with pytest.raises(LockNotAvailable):
            steps.session(lock).finish()
        first.finish()


def test_a_transaction_is_for_one_caller_at_a_time(db: Database, ids: list[BuilderId]) -> None:
    taken: list[Any] = []

    def work(tx: Any) -> None:
        taken.append(tx)
        tx.builders.update(ids[0], first_name="Grace")

    with db.memory.steps() as steps:
        first, second = steps.session(renaming(ids[0], to="Ada")), steps.session(work)
        first.run_to("commit")
        second.run_until_waiting()
        (tx,) = taken
        for use in (tx.builders.get, tx.builders.delete):
            with pytest.raises(TransactionShared):
                use(ids[1])
        first.finish()
        second.finish()
    assert name_of(db, ids[0]) == "Grace"
