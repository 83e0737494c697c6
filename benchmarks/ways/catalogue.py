"""All ways, by colour, in the order in which they are shown."""

from __future__ import annotations

from benchmarks.ways._async.advanced_alchemy import AsyncAdvancedAlchemyWay
from benchmarks.ways._async.dbkit import AsyncDbkitWay
from benchmarks.ways._async.psycopg import AsyncCopyWay, AsyncPsycopgWay
from benchmarks.ways._async.sqlalchemy_core import AsyncCoreAutocommitWay, AsyncCoreWay
from benchmarks.ways._async.sqlalchemy_orm import AsyncOrmAutocommitWay, AsyncOrmWay
from benchmarks.ways._async.telling import AsyncTellingWay
from benchmarks.ways._async.way import AsyncWay
from benchmarks.ways._sync.advanced_alchemy import AdvancedAlchemyWay
from benchmarks.ways._sync.dbkit import DbkitWay
from benchmarks.ways._sync.psycopg import CopyWay, PsycopgWay
from benchmarks.ways._sync.sqlalchemy_core import CoreAutocommitWay, CoreWay
from benchmarks.ways._sync.sqlalchemy_orm import OrmAutocommitWay, OrmWay
from benchmarks.ways._sync.telling import TellingWay
from benchmarks.ways._sync.way import Way
from benchmarks.ways.asyncpg import AsyncAsyncpgWay

__all__ = ["ADVANCED_ALCHEMY", "ASYNCPG", "ASYNC_WAYS", "BARE_COPY", "BASELINE", "DBKIT", "LABELS", "TELLING", "WAYS"]

DBKIT, BARE_COPY, ASYNCPG = DbkitWay.label, CopyWay.label, AsyncAsyncpgWay.label
ADVANCED_ALCHEMY, TELLING = AdvancedAlchemyWay.label, TellingWay.label
BASELINE = PsycopgWay.label
"""The way that all others are compared with."""

WAYS: tuple[type[Way], ...] = (
    DbkitWay,
    TellingWay,
    PsycopgWay,
    CopyWay,
    CoreAutocommitWay,
    CoreWay,
    OrmAutocommitWay,
    OrmWay,
    AdvancedAlchemyWay,
)

ASYNC_WAYS: tuple[type[AsyncWay], ...] = (
    AsyncDbkitWay,
    AsyncTellingWay,
    AsyncPsycopgWay,
    AsyncCopyWay,
    AsyncAsyncpgWay,
    AsyncCoreAutocommitWay,
    AsyncCoreWay,
    AsyncOrmAutocommitWay,
    AsyncOrmWay,
    AsyncAdvancedAlchemyWay,
)

LABELS: tuple[str, ...] = tuple(way.label for way in ASYNC_WAYS)
