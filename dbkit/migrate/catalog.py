"""The catalogue of a schema as data: what is there, in PostgreSQL's own words, in a form that compares.

Alembic's autogenerate misses triggers, functions, the expressions of checks, predicates of indexes,
collations, constraints left NOT VALID, and more. This reads them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from psycopg import Connection
from psycopg.rows import tuple_row

from dbkit.migrate.bookkeeping import RELATIONS
from dbkit.migrate.catalog_query import OBJECTS
from dbkit.migrate.catalog_rights import RIGHTS
from dbkit.migrate.fingerprint.restated import restated
from dbkit.migrate.fingerprint.views import unqualified
from dbkit.migrate.partitions.marking import RETIRED
from dbkit.migrate.place import VERSION_TABLE
from dbkit.migrate.roles.cast import OWN_POLICIES

__all__ = ["Catalog", "Difference", "differences", "not_compared"]

NOT_COMPARED: Final = (VERSION_TABLE, f"{VERSION_TABLE}_pkc", *RELATIONS)
"""The version table, the runner's own, and their indexes: they say where a database is, and belong to no revision."""

_ABSENT = "absent"
_COMMENT = "comment on "
_VIEWS = ("view ", "materialized view ")
# Their text is their author's.
_ROUTINES = ("function ", "procedure ")
_OF_PARTITIONS = re.compile(r"(?:comment on |owner of |grants on )?partition ")


def not_compared(version_table: str = VERSION_TABLE) -> tuple[str, ...]:
    """Return the relations that no revision is about, of a line that has this version table."""
    return (*NOT_COMPARED, version_table, f"{version_table}_pkc")


@dataclass(frozen=True, slots=True)
class Difference:
    """One object that two catalogues do not share: its definition in each, None where it is absent."""

    name: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        before, after = _on_one_line(self.before), _on_one_line(self.after)
        if before == after:
            before, after = repr(self.before), repr(self.after)
        return f"{self.name}: {before} -> {after}"


@dataclass(frozen=True, slots=True)
class Catalog:
    """The objects of one schema by name (`column teams.name`), each with its definition.

    Servers write equal definitions for equal objects, whatever way led there and whichever version
    they are of, 15 to 18. Left out is what no revision is about: the order of columns, object
    identifiers, statistics, tablespaces, the policies that come with dbkit's roles, the names of NOT
    NULL constraints, and what belongs to extensions; unless asked for, owners and grants as well.
    `relations` has the relation that an object belongs to, by the names of those that do.
    """

    objects: Mapping[str, str]
    relations: Mapping[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    def read(
        cls, connection: Connection[Any], *, without: Collection[str] = NOT_COMPARED, rights: bool = False
    ) -> Catalog:
        """Read the schema that the connection's search_path finds first, in one query; with `rights`, in two.

        `without` names relations to leave out, with all that belongs to them. Rights are owners and
        grants. psycopg's errors pass.
        """
        objects: dict[str, str] = {}
        relations: dict[str, str] = {}
        left_out = {"without": list(without), "policies": list(OWN_POLICIES)}
        with connection.cursor(row_factory=tuple_row) as cursor:
            for query in (OBJECTS, RIGHTS) if rights else (OBJECTS,):
                for name, definition, relation, comment in cursor.execute(query, left_out):
                    objects[name] = _in_one_form(name, definition)
                    if comment is not None:
                        objects[f"{_COMMENT}{name}"] = comment
                    if relation is not None:
                        relations |= {name: relation, f"{_COMMENT}{name}": relation}
        return cls(MappingProxyType(objects), MappingProxyType(relations))

    def without_partitions(self) -> Catalog:
        """Return the catalogue without partitions and what belongs to them: maintenance makes and drops those."""
        return self.only(lambda name: not _OF_PARTITIONS.match(name))

    def without_dated_partitions(self) -> Catalog:
        """Return the catalogue without partitions other than default ones, which maintenance leaves alone.

        Without those, too, that maintenance has retired.
        """
        dated = {
            relation
            for name, relation in self.relations.items()
            if (name == f"partition {relation}" and " FOR VALUES " in self.objects.get(name, ""))
            or self.objects.get(f"{_COMMENT}table {relation}", "").startswith(RETIRED)
        }
        return self.only(lambda name: self.relations.get(name) not in dated)

    def only(self, wanted: Callable[[str], bool]) -> Catalog:
        """Return the catalogue of the objects whose names are wanted."""
        kept = {name: definition for name, definition in self.objects.items() if wanted(name)}
        return Catalog(MappingProxyType(kept), self.relations)

    def compare(self, other: Catalog) -> list[Difference]:
        """Return what differs in `other`, by name."""
        return [
            Difference(name, self.objects.get(name), other.objects.get(name))
            for name in sorted(self.objects.keys() | other.objects.keys())
            if self.objects.get(name) != other.objects.get(name)
        ]


def differences(a: Catalog, b: Catalog) -> list[str]:
    """Return one line for each object that differs: its name, its definition in `a`, its definition in `b`."""
    return [str(difference) for difference in a.compare(b)]


def _in_one_form(name: str, definition: str) -> str:
    """Return a definition in the words that it has on every version, and after every dump."""
    if name.startswith(_ROUTINES):
        return definition
    return restated(unqualified(definition) if name.startswith(_VIEWS) else definition)


def _on_one_line(definition: str | None) -> str:
    return _ABSENT if definition is None else " ".join(definition.split())
