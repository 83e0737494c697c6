"""What type checkers refuse of mocks of the other colour. Never run: type checkers read it."""

from __future__ import annotations

from collections.abc import AsyncIterator

from dbkit import AsyncDatabase, Database
from dbkit.mock import AsyncMockConnections, MockConnections
from dbkit.types import (
    AsyncConnectionRepository,
    Connection,
    ConnectionFilter,
    ConnectionId,
    ConnectionRepository,
    ProjectId,
)


def callables(connection: Connection) -> None:
    async def get(project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        return connection

    async def iterate(filter: ConnectionFilter, *, order: str) -> AsyncIterator[Connection]:
        yield connection

    MockConnections().with_get(get)  # refused
    MockConnections().with_iterate(iterate)  # refused


def databases(db: Database, async_db: AsyncDatabase) -> None:
    MockConnections().otherwise(async_db)  # refused
    AsyncMockConnections().otherwise(db)  # refused


def repositories() -> tuple[ConnectionRepository, AsyncConnectionRepository]:
    plain: ConnectionRepository = AsyncMockConnections().build()  # refused
    awaited: AsyncConnectionRepository = MockConnections().build()  # refused
    return plain, awaited
