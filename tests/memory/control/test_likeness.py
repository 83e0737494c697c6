"""Faults are as the real thing: beside PostgreSQL that loses a connection, and beside sessions that meet in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import text

from dbkit import Database
from dbkit.mock.factories import Factories
from dbkit.types import Builder, BuilderId, DbkitError, uuid7
from dbkit.verbs.transaction import Isolation

Losing = Callable[[Any], Any]
SOMEBODY = BuilderId(uuid7())


def identity(error: DbkitError) -> tuple[Any, ...]:
    return type(error), error.sqlstate, error.entity, error.key, error.fields, str(error)


def raised_by(call: Callable[[], object]) -> tuple[Any, ...] | None:
    try:
        call()
    except DbkitError as error:
        return identity(error)
    return None


@contextmanager
def losing_in_memory(db: Database) -> Iterator[Losing]:
    with db.memory.faults() as faults:
        yield lambda _tx: faults.next("connection lost")


@contextmanager
def losing_on_postgres(db: Database) -> Iterator[Losing]:
    def lose(tx: Any) -> None:
        (session,) = tx.execute(text("SELECT pg_backend_pid() AS id"))
        db.execute(text(f"SELECT pg_terminate_backend({session['id']}, 5000)"))

    yield lose


def lost_in_a_transaction(db: Database, lose: Losing, make: Factories) -> list[Any]:
    """Play a transaction whose connection goes, and return what each call raises."""
    new = make.builder.build(id=SOMEBODY)
    found: list[Any] = []

    def savepoint(tx: Any) -> None:
        with tx.transaction():
            pytest.fail("there is no connection")

    def play() -> None:
        with db.transaction() as tx:
            lose(tx)
            found.append(raised_by(lambda: tx.builders.get(SOMEBODY)))
            found.append(raised_by(lambda: tx.builders.exists(SOMEBODY)))
            found.append(raised_by(lambda: tx.builders.create(new)))
            found.append(raised_by(lambda: list(tx.builders.iterate())))
            found.append(raised_by(lambda: savepoint(tx)))

    return [raised_by(play), *found, db.builders.exists(SOMEBODY)]


def test_a_lost_connection_is_as_on_postgres(memory_db: Database, postgres_db: Database, make: Factories) -> None:
    with losing_in_memory(memory_db) as lose:
        in_memory = lost_in_a_transaction(memory_db, lose, make)
    with losing_on_postgres(postgres_db) as lose:
        assert in_memory == lost_in_a_transaction(postgres_db, lose, make)


@pytest.mark.parametrize("writes", [True, False])
def test_a_connection_lost_before_commit_is_as_on_postgres(
    memory_db: Database, postgres_db: Database, make: Factories, writes: bool
) -> None:
    new = make.builder.build()

    def play(db: Database, lose: Losing) -> None:
        with db.transaction() as tx:
            if writes:
                tx.builders.create(new)
            else:
                tx.builders.count()
            lose(tx)

    with memory_db.memory.faults() as faults:
        in_memory = raised_by(lambda: play(memory_db, lambda _tx: faults.next("connection lost before commit")))
    with losing_on_postgres(postgres_db) as lose:
        assert in_memory == raised_by(lambda: play(postgres_db, lose))


@pytest.fixture
def pair(memory_db: Database, make: Factories) -> list[Builder]:
    """Two builders."""
    return [memory_db.builders.create(make.builder.build()) for _ in range(2)]


def renaming(*builders: Builder) -> Callable[[Any], None]:
    def work(tx: Any) -> None:
        for each in builders:
            tx.builders.update(each.id, first_name="Ada")

    return work


def test_a_deadlock_is_as_one_that_has_come_about(memory_db: Database, pair: list[Builder]) -> None:
    with memory_db.memory.steps() as steps:
        first, second = steps.session(renaming(*pair)), steps.session(renaming(*reversed(pair)))
        first.run_to("after update builders")
        second.run_to("after update builders")
        first.run_until_waiting()
        real = raised_by(second.finish)
        first.finish()
    with memory_db.memory.faults() as faults:
        faults.next("deadlock")
        assert raised_by(lambda: _run(memory_db, renaming(*reversed(pair)))) == real


def test_a_serialization_failure_is_as_one_that_has_come_about(memory_db: Database, pair: list[Builder]) -> None:
    def change_after_reading(tx: Any) -> None:
        tx.builders.get(pair[1].id)
        renaming(pair[0])(tx)

    with memory_db.memory.steps() as steps:
        session = steps.session(change_after_reading, isolation="repeatable read")
        session.run_to("update builders")
        _run(memory_db, renaming(pair[0]))
        real = raised_by(session.finish)
    with memory_db.memory.faults() as faults:
        faults.next("serialization failure")
        assert raised_by(lambda: _run(memory_db, change_after_reading, "repeatable read")) == real


def test_a_lock_timeout_is_as_one_that_has_come_about(memory_db: Database, pair: list[Builder]) -> None:
    def lock(tx: Any) -> None:
        tx.builders.lock(pair[0].id, nowait=True)

    def wait(tx: Any) -> None:
        tx.builders.lock(pair[0].id)

    with memory_db.memory.steps() as steps:
        session = steps.session(renaming(pair[0]))
        session.run_to("commit")
        real = raised_by(lambda: _run(memory_db, lock))
        session.finish()
    with memory_db.memory.faults() as faults:
        faults.next("lock timeout")
        assert raised_by(lambda: _run(memory_db, wait)) == real


def _run(db: Database, work: Callable[[Any], None], isolation: Isolation = "read committed") -> None:
    with db.transaction(isolation=isolation) as tx:
        work(tx)
