"""What the tests of a team run on: its database classes, and what makes its schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import MetaData

    from dbkit.database._async.database import AsyncBaseDatabase
    from dbkit.database._sync.database import BaseDatabase

__all__ = ["Setup"]


# Imported when a setup is made: pytest reads the plugin, and with it this module, in every run of everybody.
def _database() -> type[BaseDatabase[Any]]:
    from dbkit.database._sync.database import Database

    return Database


def _async_database() -> type[AsyncBaseDatabase[Any]]:
    from dbkit.database._async.database import AsyncDatabase

    return AsyncDatabase


@dataclass(frozen=True)
class Setup:
    """The database classes of tests, and the schema of their databases on PostgreSQL.

    `lines` are the folders of lines of revisions, applied one after the other; None is dbkit's own.
    `metadata` is that of models whose tables no line makes; they are made after the lines. Rows that
    revisions write are removed, because memory has none of them either, unless `keeps_rows`. A conftest
    gives a setup to the tests below it:

        @pytest.fixture(scope="session")
        def dbkit_setup() -> Setup:
            return Setup(database=Shop, async_database=AsyncShop, lines=(Path("migrations"),))
    """

    database: type[BaseDatabase[Any]] = field(default_factory=_database)
    async_database: type[AsyncBaseDatabase[Any]] = field(default_factory=_async_database)
    lines: tuple[Path | None, ...] = (None,)
    metadata: tuple[MetaData, ...] = ()
    keeps_rows: bool = False
