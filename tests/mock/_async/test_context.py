"""Mocks under code that asks for the database of its context."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from dbkit import AsyncTransaction, current_async, using
from dbkit.mock import AsyncMockConnections, AsyncMockGroups, NotStubbed
from dbkit.types import Connection, ConnectionFilter, ConnectionId, ConnectionStatus, NotFound, ProjectId


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the pytest plugin leaves it, with no database configured."""
    monkeypatch.delenv("DBKIT_URL", raising=False)
    monkeypatch.setenv("DBKIT_ENV", "test")


async def status(project: ProjectId, key: ConnectionId) -> ConnectionStatus:
    return (await current_async().connections.get(project, key)).status


async def mend(project: ProjectId, key: ConnectionId) -> Connection:
    async with current_async().transaction() as tx:
        read = await tx.connections.lock(project, key)
        return await tx.connections.update(project, key, expected_version=read.version, status=ConnectionStatus.WORKING)


async def names(project: ProjectId) -> AsyncIterator[str]:
    async for connection in current_async().connections.iterate(ConnectionFilter(project_id=project)):
        yield connection.group_ref


async def test_reads(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    mock = AsyncMockConnections().with_get(connection).build()
    with using(connections=mock):
        assert await status(project, key) is ConnectionStatus.CREATED
    assert len(mock.calls.get) == 1


async def test_a_transaction(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    mock = AsyncMockConnections().with_lock(connection).with_update(connection).build()
    with using(connections=mock):
        assert await mend(project, key) == connection
    assert [call.called for call in mock.calls] == ["connections.lock", "connections.update"]


async def test_an_error_in_a_transaction(project: ProjectId, key: ConnectionId) -> None:
    mock = AsyncMockConnections().with_lock(NotFound).build()
    with using(connections=mock), pytest.raises(NotFound):
        await mend(project, key)


async def test_a_savepoint(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    mock = AsyncMockConnections().with_lock(connection).build()
    with using(connections=mock):
        async with current_async().transaction() as tx, tx.transaction() as nested:
            assert nested.connections is mock
            assert await nested.connections.lock(project, key) == connection


async def test_work_that_is_run(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    mock = AsyncMockConnections().with_lock(connection).build()

    async def work(tx: AsyncTransaction) -> Connection:
        return await tx.connections.lock(project, key)

    with using(connections=mock):
        assert await current_async().run(work) == connection


async def test_a_generator(connection: Connection, project: ProjectId) -> None:
    mock = AsyncMockConnections().with_iterate([connection, connection]).build()
    with using(connections=mock):
        assert [name async for name in names(project)] == ["hooli", "hooli"]


async def test_a_missing_stub_is_found_through_the_context(project: ProjectId, key: ConnectionId) -> None:
    mock = AsyncMockConnections().unverified().build()
    with using(connections=mock), pytest.raises(NotStubbed, match="with_get"):
        await status(project, key)


async def test_blocks_inside_of_blocks(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    outer = AsyncMockConnections().with_get(NotFound).build()
    inner = AsyncMockConnections().with_get(connection).build()
    groups = AsyncMockGroups().unverified().build()
    with using(connections=outer, groups=groups):
        with using(connections=inner):
            assert await status(project, key) is ConnectionStatus.CREATED
            assert current_async().groups is groups
        with pytest.raises(NotFound):
            await status(project, key)
