"""asyncpg by hand: its pool and its statement cache, values by pydantic. It is async only."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

import asyncpg  # type: ignore[import-untyped]
from psycopg.conninfo import conninfo_to_dict

from benchmarks.ways._async.way import AsyncWay
from benchmarks.ways.handwritten import COLUMNS, NEW_COLUMNS, page_of
from benchmarks.ways.opening import POOL_SIZE
from dbkit.types import Connection, NewConnection

__all__ = ["AsyncAsyncpgWay"]

_CHUNK_ROWS = 1_000
_LIVE = f"SELECT {COLUMNS} FROM connections WHERE project_id = $1 AND deleted_at IS NULL"
_SELECT_ONE = f"{_LIVE} AND id = $2"
_FIRST_PAGE = f"{_LIVE} ORDER BY id LIMIT $2"
_NEXT_PAGE = f"{_LIVE} AND id > $3 ORDER BY id LIMIT $2"
_SELECT_ALL = f"{_LIVE} ORDER BY id"
_INSERT = f"""
    INSERT INTO connections ({NEW_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    RETURNING {COLUMNS}"""
_UPDATE = f"""
    UPDATE connections SET status = $4, provider_metadata = $5, updated_at = now(), version = version + 1
    WHERE project_id = $1 AND id = $2 AND deleted_at IS NULL AND version = $3 AND status = ANY($6)
    RETURNING {COLUMNS}"""


class AsyncAsyncpgWay(AsyncWay):
    """What a service on asyncpg writes."""

    label: ClassVar[str] = "asyncpg"
    _pool: Any

    async def open(self) -> None:
        parts = {name: str(value) for name, value in conninfo_to_dict(self.conninfo).items()}
        self._pool = await asyncpg.create_pool(
            host=parts["host"],
            port=int(parts["port"]),
            user=parts["user"],
            database=parts["dbname"],
            min_size=POOL_SIZE,
            max_size=POOL_SIZE,
            init=_with_json,
        )

    async def close(self) -> None:
        await self._pool.close()

    async def get(self, project_id: UUID, connection_id: UUID) -> Connection:
        connection = await self.find(project_id, connection_id)
        if connection is None:
            raise LookupError(connection_id)
        return connection

    async def find(self, project_id: UUID, connection_id: UUID) -> Connection | None:
        row = await self._pool.fetchrow(_SELECT_ONE, project_id, connection_id)
        return None if row is None else Connection.model_validate(dict(row))

    async def page(self, project_id: UUID, after: UUID | None, limit: int) -> tuple[Sequence[Connection], UUID | None]:
        if after is None:
            rows = await self._pool.fetch(_FIRST_PAGE, project_id, limit + 1)
        else:
            rows = await self._pool.fetch(_NEXT_PAGE, project_id, limit + 1, after)
        return page_of([Connection.model_validate(dict(row)) for row in rows], limit)

    async def create(self, new: NewConnection) -> Connection:
        return Connection.model_validate(dict(await self._pool.fetchrow(_INSERT, *new.__dict__.values())))

    async def update(
        self, project_id: UUID, connection_id: UUID, expected_version: int, changes: Mapping[str, Any]
    ) -> Connection:
        status, metadata = changes["status"], changes["provider_metadata"]
        row = await self._pool.fetchrow(
            _UPDATE, project_id, connection_id, expected_version, status, metadata, status.previous_states()
        )
        if row is None:
            raise LookupError(connection_id)
        return Connection.model_validate(dict(row))

    async def create_many(self, rows: Sequence[NewConnection]) -> int:
        async with self._pool.acquire() as connection:
            await connection.copy_records_to_table(
                "connections", records=(tuple(row.__dict__.values()) for row in rows), columns=NEW_COLUMNS.split(", ")
            )
        return len(rows)

    async def iterate(self, project_id: UUID) -> AsyncIterator[Connection]:
        # A cursor on the server lives in a transaction only.
        async with self._pool.acquire() as connection, connection.transaction():
            async for row in connection.cursor(_SELECT_ALL, project_id, prefetch=_CHUNK_ROWS):
                yield Connection.model_validate(dict(row))


async def _with_json(connection: Any) -> None:
    # In binary, because COPY takes nothing else; the first byte is the format's version.
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        format="binary",
        encoder=lambda value: b"\x01" + json.dumps(value).encode(),
        decoder=lambda data: json.loads(data[1:]),
    )
