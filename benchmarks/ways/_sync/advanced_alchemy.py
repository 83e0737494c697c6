# Generated from benchmarks/ways/_async/advanced_alchemy.py by tools/unasync.py; edit that file instead.
"""advanced-alchemy's repository. It answers with mapped objects, which spares it pydantic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from advanced_alchemy.filters import LimitOffset
from sqlalchemy.orm import Session

from benchmarks.ways._sync.way import Way
from benchmarks.ways.handwritten import page_of
from benchmarks.ways.opening import ConnectionModels, Engine, open_engine
from benchmarks.ways.tables import TABLE
from dbkit.models import ConnectionModel
from dbkit.types import NewConnection

__all__ = ["AdvancedAlchemyWay"]

_CHUNK_ROWS = 1_000


class AdvancedAlchemyWay(Way):
    """The repository as documented: made on a session, which lives as long as the unit of work.

    Its `update` knows no expected version, so it checks none; it has no `iterate`, so pages take its place.
    """

    label: ClassVar[str] = "advanced-alchemy"
    _engine: Engine

    def open(self) -> None:
        self._engine = open_engine(self.conninfo, None)

    def close(self) -> None:
        self._engine.dispose()

    def get(self, project_id: UUID, connection_id: UUID) -> ConnectionModel:
        with self._session() as session:
            connection = ConnectionModels(session=session).get((project_id, connection_id))
        if connection.deleted_at is not None:
            raise LookupError(connection_id)
        return connection

    def find(self, project_id: UUID, connection_id: UUID) -> ConnectionModel | None:
        with self._session() as session:
            return ConnectionModels(session=session).get_one_or_none(
                project_id=project_id, id=connection_id, deleted_at=None
            )

    def page(self, project_id: UUID, after: UUID | None, limit: int) -> tuple[Sequence[ConnectionModel], UUID | None]:
        wanted = [TABLE.c.deleted_at.is_(None), *([] if after is None else [TABLE.c.id > after])]
        with self._session() as session:
            found = ConnectionModels(session=session).get_many(
                *wanted, LimitOffset(limit + 1, 0), order_by=("id", False), project_id=project_id
            )
        return page_of(found, limit)

    def create(self, new: NewConnection) -> ConnectionModel:
        with self._session() as session:
            repository = ConnectionModels(session=session, auto_refresh=False)
            return repository.add(ConnectionModel(**new.__dict__), auto_commit=True)

    def update(
        self, project_id: UUID, connection_id: UUID, expected_version: int, changes: Mapping[str, Any]
    ) -> ConnectionModel:
        own = {"project_id": project_id, "id": connection_id, "version": expected_version + 1}
        changed = ConnectionModel(**own, **changes, updated_at=datetime.now(UTC))
        with self._session() as session:
            repository = ConnectionModels(session=session, auto_refresh=False)
            return repository.update(changed, auto_commit=True)

    def create_many(self, rows: Sequence[NewConnection]) -> int:
        with self._session() as session:
            repository = ConnectionModels(session=session)
            return len(repository.add_many([ConnectionModel(**row.__dict__) for row in rows], auto_commit=True))

    def iterate(self, project_id: UUID) -> Iterator[ConnectionModel]:
        after: UUID | None = None
        while True:
            found, after = self.page(project_id, after, _CHUNK_ROWS)
            for connection in found:
                yield connection
            if after is None:
                return

    def _session(self) -> Session:
        return Session(self._engine, expire_on_commit=False)
