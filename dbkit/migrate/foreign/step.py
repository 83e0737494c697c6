"""One step along a line that Alembic made, in the contexts that Alembic gives it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from types import ModuleType
from typing import Any

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, event, text

from dbkit.migrate.errors import LineBroken
from dbkit.migrate.foreign.imports import importing_from
from dbkit.migrate.foreign.project import Project
from dbkit.migrate.foreign.revision import ForeignRevision
from dbkit.migrate.foreign.settings import Settings
from dbkit.migrate.foreign.signs import Way, ends_transactions
from dbkit.migrate.line import Revision
from dbkit.migrate.models import metadata_of
from dbkit.types.errors import SchemaMismatch

__all__ = ["go", "importing_for", "within_alembic"]


def go(connection: Connection, revision: ForeignRevision, module: ModuleType, *, upward: bool) -> None:
    """Apply a revision or take it back, and move the version rows.

    It runs in the context of `within_alembic`, or in one of its own. One that claims a transaction is not
    let out of it: `LineBroken`.
    """
    around = _current.get(None)
    with nullcontext(around) if around else within_alembic(connection, revision) as context:
        # Already begun, where the context is the runner's.
        begun = nullcontext() if around else context.begin_transaction()
        kept = _kept(connection) if revision.way is Way.ONE_TRANSACTION else nullcontext()
        with begun:
            with Operations.context(context), kept:
                (module.upgrade if upward else module.downgrade)()
            _move(connection, revision, upward=upward)


@contextmanager
def within_alembic(connection: Connection, revision: ForeignRevision) -> Iterator[MigrationContext]:
    """Give what `env.py` would give to a revision: settings, metadata, imports from where the project has them."""
    project = revision.project or Project()
    made = EnvironmentContext(_config(project.settings), _scripts(project.settings))
    with importing_from(project.settings.import_paths), made as environment:
        environment.configure(
            connection=connection,
            target_metadata=_metadata(project),
            version_table=project.version_table.name,
            version_table_schema=project.version_table.schema,
        )
        context = environment.get_context()
        token = _current.set(context)
        try:
            yield context
        finally:
            _current.reset(token)


@contextmanager
def importing_for(revision: Revision) -> Iterator[None]:
    """Let a revision import the modules of its project, for a block; any other finds what it needs."""
    project = revision.project if isinstance(revision, ForeignRevision) else None
    with importing_from(project.settings.import_paths if project else ()):
        yield


_current: ContextVar[MigrationContext] = ContextVar("dbkit_migrate_alembic_context")


def _config(settings: Settings) -> Config:
    if settings.file is None:
        return Config()
    ini, toml = settings.file.with_suffix(".ini"), settings.file.with_name("pyproject.toml")
    if settings.file.suffix == ".toml":
        ini = settings.file.with_name("alembic.ini")
    return Config(str(ini) if ini.is_file() else None, toml_file=str(toml) if toml.is_file() else None)


def _scripts(settings: Settings) -> ScriptDirectory:
    return ScriptDirectory(str(settings.folder), version_locations=[str(each) for each in settings.versions])


def _metadata(project: Project) -> MetaData | None:
    return metadata_of(project.target_metadata) if project.target_metadata else None


@contextmanager
def _kept(connection: Connection) -> Iterator[None]:
    """Refuse to end the transaction for a block."""

    def refuse(*_: object) -> None:
        raise LineBroken(
            "it commits in the middle, which its file does not show",
            advice="Write a line `# transactional: no` into the file: then a stop keeps what it has committed.",
        )

    def refuse_words(*about: Any) -> None:
        if ends_transactions(about[2]):
            refuse()

    event.listen(connection, "commit", refuse)
    event.listen(connection, "before_cursor_execute", refuse_words)
    try:
        yield
    finally:
        event.remove(connection, "commit", refuse)
        event.remove(connection, "before_cursor_execute", refuse_words)


def _move(connection: Connection, revision: ForeignRevision, *, upward: bool) -> None:
    project = revision.project or Project()
    schema = str(connection.execute(text("SELECT current_schema()")).scalar_one())
    table = project.version_table.within(schema)
    if connection.execute(text("SELECT to_regclass(:name)"), {"name": table}).scalar_one() is None:
        key = table.rpartition(".")[2].removesuffix('"') + '_pkc"'
        connection.execute(
            text(f"CREATE TABLE {table} (version_num varchar(32) NOT NULL, CONSTRAINT {key} PRIMARY KEY (version_num))")
        )
    rows = frozenset(connection.execute(text(f"SELECT version_num FROM {table}")).scalars())  # noqa: S608
    if (revision.id in rows) is upward:
        raise SchemaMismatch(f"the database is at {', '.join(sorted(rows)) or 'the beginning'}, and should not be")
    wanted = project.rows_with(revision.id, rows) if upward else project.rows_without(revision.id, rows)
    _change(connection, table, sorted(rows - wanted), sorted(wanted - rows))


def _change(connection: Connection, table: str, gone: list[str], new: list[str]) -> None:
    moved = 0
    if gone and new:
        # As Alembic does it, so that a trigger of somebody sees the same.
        found = connection.execute(
            text(f"UPDATE {table} SET version_num = :after WHERE version_num = :before"),  # noqa: S608
            {"before": gone[0], "after": new[0]},
        )
        moved, gone, new = found.rowcount - 1, gone[1:], new[1:]
    for id in gone:
        moved += connection.execute(text(f"DELETE FROM {table} WHERE version_num = :id"), {"id": id}).rowcount - 1  # noqa: S608
    for id in new:
        connection.execute(text(f"INSERT INTO {table} VALUES (:id)"), {"id": id})  # noqa: S608
    if moved != 0:
        raise SchemaMismatch("the version rows were changed by somebody else meanwhile")
