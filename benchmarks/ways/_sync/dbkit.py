# Generated from benchmarks/ways/_async/dbkit.py by tools/unasync.py; edit that file instead.
"""dbkit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from benchmarks.ways._sync.way import Way
from benchmarks.ways.opening import open_dbkit
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

__all__ = ["DbkitWay"]


class DbkitWay(Way):
    """dbkit's verbs, each a transaction of its own."""

    label: ClassVar[str] = "dbkit"

    def open(self) -> None:
        self._database = open_dbkit(self.conninfo)

    def close(self) -> None:
        self._database.close()

    def get(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        return self._database.connections.get(project_id, connection_id)

    def find(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection | None:
        return self._database.connections.find(project_id, connection_id)

    def page(self, project_id: ProjectId, after: str | None, limit: int) -> tuple[Sequence[Connection], str | None]:
        page = self._database.connections.page(ConnectionFilter(project_id=project_id), limit=limit, after=after)
        return page.items, page.next

    def create(self, new: NewConnection) -> Connection:
        return self._database.connections.create(new)

    def update(
        self, project_id: ProjectId, connection_id: ConnectionId, expected_version: int, changes: Mapping[str, Any]
    ) -> Connection:
        return self._database.connections.update(
            project_id, connection_id, expected_version=expected_version, **changes
        )

    def get_operation(self, project_id: ProjectId, operation_id: OperationId) -> Operation:
        return self._database.operations.get(project_id, operation_id)

    def page_of_operations(
        self, project_id: ProjectId, after: str | None, limit: int
    ) -> tuple[Sequence[Operation], str | None]:
        page = self._database.operations.page(OperationFilter(project_id=project_id), limit=limit, after=after)
        return page.items, page.next

    def create_operation(self, new: NewOperation) -> Operation:
        return self._database.operations.create(new)

    def update_operation(
        self, project_id: ProjectId, operation_id: OperationId, expected_version: int, changes: Mapping[str, Any]
    ) -> Operation:
        return self._database.operations.update(project_id, operation_id, expected_version=expected_version, **changes)

    def create_many(self, rows: Sequence[NewConnection]) -> int:
        return self._database.connections.create_many(rows)

    def iterate(self, project_id: ProjectId) -> Iterator[Connection]:
        for connection in self._database.connections.iterate(ConnectionFilter(project_id=project_id)):
            yield connection
