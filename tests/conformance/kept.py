"""Databases that stay open from case to case: to open one takes longer than most cases."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import psycopg

import dbkit
from dbkit.models import Base
from dbkit.testing.conformance import Case
from widget_service.models import Base as ShopBase

# Triggers are off in this session, so foreign keys do not ask for an order.
_SETTINGS = "SET session_replication_role = replica; SET lock_timeout = '5s'"
_TABLES = [table.name for base in (Base, ShopBase) for table in base.metadata.sorted_tables]
# One statement, which is prepared: planning each DELETE anew takes longer than to find its table empty.
_EMPTY = f"WITH {', '.join(f'{name} AS (DELETE FROM {name})' for name in _TABLES)} SELECT"


class Kept:
    """Lends databases of one URL to cases, one case at a time, and empties the tables after each."""

    def __init__(self, url: str, emptying: psycopg.Connection[Any]) -> None:
        self._url = url
        self._emptying = emptying
        emptying.execute(_SETTINGS)
        self._databases: dict[type[dbkit.Database], dbkit.Database] = {}
        self._async_databases: dict[type[dbkit.AsyncDatabase], dbkit.AsyncDatabase] = {}

    @contextmanager
    def lent(self, case: Case, database: type[dbkit.Database] = dbkit.Database) -> Iterator[dbkit.Database]:
        if database not in self._databases:
            self._databases[database] = dbkit.connect(self._url, database=database)
        try:
            yield self._databases[database]
        finally:
            if case.closes:
                del self._databases[database]
            self._emptying.execute(_EMPTY, prepare=True)

    @asynccontextmanager
    async def async_lent(
        self, case: Case, database: type[dbkit.AsyncDatabase] = dbkit.AsyncDatabase
    ) -> AsyncIterator[dbkit.AsyncDatabase]:
        if database not in self._async_databases:
            self._async_databases[database] = await dbkit.connect_async(self._url, database=database)
        try:
            yield self._async_databases[database]
        finally:
            if case.closes:
                del self._async_databases[database]
            self._emptying.execute(_EMPTY, prepare=True)

    async def close(self) -> None:
        for database in self._databases.values():
            database.close()
        for async_database in self._async_databases.values():
            await async_database.close()
