"""Grants as facts: those that entities' verbs call for, which can be compared with those of a server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from dbkit.migrate.bookkeeping import HISTORY, PROGRESS, SERVICES, STEPS
from dbkit.migrate.place import VERSION_TABLE
from dbkit.migrate.roles.cast import Cast
from dbkit.migrate.roles.tenants import Tenancy, holds_bytes
from dbkit.models.commit_token import CommitTokenModel
from dbkit.models.entity import Entity, Verb

__all__ = [
    "PUBLIC",
    "Entities",
    "Grant",
    "Place",
    "Relation",
    "is_known",
    "of_new_table",
    "people_read",
    "privileges_of",
    "wanted_grants",
]

PUBLIC: Final = ""
"""In place of a role's name: everybody."""

_READS: Final = frozenset({"SELECT"})
_APPENDS: Final = frozenset({"SELECT", "INSERT"})
_NOTHING: Final[frozenset[str]] = frozenset()
_CALLS_FOR: Final[Mapping[Verb, frozenset[str]]] = {
    Verb.CREATE: _APPENDS,
    Verb.CREATE_MANY: _APPENDS,
    Verb.UPDATE: frozenset({"SELECT", "UPDATE"}),
    Verb.UPSERT: frozenset({"SELECT", "INSERT", "UPDATE"}),
    Verb.RESTORE: frozenset({"SELECT", "UPDATE"}),
    Verb.PURGE: frozenset({"SELECT", "UPDATE", "DELETE"}),
}

_CHANGES: Final = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
_BESIDE_ENTITIES: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    VERSION_TABLE: (_READS, _READS),
    # Old tokens are locked before they are removed, so that nobody waits for that.
    CommitTokenModel.__tablename__: (_CHANGES, _READS),
    SERVICES: (_CHANGES, _NOTHING),
    HISTORY: (_NOTHING, _READS),
    # Of the runner alone.
    STEPS: (_NOTHING, _NOTHING),
    PROGRESS: (_NOTHING, _NOTHING),
}
"""What services, and the reader, have on dbkit's own tables, which are no entity's."""

Entities = Mapping[str, Entity[Any, Any, Any]]
"""Entities by the names of their tables."""


class Place(StrEnum):
    """What a privilege is for."""

    DATABASE = "database"
    SCHEMA = "schema"
    NEW_TABLES = "new tables"
    TABLE = "table"
    COLUMN = "column"


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """A privilege of a role, or of everybody. `name` and `column` are empty where the place has none."""

    place: Place
    name: str
    column: str
    role: str
    privilege: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A table of a schema, and the partitioned one that it is a part of, if any."""

    name: str
    parent: str | None = None


def privileges_of(entity: Entity[Any, Any, Any]) -> frozenset[str]:
    """Return what a role needs on an entity's table to call its verbs, and nothing else.

    To lock a row PostgreSQL asks for UPDATE. It is there where rows can be removed, for many are
    locked before that; who could put another row in the place of a removed one can do no more by it.
    """
    removes = frozenset({"UPDATE"} if entity.is_soft_deleted else {"UPDATE", "DELETE"})
    calls_for = {**_CALLS_FOR, Verb.DELETE: _READS | removes}
    return _READS.union(*(calls_for.get(verb, _READS) for verb in entity.verbs))


def wanted_grants(cast: Cast, relations: Mapping[str, Relation], entities: Entities) -> frozenset[Grant]:
    """Return the grants that a database with these tables is to have; none on tables that are no entity's."""
    grants = {*_around(cast), *_on_new_tables(cast)}
    for_people = people_read(cast, entities)
    for relation in relations.values():
        for role, privileges in _on(relation, cast, entities, for_people).items():
            grants.update(Grant(Place.TABLE, relation.name, "", role, privilege) for privilege in privileges)
    return frozenset(grants)


def people_read(cast: Cast, entities: Entities) -> frozenset[str]:
    """Return the tables that people may read: those without secrets and, where there are tenants, with rows of one."""
    readable = frozenset(name for name, entity in entities.items() if not holds_bytes(entity.table))
    tenancy = Tenancy(entities.values())
    return readable if cast.every_tenant or not tenancy else readable & tenancy.sights.keys()


def is_known(relation: Relation, entities: Entities) -> bool:
    """Tell whether it is said what roles may do with a table."""
    return (relation.parent or relation.name) in entities or relation.name in _BESIDE_ENTITIES


def of_new_table(cast: Cast) -> Mapping[str, frozenset[str]]:
    """Return what a table has when it is made: enough to append and to read, in case it may not be changed."""
    return {cast.service: _APPENDS, cast.reader: _READS}


def _around(cast: Cast) -> Iterator[Grant]:
    yield Grant(Place.DATABASE, "", "", cast.owner, "TEMPORARY")
    yield from (Grant(Place.SCHEMA, "", "", cast.owner, privilege) for privilege in ("USAGE", "CREATE"))
    yield Grant(Place.DATABASE, "", "", cast.migrator, "CONNECT")
    for role in (cast.service, cast.reader, cast.people):
        yield Grant(Place.DATABASE, "", "", role, "CONNECT")
        yield Grant(Place.SCHEMA, "", "", role, "USAGE")


def _on_new_tables(cast: Cast) -> Iterator[Grant]:
    for role, privileges in of_new_table(cast).items():
        yield from (Grant(Place.NEW_TABLES, "", "", role, privilege) for privilege in privileges)


def _on(relation: Relation, cast: Cast, entities: Entities, for_people: frozenset[str]) -> Mapping[str, frozenset[str]]:
    if relation.name in _BESIDE_ENTITIES:
        of_services, of_reader = _BESIDE_ENTITIES[relation.name]
        return {cast.service: of_services, cast.reader: of_reader}
    if relation.parent is not None:
        # Calls go through the parent, whose grants count; maintenance makes partitions, with those of a new table.
        return of_new_table(cast) if relation.parent in entities else {}
    entity = entities.get(relation.name)
    if entity is None:
        return {}
    of_people = _READS if relation.name in for_people else _NOTHING
    return {cast.service: privileges_of(entity), cast.reader: _READS, cast.people: of_people}
