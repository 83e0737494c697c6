# Generated from benchmarks/ways/_async/sqlalchemy_orm.py by tools/unasync.py; edit that file instead.
"""SQLAlchemy's ORM on psycopg. It answers with its mapped objects, which spares it pydantic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy.orm import Session

from benchmarks.ways._sync.way import Way
from benchmarks.ways.handwritten import page_of
from benchmarks.ways.opening import Engine, open_engine, stream
from benchmarks.ways.tables import page_select, select_all, update_of
from dbkit.models import ConnectionModel
from dbkit.types import NewConnection

__all__ = ["OrmAutocommitWay", "OrmWay"]


class OrmWay(Way):
    """The ORM as documented: a session for each unit of work."""

    label: ClassVar[str] = "SQLAlchemy ORM"
    isolation: ClassVar[str | None] = None
    _engine: Engine

    def open(self) -> None:
        self._engine = open_engine(self.conninfo, self.isolation)

    def close(self) -> None:
        self._engine.dispose()

    def get(self, project_id: UUID, connection_id: UUID) -> ConnectionModel:
        connection = self.find(project_id, connection_id)
        if connection is None:
            raise LookupError(connection_id)
        return connection

    def find(self, project_id: UUID, connection_id: UUID) -> ConnectionModel | None:
        with self._session() as session:
            connection = session.get(ConnectionModel, (project_id, connection_id))
        return None if connection is None or connection.deleted_at is not None else connection

    def page(self, project_id: UUID, after: UUID | None, limit: int) -> tuple[Sequence[ConnectionModel], UUID | None]:
        with self._session() as session:
            found = (session.scalars(page_select(ConnectionModel, project_id, after, limit))).all()
        return page_of(found, limit)

    def create(self, new: NewConnection) -> ConnectionModel:
        connection = ConnectionModel(**new.__dict__)
        with self._session() as session:
            session.add(connection)
            session.commit()
        return connection

    def update(
        self, project_id: UUID, connection_id: UUID, expected_version: int, changes: Mapping[str, Any]
    ) -> ConnectionModel:
        statement = update_of(ConnectionModel, project_id, connection_id, expected_version, changes)
        with self._session() as session:
            connection: ConnectionModel = (session.execute(statement)).scalar_one()
            session.commit()
        return connection

    def create_many(self, rows: Sequence[NewConnection]) -> int:
        with self._session() as session:
            session.add_all([ConnectionModel(**row.__dict__) for row in rows])
            session.commit()
        return len(rows)

    def iterate(self, project_id: UUID) -> Iterator[ConnectionModel]:
        with self._session() as session:
            found = stream(session, select_all(ConnectionModel, project_id))
            for connection in found.scalars():
                yield connection

    def _session(self) -> Session:
        # Without expire_on_commit=False each attribute would be read again after a commit.
        return Session(self._engine, expire_on_commit=False)


class OrmAutocommitWay(OrmWay):
    """The ORM with an engine in autocommit: no BEGIN and COMMIT."""

    label: ClassVar[str] = "ORM, autocommit"
    isolation: ClassVar[str | None] = "AUTOCOMMIT"
    # Several statements that hold together, and cursors on the server, need a transaction.
    leaves_out: ClassVar[frozenset[str]] = frozenset({"create_many", "iterate"})
