"""What a line's `env.py` calls, so that Alembic's own commands work on the folder too.

`dbkit migrate` is the way for databases that somebody uses: these commands neither retry where a
table is in use nor check dbkit.sum. They do take the runner's lock, and its settings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import psycopg
from alembic import context, op
from sqlalchemy import Connection, MetaData

from dbkit.migrate.bookkeeping import TABLES
from dbkit.migrate.header import Header
from dbkit.migrate.lock import Holder, RunnerLock
from dbkit.migrate.place import VERSION_TABLE
from dbkit.migrate.session import Session, failure, locate
from dbkit.migrate.stop import Stop
from dbkit.migrate.worker import connected
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["run_migrations"]

_LOCK_SECONDS = 60.0


def run_migrations(metadata: MetaData | None = None) -> None:
    """Do what an Alembic command asks for, on the connection in its config's attributes or on DBKIT_URL.

    Each revision is a transaction of its own; one without runs in autocommit. `sqlalchemy.url` in the
    config goes before DBKIT_URL. Raises `ConfigurationInvalid` in offline mode: revisions look at the
    database.
    """
    if context.is_offline_mode():
        raise ConfigurationInvalid(
            "revisions look at the database, and offline mode has none",
            advice="Apply them to a scratch database, and log its statements.",
        )
    for script in context.script.walk_revisions():
        _run_as_its_header_says(script.module)
    given = context.config.attributes.get("connection")
    if given is not None:
        _run(given, metadata)
        return
    with _connection(context.config.get_main_option("sqlalchemy.url")) as connection:
        _run(connection, metadata)


def _run(connection: Connection, metadata: MetaData | None) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transaction_per_migration=True,
        version_table=VERSION_TABLE,
        compare_server_default=True,
        include_name=lambda name, kind, _: kind != "table" or name not in TABLES,
    )
    with context.begin_transaction():
        context.run_migrations()


@contextmanager
def _connection(url: str | None) -> Iterator[Connection]:
    with locate(url) as target:
        if target is None:
            raise ConfigurationInvalid("memory:// has no schema to migrate", advice="Give the URL of a server.")
        try:
            with (
                Session(target) as session,
                RunnerLock(session).held(Stop(), _LOCK_SECONDS, _patient),
                connected(Session(target, "alembic"), Stop()) as connection,
            ):
                yield connection
        except psycopg.Error as error:
            failed = error
        else:
            return
        raise failure(failed)


def _patient(_holder: Holder) -> None:
    """Wait in silence: Alembic has its own ways to tell."""


def _run_as_its_header_says(module: Any) -> None:
    # One that Alembic made has none, and divides itself where it has to.
    header = getattr(module, "header", None)
    if isinstance(header, Header) and not header.transactional:
        module.upgrade, module.downgrade = _in_autocommit(module.upgrade), _in_autocommit(module.downgrade)


def _in_autocommit(function: Callable[[], None]) -> Callable[[], None]:
    @wraps(function)
    def run() -> None:
        with op.get_context().autocommit_block():
            function()

    return run
