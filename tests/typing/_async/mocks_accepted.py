"""What authors of tests may write with mocks, and the types they get. Never run: type checkers read it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, Unpack, assert_type

import dbkit
from dbkit import AsyncDatabase, AsyncTransaction
from dbkit.mock import (
    AsyncMockConnectionRepository,
    AsyncMockConnections,
    AsyncMockGroups,
    AsyncMockOutboxEvents,
    AsyncMockProviders,
    Call,
    calls_in_order,
    in_turn,
)
from dbkit.mock.calls.connection import ConnectionCreateManyCall, ConnectionGetCall, ConnectionUpdateCall
from dbkit.types import (
    AsyncConnectionRepository,
    AsyncConnectionTransactionRepository,
    AsyncGroupTransactionRepository,
    AsyncOutboxEventTransactionRepository,
    Connection,
    ConnectionFilter,
    ConnectionId,
    ConnectionStatus,
    LockNotAvailable,
    NewConnection,
    NotFound,
    Page,
    ProjectId,
    Upserted,
)
from dbkit.types.calls.connection import ConnectionChanges


def constants(connection: Connection) -> None:
    mock = (
        AsyncMockConnections()
        .with_get(connection)
        .with_find(None)
        .with_get_many([connection])
        .with_exists(True)
        .with_page(Page((connection,), None))
        .with_iterate([connection])
        .with_count(3)
        .with_create(connection)
        .with_create_many(2)
        .with_create_many([connection])
        .with_update(connection)
        .with_upsert(Upserted(connection, inserted=True))
        .with_delete(None)
        .with_mark_working(connection)
        .with_lock(connection)
        .build()
    )
    assert_type(mock, AsyncMockConnectionRepository)


def errors() -> None:
    AsyncMockConnections().with_get(NotFound()).with_find(LockNotAvailable).with_iterate(KeyboardInterrupt)
    AsyncMockGroups().with_delete(NotFound)


def callables(connection: Connection) -> None:
    async def get(project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        return connection

    async def create(new: NewConnection) -> Connection:
        return connection

    async def update(
        project_id: ProjectId,
        connection_id: ConnectionId,
        *,
        expected_version: int,
        **changes: Unpack[ConnectionChanges],
    ) -> Connection:
        return connection

    async def iterate(filter: ConnectionFilter, *, order: str) -> AsyncIterator[Connection]:
        yield connection

    def page(filter: ConnectionFilter, **_: Any) -> Page[Connection]:
        return Page((), None)

    AsyncMockConnections().with_get(get).with_create(create).with_update(update).with_iterate(iterate).with_page(page)
    AsyncMockConnections().with_get(lambda project_id, connection_id: connection)
    AsyncMockConnections().with_find(lambda project_id, connection_id: None)
    AsyncMockConnections().with_create_many(lambda new, returning: len(new))


def plain_callables(connection: Connection) -> None:
    def get(project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        return connection

    def several(new: Iterable[NewConnection], *, returning: bool) -> int | list[Connection]:
        return [connection] if returning else 1

    def iterate(filter: ConnectionFilter, *, order: str) -> Iterator[Connection]:
        yield connection

    AsyncMockConnections().with_get(get).with_create_many(several).with_iterate(iterate)


def turns(connection: Connection) -> None:
    async def get(project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        return connection

    AsyncMockConnections().with_get(in_turn(connection, NotFound(), LockNotAvailable, get))
    AsyncMockConnections().with_find(in_turn(None, connection))
    AsyncMockConnections().with_iterate(in_turn([connection], []))


async def as_repositories(mock: AsyncMockConnectionRepository, project: ProjectId, key: ConnectionId) -> None:
    outside: AsyncConnectionRepository = mock
    inside: AsyncConnectionTransactionRepository = mock
    groups: AsyncGroupTransactionRepository = AsyncMockGroups().build()
    events: AsyncOutboxEventTransactionRepository = AsyncMockOutboxEvents().build()
    del outside, inside, groups, events
    assert_type(await mock.get(project, key), Connection)
    assert_type(await mock.find(project_id=project, connection_id=key), Connection | None)
    assert_type(await mock.lock(project, key, nowait=True), Connection)
    assert_type(await mock.lock(project, key, strength="share", skip_locked=True), Connection | None)
    async for connection in mock.iterate(ConnectionFilter(project_id=project)):
        assert_type(connection, Connection)


async def overloads(mock: AsyncMockConnectionRepository, new: NewConnection) -> None:
    assert_type(await mock.create_many([new]), int)
    assert_type(await mock.create_many([new], returning=True), list[Connection])


def records(mock: AsyncMockConnectionRepository, project: ProjectId, key: ConnectionId) -> None:
    assert_type(mock.calls.get, tuple[ConnectionGetCall, ...])
    assert_type(mock.calls.get[0].connection_id, ConnectionId)
    assert_type(mock.calls.get[0].sequence, int)
    assert_type(mock.calls.get == (ConnectionGetCall(project_id=project, connection_id=key),), bool)
    assert_type(mock.calls.update[0], ConnectionUpdateCall)
    assert_type(mock.calls.update[0].changes, ConnectionChanges)
    assert_type(mock.calls.create_many[0], ConnectionCreateManyCall)
    assert_type(mock.calls.create_many[0].new, tuple[NewConnection, ...])
    assert_type(mock.calls.page[0].after, str | None)
    assert_type(calls_in_order(mock, AsyncMockProviders().build()), tuple[Call, ...])
    assert_type(mock.calls.update[0].changes.get("status"), ConnectionStatus | None)


async def partial(db: AsyncDatabase, tx: AsyncTransaction, connection: Connection) -> None:
    mock = AsyncMockConnections().with_get(connection).otherwise(db).unverified().build()
    assert_type(mock, AsyncMockConnectionRepository)
    AsyncMockConnections().otherwise(tx)
    with dbkit.using(db, connections=mock):
        mock.verify_all_used()
