"""Where a database stands on the line of revisions, and what its revisions need."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import psycopg

from dbkit.doctor.facts import Maybe, SchemaState
from dbkit.doctor.unanswered import unanswered
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.place import Place
from dbkit.types.errors import DbkitError

__all__ = ["extensions_of", "schema_state"]

_EXTENSION = re.compile(r"\b(CREATE|DROP)\s+EXTENSION\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?\"?([\w-]+)\"?", re.IGNORECASE)


def schema_state(connection: psycopg.Connection[Any], line: Line) -> Maybe[SchemaState]:
    """Return where the database stands on the line; the transaction goes on whatever is found."""
    try:
        with connection.transaction():
            place = Place.read(connection, line)
    except DbkitError as error:
        return SchemaState(None, error, ())
    except psycopg.Error as error:
        return unanswered(error, "needs SELECT on alembic_version")
    return SchemaState(place, None, extensions_of(place.applied))


def extensions_of(revisions: Iterable[Revision]) -> tuple[str, ...]:
    """Return the extensions that revisions create and none of them drops again."""
    created: dict[str, bool] = {}
    for revision in revisions:
        for verb, name in _EXTENSION.findall(_upgrade_of(revision)):
            created[name] = verb.upper() == "CREATE"
    return tuple(name for name, is_there in created.items() if is_there)


def _upgrade_of(revision: Revision) -> str:
    """Return the source of what applies a revision, without what takes it back."""
    return revision.path.read_text(encoding="utf-8").partition("\ndef downgrade(")[0]
