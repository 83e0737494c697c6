"""Control reaches a database through whatever stands in front of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from opentelemetry.sdk.trace import TracerProvider

import dbkit
from dbkit.database._sync.deferred import DeferredBackend
from dbkit.memory import MemoryBackend
from dbkit.mock.factories import Factories
from dbkit.telemetry import instrument
from dbkit.types import ConfigurationInvalid, PoolExhausted


def plain() -> dbkit.Database:
    return dbkit.connect("memory://")


def deferred() -> dbkit.Database:
    database = dbkit.Database(DeferredBackend(plain), shown_as="deferred")
    database.builders.count()
    return database


def traced() -> dbkit.Database:
    database = plain()
    instrument(database, tracer_provider=TracerProvider(shutdown_on_exit=False))
    return database


@pytest.mark.parametrize("opened", [plain, deferred, traced])
def test_steps_and_faults(opened: Callable[[], dbkit.Database], make: Factories) -> None:
    with opened() as db:
        new = make.builder.build()
        builders = db.builders
        with db.memory.steps() as steps:
            session = steps.session(lambda tx: tx.builders.create(new))
            session.run_to("after create builders")
            assert not builders.exists(new.id)
            session.finish()
            other = steps.call(lambda: builders.get(new.id))
            other.run_to("find builders")
            other.finish()
        with db.memory.faults(rate=1, kinds=("pool exhausted",)):
            for repository in (builders, db.builders):
                with pytest.raises(PoolExhausted):
                    repository.get(new.id)
        assert builders.exists(new.id)


def test_spans_that_come_while_a_block_lasts(make: Factories) -> None:
    with plain() as db:
        with db.memory.faults() as faults:
            instrument(db, tracer_provider=TracerProvider(shutdown_on_exit=False))
            builders = db.builders
            faults.next("pool exhausted")
            with pytest.raises(PoolExhausted):
                builders.count()
        assert builders.count() == 0


@pytest.mark.parametrize("stands_in", [lambda db: db.replacing(teams=object()), lambda db: db])
def test_a_database_with_stand_ins(stands_in: Callable[[dbkit.Database], dbkit.Database], make: Factories) -> None:
    with plain() as db:
        snapshot = stands_in(db).memory.snapshot()
        db.builders.create(make.builder.build())
        assert len(stands_in(db).memory.diff(snapshot)) == 1


def test_what_has_no_control() -> None:
    closed = dbkit.Database(DeferredBackend(plain), shown_as="not open yet")
    bare = dbkit.Database(MemoryBackend(dbkit.Database.entities()), shown_as="bare")
    with plain() as db, db.reading() as reader:
        for database in (closed, bare, reader):
            with pytest.raises(ConfigurationInvalid, match="not in memory, or not open yet"):
                assert database.memory
