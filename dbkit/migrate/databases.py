"""Creating and dropping whole databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dbkit.migrate.session import Session, Target, failure, locate
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["DISPOSABLE", "create_database", "database_name", "drop_database", "located"]

DISPOSABLE = ("local", "preview", "test")
"""The environments whose databases may be dropped without saying their names."""

_MAINTENANCE = "postgres"
_EXISTS = "SELECT FROM pg_database WHERE datname = %s"


@contextmanager
def located(url: str | None) -> Iterator[Target]:
    """Find the database as `locate` does; raise `ConfigurationInvalid` for memory, which is none."""
    with locate(url) as target:
        if target is None:
            raise ConfigurationInvalid("memory:// is no database of a server", advice="Give the URL of a server.")
        yield target


def database_name(target: Target) -> str:
    """Return the database that a URL names, or its user, whose name libpq then takes."""
    given = conninfo_to_dict(target.conninfo)
    name = given.get("dbname") or given.get("user")
    if not name:
        raise ConfigurationInvalid("the URL names no database", advice="Write postgresql://user@host/database.")
    return str(name)


def create_database(target: Target) -> bool:
    """Create the database that the URL names, empty; tell whether there was anything to do.

    Raises `PermissionDenied` where the role may not, and what a connection to the server raises.
    """
    name = database_name(target)
    create = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
    return _change(target, name, create, only_if_there=False)


def drop_database(target: Target) -> bool:
    """Drop the database that the URL names, and end its sessions; tell whether there was anything to do."""
    name = database_name(target)
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    return _change(target, name, drop, only_if_there=True)


def _change(target: Target, name: str, statement: sql.Composed, *, only_if_there: bool) -> bool:
    if name == _MAINTENANCE:
        raise ConfigurationInvalid(
            f"{name} is the server's own database, from which others are made", advice="Name another database."
        )
    maintenance = Target(make_conninfo(target.conninfo, dbname=_MAINTENANCE), target.shown_as)
    try:
        with Session(maintenance, "dbkit db") as session:
            is_there = session.connection.execute(_EXISTS, (name,)).fetchone() is not None
            if is_there is only_if_there:
                session.connection.execute(statement)
            return is_there is only_if_there
    except psycopg.errors.DuplicateDatabase:
        # Somebody else was faster.
        return False
    except psycopg.Error as error:
        failed = error
    raise failure(failed)
