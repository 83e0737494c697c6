"""PostgreSQL's own programs, given a database as they want it: passwords go by environment, never as arguments."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo

from dbkit.embedded.binaries import find_binaries
from dbkit.migrate.session import Target
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Program", "find_program"]


@dataclass(frozen=True, slots=True)
class Program:
    """A program to start, and the environment that leads it to a database."""

    path: str
    environment: Mapping[str, str]


def find_program(name: str, target: Target) -> Program:
    """Return one of PostgreSQL's programs, of the server's own version if there is one, for a database.

    Raises `ConfigurationInvalid` where it is not installed; what a connection raises where none can be made.
    """
    return Program(_path(name, _server_major(target)), {**os.environ, **_variables(target)})


def _path(name: str, major: int) -> str:
    candidates: list[str | None] = []
    for wanted in (major, None):
        try:
            candidates.append(str(find_binaries(wanted).folder / name))
        except ConfigurationInvalid:
            # Server and client programs come in different packages: one may be there without the other.
            continue
    candidates.insert(1, shutil.which(name))
    found = next((path for path in candidates if path is not None and os.access(path, os.X_OK)), None)
    if found is None:
        raise ConfigurationInvalid(
            f"there is no {name} on this machine",
            advice="Install PostgreSQL's client programs (on Debian: apt-get install postgresql-client).",
        )
    return found


def _server_major(target: Target) -> int:
    from dbkit.migrate.session import Session, failure

    try:
        with Session(target, "dbkit db") as session:
            return session.connection.info.server_version // 10000
    except psycopg.Error as error:
        failed = error
    raise failure(failed)


def _variables(target: Target) -> dict[str, str]:
    """Return a connection string as the variables that libpq reads."""
    names = {option.keyword.decode(): option.envvar for option in Conninfo.get_defaults()}
    variables: dict[str, str] = {}
    for keyword, value in conninfo_to_dict(target.conninfo).items():
        variable = names.get(keyword)
        if variable is None:
            raise ConfigurationInvalid(
                f"{keyword} of the URL cannot be handed to another program",
                advice="Put it into a service file, and write postgresql://?service=name.",
            )
        if value is not None:
            variables[variable.decode()] = str(value)
    return variables
