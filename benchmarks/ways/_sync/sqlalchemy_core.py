# Generated from benchmarks/ways/_async/sqlalchemy_core.py by tools/unasync.py; edit that file instead.
"""SQLAlchemy Core on psycopg, rows to values by pydantic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Executable, insert

from benchmarks.ways._sync.way import Way
from benchmarks.ways.handwritten import page_of
from benchmarks.ways.opening import Engine, open_engine, stream
from benchmarks.ways.tables import TABLE, insert_of, page_select, select_all, select_live, update_of, validated
from dbkit.types import Connection, NewConnection

__all__ = ["CoreAutocommitWay", "CoreWay"]


class CoreWay(Way):
    """Core as documented: each use of the engine is a transaction."""

    label: ClassVar[str] = "SQLAlchemy Core"
    isolation: ClassVar[str | None] = None
    _engine: Engine

    def open(self) -> None:
        self._engine = open_engine(self.conninfo, self.isolation)

    def close(self) -> None:
        self._engine.dispose()

    def get(self, project_id: UUID, connection_id: UUID) -> Connection:
        connection = self.find(project_id, connection_id)
        if connection is None:
            raise LookupError(connection_id)
        return connection

    def find(self, project_id: UUID, connection_id: UUID) -> Connection | None:
        with self._engine.connect() as connection:
            row = (connection.execute(select_live(project_id, connection_id))).mappings().first()
        return None if row is None else Connection.model_validate(dict(row))

    def page(self, project_id: UUID, after: UUID | None, limit: int) -> tuple[Sequence[Connection], UUID | None]:
        with self._engine.connect() as connection:
            rows = (connection.execute(page_select(TABLE, project_id, after, limit))).mappings().all()
        return page_of(validated(rows), limit)

    def create(self, new: NewConnection) -> Connection:
        return self._written(insert_of(new))

    def update(
        self, project_id: UUID, connection_id: UUID, expected_version: int, changes: Mapping[str, Any]
    ) -> Connection:
        return self._written(update_of(TABLE, project_id, connection_id, expected_version, changes))

    def create_many(self, rows: Sequence[NewConnection]) -> int:
        with self._engine.begin() as connection:
            connection.execute(insert(TABLE), [row.__dict__ for row in rows])
        return len(rows)

    def iterate(self, project_id: UUID) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            rows = stream(connection, select_all(TABLE, project_id))
            for row in rows.mappings():
                yield Connection.model_validate(dict(row))

    def _written(self, statement: Executable) -> Connection:
        with self._engine.begin() as connection:
            row = (connection.execute(statement)).mappings().one()
        return Connection.model_validate(dict(row))


class CoreAutocommitWay(CoreWay):
    """Core with an engine in autocommit: no BEGIN and COMMIT."""

    label: ClassVar[str] = "Core, autocommit"
    isolation: ClassVar[str | None] = "AUTOCOMMIT"
    # Several statements that hold together, and cursors on the server, need a transaction.
    leaves_out: ClassVar[frozenset[str]] = frozenset({"create_many", "iterate"})
