"""One step along the line: a revision applied or taken back, with its version row, on a connection that is given."""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from types import ModuleType
from typing import Any, TypeAlias

import psycopg
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, text

from dbkit.migrate.foreign.revision import ForeignRevision
from dbkit.migrate.foreign.step import go, importing_for
from dbkit.migrate.line import Revision
from dbkit.migrate.place import VERSION_TABLE
from dbkit.types.errors import ConfigurationInvalid, SchemaMismatch

__all__ = ["Noting", "Step", "downgrade", "loaded", "upgrade"]

Step: TypeAlias = Callable[[Connection, Revision], None]

Noting: TypeAlias = Callable[[psycopg.Connection[Any]], None]
"""Writes something down with the version row, over the connection of the revision."""

# Alembic's `op` is one for the whole process.
_only_one = threading.RLock()

_CREATE = (
    f"CREATE TABLE {VERSION_TABLE} (version_num varchar(32) NOT NULL,"
    f" CONSTRAINT {VERSION_TABLE}_pkc PRIMARY KEY (version_num))"
)


def upgrade(connection: Connection, revision: Revision, noting: Noting | None = None) -> None:
    """Apply a revision and move the version row; what `noting` writes is there when that is.

    A transactional revision needs a connection inside a transaction, which the caller commits; one
    without needs a connection in autocommit.
    """
    module = loaded(revision)
    if isinstance(revision, ForeignRevision):
        with _only_one:
            go(connection, revision, module, upward=True)
        _note(connection, noting)
        return
    with _only_one, Operations.context(MigrationContext.configure(connection)):
        module.upgrade()
    with _together(connection, noting):
        _move(connection, revision.parent, revision.id)
        _note(connection, noting)


def downgrade(connection: Connection, revision: Revision, noting: Noting | None = None) -> None:
    """Take a revision back and move the version row; connections and `noting` as in `upgrade`."""
    module = loaded(revision)
    if isinstance(revision, ForeignRevision):
        with _only_one:
            go(connection, revision, module, upward=False)
        _note(connection, noting)
        return
    with _only_one, Operations.context(MigrationContext.configure(connection)):
        module.downgrade()
    with _together(connection, noting):
        _move(connection, revision.id, revision.parent)
        _note(connection, noting)


def _together(connection: Connection, noting: Noting | None) -> AbstractContextManager[object]:
    """Give a transaction to the version row and what is written with it, where there is none."""
    driver = _driver(connection)
    return driver.transaction() if noting is not None and driver.autocommit else nullcontext()


def _note(connection: Connection, noting: Noting | None) -> None:
    if noting is not None:
        noting(_driver(connection))


def _driver(connection: Connection) -> psycopg.Connection[Any]:
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    return driver


def loaded(revision: Revision) -> ModuleType:
    """Run a revision's file, and return it as a module; its functions are not called."""
    spec = importlib.util.spec_from_file_location(f"dbkit_revision_{revision.id}", revision.path)
    if spec is None or spec.loader is None:
        raise ConfigurationInvalid(f"{revision.path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    with importing_for(revision):
        spec.loader.exec_module(module)
    return module


def _move(connection: Connection, before: str | None, after: str | None) -> None:
    if connection.execute(text("SELECT to_regclass(:name)"), {"name": VERSION_TABLE}).scalar_one() is None:
        connection.execute(text(_CREATE))
    if before is None:
        moved = connection.execute(text(f"INSERT INTO {VERSION_TABLE} VALUES (:after)"), {"after": after})  # noqa: S608
    elif after is None:
        moved = connection.execute(
            text(f"DELETE FROM {VERSION_TABLE} WHERE version_num = :before"),  # noqa: S608
            {"before": before},
        )
    else:
        moved = connection.execute(
            text(f"UPDATE {VERSION_TABLE} SET version_num = :after WHERE version_num = :before"),  # noqa: S608
            {"before": before, "after": after},
        )
    if moved.rowcount != 1:
        raise SchemaMismatch(f"the database was not at {before or 'the beginning'}, though it should be")
