# Generated from tests/typing/_async/mocks_accepted.py by tools/unasync.py; edit that file instead.
"""What authors of tests may write with mocks, and the types they get. Never run: type checkers read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Unpack, assert_type

import dbkit
from dbkit import Database, Transaction
from dbkit.mock import (
    Call,
    MockConnectionRepository,
    MockConnections,
    MockGroups,
    MockOutboxEvents,
    MockProviders,
    calls_in_order,
    in_turn,
)
from dbkit.mock.calls.connection import ConnectionCreateManyCall, ConnectionGetCall, ConnectionUpdateCall
from dbkit.types import (
    Connection,
    ConnectionFilter,
    ConnectionId,
    ConnectionRepository,
    ConnectionStatus,
    ConnectionTransactionRepository,
    GroupTransactionRepository,
    LockNotAvailable,
    NewConnection,
    NotFound,
    OutboxEventTransactionRepository,
    Page,
    ProjectId,
    Upserted,
)
from dbkit.types.calls.connection import ConnectionChanges


def constants(connection: Connection) -> None:
    mock = (
        MockConnections()
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
    assert_type(mock, MockConnectionRepository)


def errors() -> None:
    MockConnections().with_get(NotFound()).with_find(LockNotAvailable).with_iterate(KeyboardInterrupt)
    MockGroups().with_delete(NotFound)


def callables(connection: Connection) -> None:
    def get(project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        return connection

    def create(new: NewConnection) -> Connection:
        return connection

    def update(
        project_id: ProjectId,
        connection_id: ConnectionId,
        *,
        expected_version: int,
        **changes: Unpack[ConnectionChanges],
    ) -> Connection:
        return connection

    def iterate(filter: ConnectionFilter, *, order: str) -> Iterator[Connection]:
        yield connection

    def page(filter: ConnectionFilter, **_: Any) -> Page[Connection]:
        return Page((), None)

    MockConnections().with_get(get).with_create(create).with_update(update).with_iterate(iterate).with_page(page)
    MockConnections().with_get(lambda project_id, connection_id: connection)
    MockConnections().with_find(lambda project_id, connection_id: None)
    MockConnections().with_create_many(lambda new, returning: len(new))


def plain_callables(connection: Connection) -> None:
    def get(project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        return connection

    def several(new: Iterable[NewConnection], *, returning: bool) -> int | list[Connection]:
        return [connection] if returning else 1

    def iterate(filter: ConnectionFilter, *, order: str) -> Iterator[Connection]:
        yield connection

    MockConnections().with_get(get).with_create_many(several).with_iterate(iterate)


def turns(connection: Connection) -> None:
    def get(project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        return connection

    MockConnections().with_get(in_turn(connection, NotFound(), LockNotAvailable, get))
    MockConnections().with_find(in_turn(None, connection))
    MockConnections().with_iterate(in_turn([connection], []))


def as_repositories(mock: MockConnectionRepository, project: ProjectId, key: ConnectionId) -> None:
    outside: ConnectionRepository = mock
    inside: ConnectionTransactionRepository = mock
    groups: GroupTransactionRepository = MockGroups().build()
    events: OutboxEventTransactionRepository = MockOutboxEvents().build()
    del outside, inside, groups, events
    assert_type(mock.get(project, key), Connection)
    assert_type(mock.find(project_id=project, connection_id=key), Connection | None)
    assert_type(mock.lock(project, key, nowait=True), Connection)
    assert_type(mock.lock(project, key, strength="share", skip_locked=True), Connection | None)
    for connection in mock.iterate(ConnectionFilter(project_id=project)):
        assert_type(connection, Connection)


def overloads(mock: MockConnectionRepository, new: NewConnection) -> None:
    assert_type(mock.create_many([new]), int)
    assert_type(mock.create_many([new], returning=True), list[Connection])


def records(mock: MockConnectionRepository, project: ProjectId, key: ConnectionId) -> None:
    assert_type(mock.calls.get, tuple[ConnectionGetCall, ...])
    assert_type(mock.calls.get[0].connection_id, ConnectionId)
    assert_type(mock.calls.get[0].sequence, int)
    assert_type(mock.calls.get == (ConnectionGetCall(project_id=project, connection_id=key),), bool)
    assert_type(mock.calls.update[0], ConnectionUpdateCall)
    assert_type(mock.calls.update[0].changes, ConnectionChanges)
    assert_type(mock.calls.create_many[0], ConnectionCreateManyCall)
    assert_type(mock.calls.create_many[0].new, tuple[NewConnection, ...])
    assert_type(mock.calls.page[0].after, str | None)
    assert_type(calls_in_order(mock, MockProviders().build()), tuple[Call, ...])
    assert_type(mock.calls.update[0].changes.get("status"), ConnectionStatus | None)


def partial(db: Database, tx: Transaction, connection: Connection) -> None:
    mock = MockConnections().with_get(connection).otherwise(db).unverified().build()
    assert_type(mock, MockConnectionRepository)
    MockConnections().otherwise(tx)
    with dbkit.using(db, connections=mock):
        mock.verify_all_used()
