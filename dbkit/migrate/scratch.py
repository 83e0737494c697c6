"""Databases to try things on, gone when the block ends."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dbkit.embedded import EmbeddedServer, Launch
from dbkit.migrate.session import Session, Target, failure, locate
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["scratch_database", "scratch_databases", "scratch_server"]


@contextmanager
def scratch_databases(count: int, dev_url: str | None = None) -> Iterator[list[Target]]:
    """Make empty databases for a block: on the server of `dev_url`, whose role may create them, else on one of our own.

    They are dropped in the end, whatever happens; nothing else on the server is touched.
    """
    with ExitStack() as stack:
        target = stack.enter_context(scratch_server(dev_url))
        yield [stack.enter_context(scratch_database(target)) for _ in range(count)]


def scratch_server(dev_url: str | None = None, *, fsync: bool = True) -> AbstractContextManager[Target]:
    """Give the server of `dev_url`, or one of our own that goes when the block ends.

    Without `fsync` ours copies and drops databases many times faster, and its times say less of other servers.
    """
    return _embedded(fsync=fsync) if dev_url is None else _given(dev_url)


@contextmanager
def scratch_database(server: Target, template: Target | None = None) -> Iterator[Target]:
    """Make an empty database for a block on a server whose role may create it, and drop it in the end.

    With a `template` it is a copy of that database, which nobody may be connected to. Raises
    `PermissionDenied`, and what connecting raises.
    """
    name = f"dbkit_scratch_{uuid.uuid4().hex[:16]}"
    source = "template0" if template is None else str(conninfo_to_dict(template.conninfo)["dbname"])
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    _execute(server, create.format(sql.Identifier(name), sql.Identifier(source)))
    try:
        yield Target(make_conninfo(server.conninfo, dbname=name), f"{server.shown_as} ({name})")
    finally:
        _execute(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _embedded(*, fsync: bool) -> Iterator[Target]:
    launch = Launch({} if fsync else {"fsync": "off"})
    # Not in the user's own folder for temporary files: the server of root cannot get there.
    with (
        tempfile.TemporaryDirectory(prefix="dbkit-scratch-") as folder,
        EmbeddedServer.start(Path(folder), launch) as server,
    ):
        yield Target(server.conninfo, "the scratch server")


@contextmanager
def _given(dev_url: str) -> Iterator[Target]:
    with locate(dev_url) as target:
        if target is None:
            raise ConfigurationInvalid("memory:// is no server", advice="Give --dev-url a server, or leave it out.")
        yield target


def _execute(server: Target, statement: sql.Composed) -> None:
    try:
        with Session(server, "dbkit scratch") as session:
            session.connection.execute(statement)
    except psycopg.Error as error:
        failed = error
    else:
        return
    raise failure(failed)
