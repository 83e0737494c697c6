"""psycopg by hand: a pool in autocommit, rows as dicts, values by pydantic."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from benchmarks.ways._async.way import AsyncWay
from benchmarks.ways.handwritten import (
    COPY,
    COPY_TYPES,
    FIRST_PAGE,
    INSERT,
    NEXT_PAGE,
    SELECT_ALL,
    SELECT_ONE,
    UPDATE,
    copy_row,
    insert_parameters,
    page_of,
    update_parameters,
)
from benchmarks.ways.opening import POOL_SIZE
from benchmarks.ways.operations import (
    FIRST_OPERATIONS,
    INSERT_OPERATION,
    NEXT_OPERATIONS,
    SELECT_OPERATION,
    UPDATE_OPERATION,
    operation_changes,
    operation_parameters,
    page_of_operations,
)
from dbkit.types import Connection, NewConnection, NewOperation, Operation

__all__ = ["AsyncCopyWay", "AsyncPsycopgWay"]

_CHUNK_ROWS = 1_000


class _AsyncPooledWay(AsyncWay):
    _pool: AsyncConnectionPool[Any]

    async def open(self) -> None:
        self._pool = AsyncConnectionPool(
            self.conninfo,
            min_size=POOL_SIZE,
            max_size=POOL_SIZE,
            kwargs={"autocommit": True, "row_factory": dict_row},
            open=False,
        )
        await self._pool.open(wait=True)

    async def close(self) -> None:
        await self._pool.close()

    async def _copy(self, rows: Sequence[tuple[Any, ...]]) -> int:
        async with self._pool.connection() as connection, connection.cursor() as cursor:
            async with cursor.copy(COPY) as copy:
                copy.set_types(COPY_TYPES)
                for row in rows:
                    await copy.write_row(row)
            stored: int = cursor.rowcount
        return stored


class AsyncPsycopgWay(_AsyncPooledWay):
    """What a service without dbkit writes when it cares for speed."""

    label: ClassVar[str] = "hand-written"

    async def get(self, project_id: UUID, connection_id: UUID) -> Connection:
        connection = await self.find(project_id, connection_id)
        if connection is None:
            raise LookupError(connection_id)
        return connection

    async def find(self, project_id: UUID, connection_id: UUID) -> Connection | None:
        row = await self._row(SELECT_ONE, {"project_id": project_id, "id": connection_id})
        return None if row is None else Connection.model_validate(row)

    async def page(self, project_id: UUID, after: UUID | None, limit: int) -> tuple[Sequence[Connection], UUID | None]:
        statement = FIRST_PAGE if after is None else NEXT_PAGE
        parameters = {"project_id": project_id, "after": after, "limit": limit + 1}
        async with self._pool.connection() as connection:
            cursor = await connection.execute(statement, parameters)
            rows = await cursor.fetchall()
        return page_of([Connection.model_validate(row) for row in rows], limit)

    async def create(self, new: NewConnection) -> Connection:
        return Connection.model_validate(await self._row(INSERT, insert_parameters(new)))

    async def update(
        self, project_id: UUID, connection_id: UUID, expected_version: int, changes: Mapping[str, Any]
    ) -> Connection:
        row = await self._row(UPDATE, update_parameters(project_id, connection_id, expected_version, changes))
        if row is None:
            raise LookupError(connection_id)
        return Connection.model_validate(row)

    async def get_operation(self, project_id: UUID, operation_id: UUID) -> Operation:
        row = await self._row(SELECT_OPERATION, {"project_id": project_id, "id": operation_id})
        if row is None:
            raise LookupError(operation_id)
        return Operation.model_validate(row)

    async def page_of_operations(
        self, project_id: UUID, after: UUID | None, limit: int
    ) -> tuple[Sequence[Operation], UUID | None]:
        statement = FIRST_OPERATIONS if after is None else NEXT_OPERATIONS
        parameters = {"project_id": project_id, "after": after, "limit": limit + 1}
        async with self._pool.connection() as connection:
            cursor = await connection.execute(statement, parameters)
            rows = await cursor.fetchall()
        return page_of_operations(rows, limit)

    async def create_operation(self, new: NewOperation) -> Operation:
        return Operation.model_validate(await self._row(INSERT_OPERATION, operation_parameters(new)))

    async def update_operation(
        self, project_id: UUID, operation_id: UUID, expected_version: int, changes: Mapping[str, Any]
    ) -> Operation:
        parameters = operation_changes(project_id, operation_id, expected_version, changes)
        row = await self._row(UPDATE_OPERATION, parameters)
        if row is None:
            raise LookupError(operation_id)
        return Operation.model_validate(row)

    async def create_many(self, rows: Sequence[NewConnection]) -> int:
        return await self._copy([copy_row(row) for row in rows])

    async def iterate(self, project_id: UUID) -> AsyncIterator[Connection]:
        # A cursor on the server lives in a transaction only.
        async with (
            self._pool.connection() as connection,
            connection.transaction(),
            connection.cursor(name="connections") as cursor,
        ):
            cursor.itersize = _CHUNK_ROWS
            await cursor.execute(SELECT_ALL, {"project_id": project_id})
            async for row in cursor:
                yield Connection.model_validate(row)

    async def _row(self, statement: Any, parameters: Mapping[str, Any]) -> DictRow | None:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(statement, parameters)
            row: DictRow | None = await cursor.fetchone()
        return row


class AsyncCopyWay(_AsyncPooledWay):
    """The driver's binary COPY and nothing else: the tuples that it writes were made before."""

    label: ClassVar[str] = "bare COPY"

    def prepared(self, verb: str, calls: Sequence[tuple[Any, ...]]) -> Sequence[tuple[Any, ...]]:  # noqa: ARG002
        return [([copy_row(new) for new in rows],) for (rows,) in calls]

    async def create_many(self, rows: Sequence[Any]) -> int:
        return await self._copy(rows)
