"""SQLAlchemy's ORM on psycopg. It answers with its mapped objects, which spares it pydantic."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.ways._async.way import AsyncWay
from benchmarks.ways.handwritten import page_of
from benchmarks.ways.opening import AsyncEngine, async_open_engine, async_stream
from benchmarks.ways.tables import page_select, select_all, update_of
from dbkit.models import ConnectionModel
from dbkit.types import NewConnection

__all__ = ["AsyncOrmAutocommitWay", "AsyncOrmWay"]


class AsyncOrmWay(AsyncWay):
    """The ORM as documented: a session for each unit of work."""

    label: ClassVar[str] = "SQLAlchemy ORM"
    isolation: ClassVar[str | None] = None
    _engine: AsyncEngine

    async def open(self) -> None:
        self._engine = async_open_engine(self.conninfo, self.isolation)

    async def close(self) -> None:
        await self._engine.dispose()

    async def get(self, project_id: UUID, connection_id: UUID) -> ConnectionModel:
        connection = await self.find(project_id, connection_id)
        if connection is None:
            raise LookupError(connection_id)
        return connection

    async def find(self, project_id: UUID, connection_id: UUID) -> ConnectionModel | None:
        async with self._session() as session:
            connection = await session.get(ConnectionModel, (project_id, connection_id))
        return None if connection is None or connection.deleted_at is not None else connection

    async def page(
        self, project_id: UUID, after: UUID | None, limit: int
    ) -> tuple[Sequence[ConnectionModel], UUID | None]:
        async with self._session() as session:
            found = (await session.scalars(page_select(ConnectionModel, project_id, after, limit))).all()
        return page_of(found, limit)

    async def create(self, new: NewConnection) -> ConnectionModel:
        connection = ConnectionModel(**new.__dict__)
        async with self._session() as session:
            session.add(connection)
            await session.commit()
        return connection

    async def update(
        self, project_id: UUID, connection_id: UUID, expected_version: int, changes: Mapping[str, Any]
    ) -> ConnectionModel:
        statement = update_of(ConnectionModel, project_id, connection_id, expected_version, changes)
        async with self._session() as session:
            connection: ConnectionModel = (await session.execute(statement)).scalar_one()
            await session.commit()
        return connection

    async def create_many(self, rows: Sequence[NewConnection]) -> int:
        async with self._session() as session:
            session.add_all([ConnectionModel(**row.__dict__) for row in rows])
            await session.commit()
        return len(rows)

    async def iterate(self, project_id: UUID) -> AsyncIterator[ConnectionModel]:
        async with self._session() as session:
            found = await async_stream(session, select_all(ConnectionModel, project_id))
            async for connection in found.scalars():
                yield connection

    def _session(self) -> AsyncSession:
        # Without expire_on_commit=False each attribute would be read again after a commit.
        return AsyncSession(self._engine, expire_on_commit=False)


class AsyncOrmAutocommitWay(AsyncOrmWay):
    """The ORM with an engine in autocommit: no BEGIN and COMMIT."""

    label: ClassVar[str] = "ORM, autocommit"
    isolation: ClassVar[str | None] = "AUTOCOMMIT"
    # Several statements that hold together, and cursors on the server, need a transaction.
    leaves_out: ClassVar[frozenset[str]] = frozenset({"create_many", "iterate"})
