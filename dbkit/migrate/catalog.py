"""The catalogue of a schema as data: what is there, in PostgreSQL's own words, in a form that compares.

Alembic's autogenerate misses triggers, functions, the expressions of checks, predicates of indexes,
collations, constraints left NOT VALID, and more. This reads them all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from psycopg import Connection
from psycopg.rows import tuple_row

from dbkit.migrate.bookkeeping import RELATIONS
from dbkit.migrate.catalog_query import OBJECTS
from dbkit.migrate.place import VERSION_TABLE
from dbkit.migrate.roles.cast import OWN_POLICIES

__all__ = ["Catalog", "Difference", "differences"]

NOT_COMPARED: Final = (VERSION_TABLE, f"{VERSION_TABLE}_pkc", *RELATIONS)
"""The version table, the runner's own, and their indexes: they say where a database is, and belong to no revision."""

_ABSENT = "absent"
_PARTITION = "partition "
_COMMENT = "comment on "


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

    Two servers of one version write equal definitions for equal objects, whatever way led there.
    Left out is what no revision is about: the order of columns, object identifiers, statistics,
    owners, grants and the policies that come with them, the names of NOT NULL constraints, and what
    belongs to extensions.
    """

    objects: Mapping[str, str]

    @classmethod
    def read(cls, connection: Connection[Any], *, without: Collection[str] = NOT_COMPARED) -> Catalog:
        """Read the schema that the connection's search_path finds first, in one query.

        `without` names relations to leave out, with all that belongs to them. psycopg's errors pass.
        """
        objects: dict[str, str] = {}
        with connection.cursor(row_factory=tuple_row) as cursor:
            left_out = {"without": list(without), "policies": list(OWN_POLICIES)}
            for name, definition, comment in cursor.execute(OBJECTS, left_out):
                objects[name] = definition
                if comment is not None:
                    objects[f"{_COMMENT}{name}"] = comment
        return cls(MappingProxyType(objects))

    def without_partitions(self) -> Catalog:
        """Return the catalogue without partitions and what belongs to them: maintenance makes and drops those."""
        kept = {
            name: definition
            for name, definition in self.objects.items()
            if not name.removeprefix(_COMMENT).startswith(_PARTITION)
        }
        return Catalog(MappingProxyType(kept))

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


def _on_one_line(definition: str | None) -> str:
    return _ABSENT if definition is None else " ".join(definition.split())
