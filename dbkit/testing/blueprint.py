"""What a template database is made from, and the name that follows from all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, LiteralString

import psycopg
from psycopg import sql

import dbkit.migrate
from dbkit.migrate.bookkeeping import TABLES
from dbkit.migrate.line import Line
from dbkit.migrate.place import VERSION_TABLE
from dbkit.migrate.runner import apply
from dbkit.migrate.schema import create_schema, schema_sql
from dbkit.migrate.sum import sum_text
from dbkit.testing.roles import OWNER, as_role, entities_of, grant_roles, has_roles, privileges_text
from dbkit.types.errors import ConfigurationInvalid

if TYPE_CHECKING:
    from dbkit.migrate.roles.grants import Entities
    from dbkit.testing.setup import Setup

__all__ = ["Blueprint", "blueprint_of"]

# Changed where a template is made in another way, so that none of the old ones is taken for a new one.
_FORMAT = b"3"
# What runs revisions, and what makes roles.
_PARTS = (".", "checkpoints", "running", "roles")
_TABLES: LiteralString = """
    SELECT nspname, relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'p') AND NOT relispartition AND relname <> ALL (%s)
      AND nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
"""


@dataclass(frozen=True)
class Blueprint:
    """A schema: `digest` names everything that it is made from, and `build` makes it in an empty database of a URL."""

    digest: str
    build: Callable[[str], None]


def blueprint_of(setup: Setup, schema: str) -> Blueprint:
    """Return the blueprint for what a setup and a marker's `schema` say.

    The line is applied as the owner of the tables, who is no superuser, and services get their grants;
    where the server's role is no superuser, it owns the tables itself.

    Raises `RevisionUnknown` where no line has the revision, and `ConfigurationInvalid` where the line
    is none.
    """
    if schema == "empty":
        return Blueprint(_digest(()), _nothing)
    lines = [Line.read(folder) for folder in setup.lines]
    is_head = schema == "head"
    if not is_head:
        lines = _up_to(schema, lines)
    metadata = setup.metadata if is_head else ()
    is_emptied = is_head and not setup.keeps_rows
    parts = [sum_text(line).encode() for line in lines] + [schema_sql(each).encode() for each in metadata]

    def make(url: str) -> None:
        for line, folder in zip(lines, setup.lines, strict=False):
            if line.head is not None:
                apply(url, to=line.head.id, line=folder)
        for each in metadata:
            create_schema(url, metadata=each)
        if is_emptied:
            _empty(url)

    if not parts:
        return Blueprint(_digest((str(is_emptied).encode(),)), _nothing)
    parts.append(privileges_text(entities_of(setup)).encode())
    build = partial(_build_as_owner, make, entities_of(setup))
    return Blueprint(_digest((*_runner(), *parts, str(is_emptied).encode())), build)


def _build_as_owner(make: Callable[[str], None], entities: Entities, url: str) -> None:
    if not has_roles(url):
        make(url)
        return
    # Once for the schema itself, and once for the tables.
    grant_roles(url, entities)
    make(as_role(url, OWNER))
    grant_roles(url, entities)


def _up_to(name: str, lines: list[Line]) -> list[Line]:
    """Return the lines up to a revision, which is looked for in the last line first."""
    if not lines:
        raise ConfigurationInvalid(f"there is no line with a revision {name!r}", advice="Name lines in the setup.")
    *before, last = lines
    if before and not any(name in (each.id, each.slug) for each in last.revisions):
        return _up_to(name, before)
    place = last.position[last.find(name).id]
    return [*before, replace(last, revisions=last.revisions[: place + 1])]


def _runner() -> Iterator[bytes]:
    """Give the code that runs revisions and makes roles: what comes of them follows from it as well."""
    for part in _PARTS:
        for path in sorted((Path(dbkit.migrate.__file__).parent / part).glob("*.py")):
            yield path.read_bytes()


def _digest(parts: tuple[bytes, ...]) -> str:
    digest = hashlib.sha256(_FORMAT)
    for part in parts:
        # The length in front keeps the end of one part from passing for the start of the next.
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:20]


def _empty(url: str) -> None:
    """Remove all rows but those of the version table and of the runner's own."""
    with psycopg.connect(url, autocommit=True) as connection:
        tables = [
            sql.Identifier(*found) for found in connection.execute(_TABLES, ([VERSION_TABLE, *TABLES],)).fetchall()
        ]
        if tables:
            connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(sql.SQL(", ").join(tables)))


def _nothing(url: str) -> None:
    """Leave the database empty."""
