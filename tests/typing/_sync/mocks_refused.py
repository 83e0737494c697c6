# Generated from tests/typing/_async/mocks_refused.py by tools/unasync.py; edit that file instead.
"""What type checkers refuse of mocks: each line that ends in `refused`, and no other. Never run."""

from __future__ import annotations

from collections.abc import Iterator

from dbkit import Database
from dbkit.mock import (
    MockAuditEvents,
    MockConnectionRepository,
    MockConnections,
    MockRevisions,
    in_turn,
)
from dbkit.mock.calls.connection import ConnectionGetCall
from dbkit.types import (
    Connection,
    ConnectionFilter,
    ConnectionId,
    ConnectionRepository,
    Group,
    GroupRepository,
    NewConnection,
    Page,
    ProjectId,
    Upserted,
)

MOCK = MockConnections()


def operations(connection: Connection) -> None:
    MOCK.with_gett(connection)  # refused
    MockRevisions().with_update(connection)  # refused
    MockAuditEvents().with_lock(connection)  # refused
    MOCK.build().get_all()  # refused


def constants(connection: Connection, group: Group, new: NewConnection) -> None:
    MOCK.with_get(group)  # refused
    MOCK.with_get(None)  # refused
    MOCK.with_get(new)  # refused
    MOCK.with_find("connection")  # refused
    MOCK.with_get_many(connection)  # refused
    MOCK.with_get_many((connection,))  # refused
    MOCK.with_page([connection])  # refused
    MOCK.with_page(Page((group,), None))  # refused
    MOCK.with_iterate(connection)  # refused
    MOCK.with_iterate([group])  # refused
    MOCK.with_count("3")  # refused
    MOCK.with_delete(connection)  # refused
    MOCK.with_upsert(connection)  # refused
    MOCK.with_upsert(Upserted(group, inserted=True))  # refused


def errors() -> None:
    MOCK.with_get("not found")  # refused
    MOCK.with_get(str)  # refused


def callables(connection: Connection, group: Group) -> None:
    def without_key(project_id: ProjectId) -> Connection:
        return connection

    def other_names(project: ProjectId, connection_id: ConnectionId) -> Connection:
        return connection

    def swapped(connection_id: ConnectionId, project_id: ProjectId) -> Connection:
        return connection

    def other_type(project_id: str, connection_id: ConnectionId) -> Connection:
        return connection

    def other_result(project_id: ProjectId, connection_id: ConnectionId) -> Group:
        return group

    def needs_more(project_id: ProjectId, connection_id: ConnectionId, more: int) -> Connection:
        return connection

    def unchanging(project_id: ProjectId, connection_id: ConnectionId, *, expected_version: int) -> Connection:
        return connection

    def other_items(filter: ConnectionFilter, *, order: str) -> Iterator[Group]:
        yield group

    MOCK.with_get(without_key)  # refused
    MOCK.with_get(other_names)  # refused
    MOCK.with_get(swapped)  # refused
    MOCK.with_get(other_type)  # refused
    MOCK.with_get(other_result)  # refused
    MOCK.with_get(needs_more)  # refused
    MOCK.with_update(unchanging)  # refused
    MOCK.with_iterate(other_items)  # refused
    MOCK.with_get(lambda project_id: connection)  # refused
    MOCK.with_get(lambda project_id, connection_id: group)  # refused
    MOCK.with_create_many(lambda new, returning: "3")  # refused


def turns(connection: Connection, group: Group) -> None:
    MOCK.with_get(in_turn(connection, group))  # refused
    MOCK.with_get(in_turn(None))  # refused
    MOCK.with_get(in_turn(in_turn(connection)))  # refused
    MOCK.with_get([connection, connection])  # refused
    MOCK.with_get(in_turn(lambda project_id, connection_id: group))  # refused


def calls(mock: MockConnectionRepository, project: ProjectId, key: ConnectionId, new: NewConnection) -> None:
    mock.get(key, project)  # refused
    mock.get(project_id=project, id=key)  # refused
    mock.update(project, key, expected_version=1, nickname="crm")  # refused
    mock.update(project, key, status="working")  # refused
    count: int = mock.create_many([new], returning=True)  # refused
    del count


def repositories(mock: MockConnectionRepository) -> GroupRepository:
    fine: ConnectionRepository = mock
    del fine
    return mock  # refused


def records(mock: MockConnectionRepository, project: ProjectId) -> str:
    _ = mock.calls.gett  # refused
    _ = mock.calls.get[0].key  # refused
    mock.calls.get[0].project_id = project  # refused
    ConnectionGetCall(project)  # refused
    return mock.calls.get[0].connection_id  # refused


def partial(db: Database) -> None:
    MOCK.otherwise(db.connections)  # refused
    MOCK.otherwise("memory://")  # refused
