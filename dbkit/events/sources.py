"""Where a field of an event comes from, as data: PostgreSQL gets it as SQL, the twin evaluates it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from sqlalchemy import Table

from dbkit.models.entity import Entity
from dbkit.types.errors import ConfigurationInvalid

__all__ = [
    "After",
    "Before",
    "Constant",
    "Differences",
    "Document",
    "Inside",
    "Now",
    "Referred",
    "Source",
    "referred_by",
]


@dataclass(frozen=True, slots=True)
class After:
    """A column of the row as the change leaves it."""

    column: str


@dataclass(frozen=True, slots=True)
class Before:
    """A column of the row as it was before the change; null for a row that is new."""

    column: str


@dataclass(frozen=True, slots=True)
class Constant:
    """The same text for each event."""

    text: str


@dataclass(frozen=True, slots=True)
class Now:
    """The time of the transaction."""


@dataclass(frozen=True, slots=True)
class Inside:
    """A member of a JSON column, as text or as a whole number; null where it is absent.

    What is no whole number where one is wanted fails the change, with `ValueInvalid`.
    """

    column: str
    member: str
    kind: type[str] | type[int] = str


@dataclass(frozen=True, slots=True)
class Differences:
    """Where two versions of a JSON column differ, as JSON Pointers in order: what was added, removed or changed.

    Objects are compared member by member, all else as a whole.
    """

    column: str
    kind: Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True, eq=False)
class Referred:
    """A column of the row that a foreign key refers to; null where there is none.

    `by` names the columns of that key, where the entity has several keys to the same table.
    """

    entity: Entity[Any, Any, Any]
    column: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A JSON object."""

    members: Mapping[str, Source] = field(default_factory=dict)


Source: TypeAlias = After | Before | Constant | Now | Inside | Differences | Referred | Document


def referred_by(source: Referred, table: Table) -> dict[str, str]:
    """Return the columns of a table by the columns that they refer to, or raise `ConfigurationInvalid`."""
    keys = [
        {element.column.name: element.parent.name for element in key.elements}
        for key in table.foreign_key_constraints
        if key.referred_table is source.entity.table and (not source.by or set(key.column_keys) == set(source.by))
    ]
    if len(keys) != 1:
        raise ConfigurationInvalid(
            f"{len(keys)} foreign keys of {table.name} refer to {source.entity.name}",
            advice="Name the columns of the one that is meant: Referred(..., by=(...)).",
        )
    return keys[0]
