"""Compare a database's roles and grants with those that the entities call for, and make them so."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final, LiteralString

import psycopg

from dbkit.migrate.databases import located
from dbkit.migrate.lock import Holder, RunnerLock
from dbkit.migrate.models import metadata_of
from dbkit.migrate.roles.cast import Cast
from dbkit.migrate.roles.differences import Difference, differences_of_grants, differences_of_roles
from dbkit.migrate.roles.grants import Entities, Place, is_known, wanted_grants
from dbkit.migrate.roles.held import Held
from dbkit.migrate.roles.policies import differences_of_policies, is_guarded, sights
from dbkit.migrate.roles.tenants import Tenancy
from dbkit.migrate.session import Session, failure
from dbkit.migrate.stop import Stop
from dbkit.models.entity import known_entities
from dbkit.types.errors import DbkitError, LockNotAvailable, PermissionDenied

__all__ = ["PATIENCE_SECONDS", "Audit", "apply_roles", "audit_roles", "entities_of"]

PATIENCE_SECONDS: Final = 60.0
"""How long it is waited for tables that are in use, and for a runner of revisions."""

_PROGRAM: Final = "dbkit db roles"
_PAUSE_SECONDS: Final = 0.3
_PASSING: Final = (
    psycopg.errors.LockNotAvailable,
    # Somebody else makes the same roles, which are the whole server's, or grants something on the same object.
    psycopg.errors.UniqueViolation,
    psycopg.errors.DuplicateObject,
    psycopg.errors.InternalError_,
)
_LACKS_RIGHTS: Final = (
    "Run it as a superuser, or as a role with CREATEROLE that owns the database and all that is in the schema."
)
_LACKS_BYPASSRLS: Final = (
    "Only a superuser gives BYPASSRLS, without which services cannot COPY into tables with policies; from PostgreSQL 16"
    " on a role with CREATEROLE that has it, too. Run it as such a role, or say --every-tenant: then there are none."
)
_IN_USE: Final = "Nothing was changed. Run it again when no long transaction uses the tables."
_OUTSIDER: LiteralString = """
    SELECT current_user FROM pg_roles
    WHERE rolname = current_user AND NOT rolsuper AND NOT pg_has_role(current_user, %s, 'USAGE')
"""

Privileges = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """What was compared: `wanted` and `held` are privileges by table and role; `mended` is what was changed.

    Of a table that is no entity's nothing is wanted, and it is not among `wanted`. `seen` says of which rows
    people see a table's, `unguarded` are those of its tables where the server sees to something else.
    """

    database: str
    schema: str
    roles: tuple[str, ...]
    wanted: Mapping[str, Mapping[str, Privileges]]
    held: Mapping[str, Mapping[str, Privileges]]
    seen: Mapping[str, str]
    unguarded: frozenset[str]
    differences: tuple[Difference, ...]
    mended: tuple[Difference, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON document."""
        return {
            "database": self.database,
            "schema": self.schema,
            "roles": list(self.roles),
            "tables": {
                table: {
                    role: {"wanted": _list(self.wanted, table, role), "held": list(held)} for role, held in row.items()
                }
                for table, row in self.held.items()
            },
            "tenants": {
                table: {"people_see": words, "guarded": table not in self.unguarded}
                for table, words in self.seen.items()
            },
            "differences": [{"what": each.what, "statement": each.statement} for each in self.differences],
            "mended": [{"what": each.what, "statement": each.statement} for each in self.mended],
        }


def entities_of(models: str) -> Entities:
    """Return the entities of the models that `module:name` names, by table."""
    tables = metadata_of(models).tables.values()
    return {entity.name: entity for entity in known_entities() if any(entity.table is table for table in tables)}


def audit_roles(url: str | None, cast: Cast, entities: Entities) -> Audit:
    """Compare, and change nothing. Raises what a connection raises."""
    cast = _fitting(cast, entities)
    with _session(url) as session:
        return _audit(cast, _read(session, cast), entities)


def apply_roles(
    url: str | None, cast: Cast, entities: Entities, *, patience_seconds: float = PATIENCE_SECONDS
) -> Audit:
    """Make roles and grants what they are to be, in one transaction, and tell what was changed.

    It keeps out while revisions are being applied. Tables that change their owner are locked for the
    rest of the transaction, all or none, without anybody who waits for that; while one is in use, it
    is tried again until patience is over. Raises `PermissionDenied` where the role may not,
    `LockNotAvailable` where a table is still in use, `RunnerBusy`; then nothing has been changed.
    """
    cast = _fitting(cast, entities)
    stop = Stop()
    with _session(url) as guard, RunnerLock(guard).held(stop, patience_seconds, _patient):
        deadline = time.monotonic() + patience_seconds
        while True:
            try:
                with Session(guard.target, _PROGRAM) as session:
                    return _attempt(session, cast, entities)
            except _StatementError as error:
                failed = error
            if not failed.passes or time.monotonic() >= deadline:
                raise failed.told()
            stop.pause(random.uniform(_PAUSE_SECONDS / 2, _PAUSE_SECONDS))  # noqa: S311 (so that several do not march in step)


def _fitting(cast: Cast, entities: Entities) -> Cast:
    """Return the cast for entities that may know of no tenants."""
    return cast if Tenancy(entities.values()) else replace(cast, every_tenant=True)


def _attempt(session: Session, cast: Cast, entities: Entities) -> Audit:
    with session.connection.transaction():
        mended = _mend(session, cast, entities)
        left = _audit(cast, _read(session, cast), entities)
    return replace(left, mended=tuple(mended))


def _mend(session: Session, cast: Cast, entities: Entities) -> list[Difference]:
    held = _read(session, cast)
    tables = _locked(cast, held, entities)
    if tables:
        lock = f"LOCK TABLE {', '.join(f'ONLY {table}' for table in tables)} IN ACCESS EXCLUSIVE MODE NOWAIT"
        _execute(session, lock, "locking the tables that change their owner or their policies")
    of_roles = differences_of_roles(cast, held)
    _run(session, of_roles)
    found = session.connection.execute(_OUTSIDER, (cast.owner,)).fetchone()
    # Who is no superuser hands objects only to a role that it is a member of.
    joined = [] if found is None else [_joining(cast, str(found[0]))]
    held = _read(session, cast)
    of_tables = [*differences_of_grants(cast, held, entities), *differences_of_policies(cast, held, entities)]
    _run(session, [*joined, *of_tables])
    return [*of_roles, *joined, *of_tables]


def _locked(cast: Cast, held: Held, entities: Entities) -> list[str]:
    """Return the tables that mending locks against all others, as SQL names them."""
    handed_over = [each.name.removeprefix("TABLE ") for each in held.foreign if each.name.startswith("TABLE ")]
    guarded = [each.locks for each in differences_of_policies(cast, held, entities) if each.locks]
    return sorted({*handed_over, *guarded})


def _joining(cast: Cast, role: str) -> Difference:
    quoted = role.replace('"', '""')
    return Difference(f"{role} is no member of {cast.owner}", f'GRANT "{cast.owner}" TO "{quoted}"')


def _run(session: Session, differences: list[Difference]) -> None:
    for difference in differences:
        _execute(session, difference.statement, difference.statement)


def _execute(session: Session, statement: str, shown_as: str) -> None:
    try:
        session.connection.execute(statement.encode())
    except psycopg.Error as error:
        failed = _StatementError(error, shown_as)
    else:
        return
    raise failed


class _StatementError(Exception):
    """The server refused a statement of the transaction."""

    def __init__(self, error: psycopg.Error, shown_as: str) -> None:
        super().__init__(type(error).__name__)
        self._error = error
        self._shown_as = shown_as

    @property
    def passes(self) -> bool:
        """Whether it may be over soon."""
        return isinstance(self._error, _PASSING)

    def told(self) -> DbkitError:
        """Return the typed error, with what failed in front."""
        error = failure(self._error)
        error.happened = f"{self._shown_as}: {error.happened}"
        if isinstance(error, PermissionDenied):
            error.to_do = _LACKS_BYPASSRLS if "BYPASSRLS" in self._shown_as else _LACKS_RIGHTS
        if isinstance(error, LockNotAvailable):
            error.to_do = _IN_USE
        return error


def _read(session: Session, cast: Cast) -> Held:
    return Held.read(session.connection, session.database, session.schema, cast)


def _audit(cast: Cast, held: Held, entities: Entities) -> Audit:
    differences = [
        *differences_of_roles(cast, held),
        *differences_of_grants(cast, held, entities),
        *differences_of_policies(cast, held, entities),
    ]
    seen = {table: sight for table, sight in sights(cast, entities).items() if table in held.guards}
    grants = wanted_grants(cast, held.relations, entities)
    known = [name for name, relation in held.relations.items() if is_known(relation, entities)]
    roles = (cast.service, cast.reader, cast.people)
    return Audit(
        held.database,
        held.schema,
        roles,
        {name: {role: _on(grants, name, role) for role in roles} for name in known},
        {name: {role: _on(held.grants, name, role) for role in roles} for name in held.relations},
        {table: sight.words for table, sight in seen.items()},
        frozenset(table for table, sight in seen.items() if not is_guarded(table, sight, cast, held)),
        tuple(differences),
    )


def _on(grants: Any, table: str, role: str) -> Privileges:
    return tuple(
        sorted(
            grant.privilege
            for grant in grants
            if grant.place is Place.TABLE and grant.name == table and grant.role == role
        )
    )


def _list(privileges: Mapping[str, Mapping[str, Privileges]], table: str, role: str) -> list[str] | None:
    return list(privileges[table][role]) if table in privileges else None


@contextmanager
def _session(url: str | None) -> Iterator[Session]:
    """Open a session on the database, for a block whose failures are told as typed errors."""
    with located(url) as target:
        try:
            with Session(target, _PROGRAM) as session:
                yield session
        except psycopg.Error as error:
            failed = error
        else:
            return
    raise failure(failed)


def _patient(_holder: Holder) -> None:
    """Wait in silence: who keeps it is told when patience is over."""
