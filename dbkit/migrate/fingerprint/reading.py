"""What is read of a database to compare it, and what of that is compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, LiteralString

import psycopg

from dbkit.migrate.catalog import NOT_COMPARED, Catalog
from dbkit.migrate.fingerprint.rights import described_cast, differences_of_rights
from dbkit.migrate.fingerprint.sight import require_sight
from dbkit.migrate.line import Line
from dbkit.migrate.lock import holder
from dbkit.migrate.place import Place
from dbkit.migrate.session import Connection, Session, Target, failure

__all__ = ["OWNER_OF", "Aspects", "Live", "read_live", "read_made", "read_schema"]

_PROGRAM: Final = "dbkit migrate check"
_OWNER: LiteralString = "SELECT relowner::regrole::text FROM pg_class WHERE oid = to_regclass(%s)"
OWNER_OF: Final = "owner of "
_GRANTS_ON: Final = "grants on "


@dataclass(frozen=True, slots=True)
class Aspects:
    """What is compared beside the schema itself: dated partitions, owners, grants; and the prefix of dbkit's roles.

    Where the version table belongs to the owner among these, owners and grants are compared with what `dbkit db roles`
    makes.
    """

    partitions: bool = False
    owners: bool = False
    grants: bool = False
    prefix: str = "dbkit"


@dataclass(frozen=True, slots=True)
class Live:
    """What a live database is: where on the line, what it has, what is wrong with its roles, who changes it right now.

    `owner` is that of the version table; `rights` is None where its roles are not dbkit's.
    """

    schema: str
    place: Place
    catalog: Catalog
    major: int
    owner: str | None
    rights: tuple[str, ...] | None
    held_by: str | None


def read_live(target: Target, line: Line, aspects: Aspects, models: str | None) -> Live:
    """Read a live database, changing nothing.

    Raises `PermissionDenied` where the role does not see all of it, what `Place.read` raises, and
    what a connection does.
    """
    try:
        with Session(target, _PROGRAM) as session:
            require_sight(session.connection, line.version_table)
            place = Place.read(session.connection, line)
            owner = _owner(session, line)
            cast = described_cast(session.connection, aspects.prefix, owner) if models else None
            rights = None if cast is None else tuple(map(str, differences_of_rights(session, cast, models or "")))
            catalog = _catalog(session.connection, line, aspects)
            if rights is not None:
                # Held against the roles instead.
                catalog = catalog.only(lambda name: not name.startswith((OWNER_OF, _GRANTS_ON)))
            by = holder(session, line.version_table)
            return Live(session.schema, place, catalog, _major(session), owner, rights, str(by) if by else None)
    except psycopg.Error as error:
        failed = error
    raise failure(failed)


def read_schema(target: Target, line: Line, aspects: Aspects) -> tuple[str, Catalog]:
    """Read a live database wherever it is, on a line or on none: its schema's name, and what that has.

    Raises `PermissionDenied` where the role does not see all of it, and what a connection does.
    """
    try:
        with Session(target, _PROGRAM) as session:
            require_sight(session.connection, line.version_table)
            return session.schema, _catalog(session.connection, line, aspects)
    except psycopg.Error as error:
        failed = error
    raise failure(failed)


def read_made(target: Target, line: Line, aspects: Aspects) -> tuple[Catalog, int]:
    """Read a scratch database: what it has, of what is compared, and which version of PostgreSQL it is on."""
    try:
        with Session(target, _PROGRAM) as session:
            return _catalog(session.connection, line, aspects), _major(session)
    except psycopg.Error as error:
        failed = error
    raise failure(failed)


def _major(session: Session) -> int:
    return session.connection.info.server_version // 10_000


def _owner(session: Session, line: Line) -> str | None:
    found = session.connection.execute(_OWNER, (line.version_table.within(),)).fetchone()
    return None if found is None else str(found[0])


def _catalog(connection: Connection, line: Line, aspects: Aspects) -> Catalog:
    table = line.version_table.name
    with_rights = aspects.owners or aspects.grants
    catalog = Catalog.read(connection, without=(*NOT_COMPARED, table, f"{table}_pkc"), rights=with_rights)
    if not aspects.partitions:
        catalog = catalog.without_dated_partitions()
    left_out = tuple(
        prefix for prefix, wanted in ((OWNER_OF, aspects.owners), (_GRANTS_ON, aspects.grants)) if not wanted
    )
    return catalog.only(lambda name: not name.startswith(left_out)) if left_out else catalog
