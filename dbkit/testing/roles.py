"""Roles of the tests' server: lines are applied as the owner of their tables, and calls can be made as a service."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final, LiteralString
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

from dbkit.migrate.roles.audit import apply_roles
from dbkit.migrate.roles.cast import Cast
from dbkit.migrate.roles.grants import privileges_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dbkit.migrate.roles.grants import Entities
    from dbkit.testing.setup import Setup

__all__ = [
    "OWNER",
    "OWN_ROLE",
    "SERVICE",
    "acting_as",
    "as_role",
    "entities_of",
    "grant_roles",
    "has_roles",
    "privileges_text",
]

_CAST: Final = Cast("dbkit_kit", services=("caller",))

OWNER: Final = _CAST.owner
"""Who owns the tables of a test's database, as whom migrators act."""

SERVICE: Final = f"{_CAST.prefix}_caller"
"""A service: it may do what the verbs of the entities call for, and nothing else."""

OWN_ROLE: Final = "dbkit.kit_role"
"""The setting in which such a session remembers its role: to what it was set at first, `role` itself does not tell."""

_IS_SUPERUSER: LiteralString = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
_SEES_SESSIONS: LiteralString = """
    DO $$ BEGIN
        IF NOT pg_has_role('dbkit_kit_caller', 'pg_read_all_stats', 'MEMBER') THEN
            GRANT pg_read_all_stats TO dbkit_kit_caller;
        END IF;
    END $$
"""


def has_roles(url: str) -> bool:
    """Tell whether the kit makes roles on a server: where it is a superuser. Elsewhere its own role does everything."""
    with psycopg.connect(url) as connection:
        return connection.execute(_IS_SUPERUSER).fetchone() == (True,)


def grant_roles(url: str, entities: Entities) -> None:
    """Give the roles what `dbkit db roles` gives them in the database of a URL, and make those that are missing."""
    apply_roles(url, _CAST, entities)
    with psycopg.connect(url, autocommit=True) as connection, suppress(psycopg.errors.InternalError_):
        # A service sees what its own sessions wait for. These are the superuser's, for they only act as it; the
        # error is that of two processes which grant this at once.
        connection.execute(_SEES_SESSIONS)


def acting_as(role: str) -> str:
    """Return the options by which a superuser's session acts as another role, without that one's password."""
    return f"-c role={role} -c {OWN_ROLE}={role}"


def as_role(url: str, role: str) -> str:
    """Return the URL by which a superuser's session acts as another role."""
    options = f"{conninfo_to_dict(url).get('options') or ''} {acting_as(role)}".strip()
    # Of two options in a URL the last one counts.
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'options': options}, quote_via=quote)}"


def entities_of(setup: Setup) -> Entities:
    """Return the entities of a setup by table."""
    return {entity.name: entity for entity in setup.database.entities()}


def privileges_text(entities: Entities) -> str:
    """Return what services may do with each table, as text: what roles are given follows from it."""
    told: Mapping[str, list[str]] = {name: sorted(privileges_of(entity)) for name, entity in sorted(entities.items())}
    return str(told)
