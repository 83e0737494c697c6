"""dbkit."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, ClassVar

from benchmarks.ways._async.way import AsyncWay
from benchmarks.ways.opening import async_open_dbkit
from dbkit.types import (
    Connection,
    ConnectionFilter,
    ConnectionId,
    NewConnection,
    NewOperation,
    Operation,
    OperationFilter,
    OperationId,
    ProjectId,
)

__all__ = ["AsyncDbkitWay"]


class AsyncDbkitWay(AsyncWay):
    """dbkit's verbs, each a transaction of its own."""

    label: ClassVar[str] = "dbkit"

    async def open(self) -> None:
        self._database = await async_open_dbkit(self.conninfo)

    async def close(self) -> None:
        await self._database.close()

    async def get(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        return await self._database.connections.get(project_id, connection_id)

    async def find(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection | None:
        return await self._database.connections.find(project_id, connection_id)

    async def page(
        self, project_id: ProjectId, after: str | None, limit: int
    ) -> tuple[Sequence[Connection], str | None]:
        page = await self._database.connections.page(ConnectionFilter(project_id=project_id), limit=limit, after=after)
        return page.items, page.next

    async def create(self, new: NewConnection) -> Connection:
        return await self._database.connections.create(new)

    async def update(
        self, project_id: ProjectId, connection_id: ConnectionId, expected_version: int, changes: Mapping[str, Any]
    ) -> Connection:
        return await self._database.connections.update(
            project_id, connection_id, expected_version=expected_version, **changes
        )

    async def get_operation(self, project_id: ProjectId, operation_id: OperationId) -> Operation:
        return await self._database.operations.get(project_id, operation_id)

    async def page_of_operations(
        self, project_id: ProjectId, after: str | None, limit: int
    ) -> tuple[Sequence[Operation], str | None]:
        page = await self._database.operations.page(OperationFilter(project_id=project_id), limit=limit, after=after)
        return page.items, page.next

    async def create_operation(self, new: NewOperation) -> Operation:
        return await self._database.operations.create(new)

    async def update_operation(
        self, project_id: ProjectId, operation_id: OperationId, expected_version: int, changes: Mapping[str, Any]
    ) -> Operation:
        return await self._database.operations.update(
            project_id, operation_id, expected_version=expected_version, **changes
        )

    async def create_many(self, rows: Sequence[NewConnection]) -> int:
        return await self._database.connections.create_many(rows)

    async def iterate(self, project_id: ProjectId) -> AsyncIterator[Connection]:
        async for connection in self._database.connections.iterate(ConnectionFilter(project_id=project_id)):
            yield connection
