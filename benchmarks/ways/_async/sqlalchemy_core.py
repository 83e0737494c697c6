"""SQLAlchemy Core on psycopg, rows to values by pydantic."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Executable, insert

from benchmarks.ways._async.way import AsyncWay
from benchmarks.ways.handwritten import page_of
from benchmarks.ways.opening import AsyncEngine, async_open_engine, async_stream
from benchmarks.ways.tables import TABLE, insert_of, page_select, select_all, select_live, update_of, validated
from dbkit.types import Connection, NewConnection

__all__ = ["AsyncCoreAutocommitWay", "AsyncCoreWay"]


class AsyncCoreWay(AsyncWay):
    """Core as documented: each use of the engine is a transaction."""

    label: ClassVar[str] = "SQLAlchemy Core"
    isolation: ClassVar[str | None] = None
    _engine: AsyncEngine

    async def open(self) -> None:
        self._engine = async_open_engine(self.conninfo, self.isolation)

    async def close(self) -> None:
        await self._engine.dispose()

    async def get(self, project_id: UUID, connection_id: UUID) -> Connection:
        connection = await self.find(project_id, connection_id)
        if connection is None:
            raise LookupError(connection_id)
        return connection

    async def find(self, project_id: UUID, connection_id: UUID) -> Connection | None:
        async with self._engine.connect() as connection:
            row = (await connection.execute(select_live(project_id, connection_id))).mappings().first()
        return None if row is None else Connection.model_validate(dict(row))

    async def page(self, project_id: UUID, after: UUID | None, limit: int) -> tuple[Sequence[Connection], UUID | None]:
        async with self._engine.connect() as connection:
            rows = (await connection.execute(page_select(TABLE, project_id, after, limit))).mappings().all()
        return page_of(validated(rows), limit)

    async def create(self, new: NewConnection) -> Connection:
        return await self._written(insert_of(new))

    async def update(
        self, project_id: UUID, connection_id: UUID, expected_version: int, changes: Mapping[str, Any]
    ) -> Connection:
        return await self._written(update_of(TABLE, project_id, connection_id, expected_version, changes))

    async def create_many(self, rows: Sequence[NewConnection]) -> int:
        async with self._engine.begin() as connection:
            await connection.execute(insert(TABLE), [row.__dict__ for row in rows])
        return len(rows)

    async def iterate(self, project_id: UUID) -> AsyncIterator[Connection]:
        async with self._engine.connect() as connection:
            rows = await async_stream(connection, select_all(TABLE, project_id))
            async for row in rows.mappings():
                yield Connection.model_validate(dict(row))

    async def _written(self, statement: Executable) -> Connection:
        async with self._engine.begin() as connection:
            row = (await connection.execute(statement)).mappings().one()
        return Connection.model_validate(dict(row))


class AsyncCoreAutocommitWay(AsyncCoreWay):
    """Core with an engine in autocommit: no BEGIN and COMMIT."""

    label: ClassVar[str] = "Core, autocommit"
    isolation: ClassVar[str | None] = "AUTOCOMMIT"
    # Several statements that hold together, and cursors on the server, need a transaction.
    leaves_out: ClassVar[frozenset[str]] = frozenset({"create_many", "iterate"})
