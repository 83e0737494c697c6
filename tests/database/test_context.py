"""The database of a context: blocks, tasks, threads, and single repositories replaced."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

import dbkit
from dbkit.database import context
from dbkit.database._async.deferred import AsyncDeferredBackend
from dbkit.database._sync.deferred import DeferredBackend
from dbkit.types import ConfigurationInvalid, ConsumerRef, ProjectFilter, ProjectId, identifiers


@pytest.fixture
def database() -> Iterator[dbkit.Database]:
    with dbkit.connect("memory://") as database:
        yield database


@pytest.fixture(autouse=True)
def unconfigured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBKIT_URL", raising=False)
    monkeypatch.delenv("DBKIT_ENV", raising=False)


def in_a_thread(function: object) -> object:
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(function()))  # type: ignore[operator]
    thread.start()
    thread.join()
    return found[0]


def test_using_replaces_the_database_for_a_block(database: dbkit.Database) -> None:
    with dbkit.connect("memory://") as inner, dbkit.using(database):
        assert dbkit.current() is database
        with dbkit.using(inner):
            assert dbkit.current() is inner
        assert dbkit.current() is database


def test_the_process_has_one_database_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    own = dbkit.current()
    assert dbkit.current() is own
    assert in_a_thread(dbkit.current) is own


def test_the_process_database_opens_at_its_first_use_and_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    # Some other test may have used the one that there is.
    monkeypatch.setattr(context, "_process", context._ProcessDatabases())
    own = dbkit.current()
    with pytest.raises(ConfigurationInvalid, match="DBKIT_URL"):
        own.projects.count(ProjectFilter(organization_id=identifiers.OrganizationId(identifiers.uuid7())))


def test_a_new_thread_starts_without_the_block(database: dbkit.Database) -> None:
    with dbkit.using(database):
        assert in_a_thread(dbkit.current) is not database


def test_carry_takes_the_block_into_a_thread(database: dbkit.Database) -> None:
    with dbkit.using(database):
        carried = dbkit.carry(dbkit.current)
    assert in_a_thread(carried) is database
    assert carried() is database


async def test_tasks_inherit_the_block(database: dbkit.Database) -> None:
    async def current() -> dbkit.Database:
        return dbkit.current()

    with dbkit.using(database):
        task = asyncio.create_task(current())
    assert await task is database


async def test_each_event_loop_has_one_async_database_of_its_own() -> None:
    async def own() -> dbkit.AsyncDatabase:
        return dbkit.current_async()

    assert dbkit.current_async() is await own()
    assert in_a_thread(lambda: asyncio.run(own())) is not dbkit.current_async()


async def test_an_operation_that_yields_opens_a_deferred_database() -> None:
    key = (ProjectId(identifiers.uuid7()), ConsumerRef("ada"))
    async with dbkit.AsyncDatabase(AsyncDeferredBackend(lambda: dbkit.connect_async("memory://")), shown_as="x") as db:
        assert [each async for each in db.consumers.connections(*key)] == []
    with dbkit.Database(DeferredBackend(lambda: dbkit.connect("memory://")), shown_as="x") as plain:
        assert list(plain.consumers.connections(*key)) == []


async def test_using_an_async_database() -> None:
    async with dbkit.connect_async("memory://") as database:
        with dbkit.using(database):
            assert dbkit.current_async() is database


def test_using_replaces_single_repositories(database: dbkit.Database) -> None:
    stand_in = object()
    with dbkit.using(database), dbkit.using(connections=stand_in):
        assert dbkit.current().connections is stand_in
        assert dbkit.current().projects is not stand_in
        with dbkit.current().transaction() as tx:
            assert tx.connections is stand_in
            with tx.transaction() as nested:
                assert nested.connections is stand_in
    assert database.connections is not stand_in


def test_replaced_repositories_need_no_configuration() -> None:
    stand_in = object()
    with dbkit.using(connections=stand_in):
        assert dbkit.current().connections is stand_in


def test_an_unknown_repository_is_refused(database: dbkit.Database) -> None:
    with dbkit.using(database, conections=object()), pytest.raises(TypeError, match="conections"):
        dbkit.current()
