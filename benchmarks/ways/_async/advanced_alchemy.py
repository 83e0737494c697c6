"""advanced-alchemy's repository. It answers with mapped objects, which spares it pydantic."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from advanced_alchemy.filters import LimitOffset
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.ways._async.way import AsyncWay
from benchmarks.ways.handwritten import page_of
from benchmarks.ways.opening import AsyncConnectionModels, AsyncEngine, async_open_engine
from benchmarks.ways.tables import TABLE
from dbkit.models import ConnectionModel
from dbkit.types import NewConnection

__all__ = ["AsyncAdvancedAlchemyWay"]

_CHUNK_ROWS = 1_000


class AsyncAdvancedAlchemyWay(AsyncWay):
    """The repository as documented: made on a session, which lives as long as the unit of work.

    Its `update` knows no expected version, so it checks none; it has no `iterate`, so pages take its place.
    """

    label: ClassVar[str] = "advanced-alchemy"
    _engine: AsyncEngine

    async def open(self) -> None:
        self._engine = async_open_engine(self.conninfo, None)

    async def close(self) -> None:
        await self._engine.dispose()

    async def get(self, project_id: UUID, connection_id: UUID) -> ConnectionModel:
        async with self._session() as session:
            connection = await AsyncConnectionModels(session=session).get((project_id, connection_id))
        if connection.deleted_at is not None:
            raise LookupError(connection_id)
        return connection

    async def find(self, project_id: UUID, connection_id: UUID) -> ConnectionModel | None:
        async with self._session() as session:
            return await AsyncConnectionModels(session=session).get_one_or_none(
                project_id=project_id, id=connection_id, deleted_at=None
            )

    async def page(
        self, project_id: UUID, after: UUID | None, limit: int
    ) -> tuple[Sequence[ConnectionModel], UUID | None]:
        wanted = [TABLE.c.deleted_at.is_(None), *([] if after is None else [TABLE.c.id > after])]
        async with self._session() as session:
            found = await AsyncConnectionModels(session=session).get_many(
                *wanted, LimitOffset(limit + 1, 0), order_by=("id", False), project_id=project_id
            )
        return page_of(found, limit)

    async def create(self, new: NewConnection) -> ConnectionModel:
        async with self._session() as session:
            repository = AsyncConnectionModels(session=session, auto_refresh=False)
            return await repository.add(ConnectionModel(**new.__dict__), auto_commit=True)

    async def update(
        self, project_id: UUID, connection_id: UUID, expected_version: int, changes: Mapping[str, Any]
    ) -> ConnectionModel:
        own = {"project_id": project_id, "id": connection_id, "version": expected_version + 1}
        changed = ConnectionModel(**own, **changes, updated_at=datetime.now(UTC))
        async with self._session() as session:
            repository = AsyncConnectionModels(session=session, auto_refresh=False)
            return await repository.update(changed, auto_commit=True)

    async def create_many(self, rows: Sequence[NewConnection]) -> int:
        async with self._session() as session:
            repository = AsyncConnectionModels(session=session)
            return len(await repository.add_many([ConnectionModel(**row.__dict__) for row in rows], auto_commit=True))

    async def iterate(self, project_id: UUID) -> AsyncIterator[ConnectionModel]:
        after: UUID | None = None
        while True:
            found, after = await self.page(project_id, after, _CHUNK_ROWS)
            for connection in found:
                yield connection
            if after is None:
                return

    def _session(self) -> AsyncSession:
        return AsyncSession(self._engine, expire_on_commit=False)
