"""What an entity-relationship diagram shows, read from the models' metadata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Column, ForeignKeyConstraint, Table

from dbkit.migrate.sql_names import type_of
from dbkit.models.areas import AREAS, Area
from dbkit.models.unique import unique_keys_of

__all__ = ["Box", "Diagram", "Frame", "Reference", "Row", "diagram", "of_area", "of_models", "references_of"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key. Its last column tells its role; the ones before it are the tenant's."""

    name: str
    source: str
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]
    on_delete: str
    is_deferrable: bool
    is_optional: bool
    is_unique: bool

    @property
    def column(self) -> str:
        """The column that it starts from in a picture."""
        return self.columns[-1]

    def __str__(self) -> str:
        own, other = ", ".join(self.columns), ", ".join(self.target_columns)
        deferred = ", deferred" if self.is_deferrable else ""
        return f"{self.source} ({own}) → {self.target} ({other}), ON DELETE {self.on_delete}{deferred}"


@dataclass(frozen=True, slots=True)
class Row:
    """A column that a box shows: of the primary key, or where a foreign key starts."""

    name: str
    type: str
    is_key: bool
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A table."""

    name: str
    rows: tuple[Row, ...]
    columns: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Tables that belong together; `is_outside` marks those that are only referred to."""

    title: str
    boxes: tuple[Box, ...]
    is_outside: bool = False


@dataclass(frozen=True)
class Diagram:
    """Frames of tables, and the foreign keys between them."""

    title: str
    frames: tuple[Frame, ...]
    references: tuple[Reference, ...]

    @cached_property
    def boxes(self) -> Mapping[str, Box]:
        """All boxes by name."""
        return {box.name: box for frame in self.frames for box in frame.boxes}


def of_models() -> Diagram:
    """Return the diagram of dbkit's own models."""
    return diagram("dbkit's schema", {area.heading: [entity.table for entity in AREAS[area]] for area in Area})


def of_area(area: Area) -> Diagram:
    """Return the diagram of one area; tables of other areas that its foreign keys point to are names alone."""
    return diagram(area.heading, {area.heading: [entity.table for entity in AREAS[area]]})


def diagram(title: str, groups: Mapping[str, Sequence[Table]]) -> Diagram:
    """Return the diagram of these tables, and of what they refer to."""
    tables = [table for group in groups.values() for table in group]
    references = tuple(reference for table in tables for reference in references_of(table))
    inside = {table.name for table in tables}
    outside = dict.fromkeys(reference.target for reference in references if reference.target not in inside)
    frames = [Frame(name, tuple(_box(table) for table in group)) for name, group in groups.items()]
    if outside:
        frames.append(Frame("Elsewhere", tuple(Box(name, (), 0) for name in outside), is_outside=True))
    return Diagram(title, tuple(frames), references)


def references_of(table: Table) -> list[Reference]:
    """Return a table's foreign keys, in the order of its columns."""
    place = list(table.c.keys())
    found = [_reference(constraint) for constraint in table.foreign_key_constraints]
    return sorted(found, key=lambda reference: (place.index(reference.column), reference.name))


def _reference(constraint: ForeignKeyConstraint) -> Reference:
    table = constraint.table
    columns = tuple(constraint.column_keys)
    unique = (key.fields for key in unique_keys_of(table).values() if key.predicate is None)
    return Reference(
        name=str(constraint.name or f"fk_{table.name}_{columns[-1]}"),
        source=table.name,
        columns=columns,
        target=constraint.referred_table.name,
        target_columns=tuple(element.column.name for element in constraint.elements),
        on_delete=constraint.ondelete or "NO ACTION",
        is_deferrable=bool(constraint.deferrable),
        is_optional=any(table.c[name].nullable for name in columns),
        is_unique=any(set(fields) <= set(columns) for fields in unique),
    )


def _box(table: Table) -> Box:
    key = [column.name for column in table.primary_key]
    foreign = [reference.column for reference in references_of(table)]
    names = _distinct([*key, *foreign])
    rows = (_row(table.c[name], is_key=name in key) for name in names)
    return Box(table.name, tuple(rows), len(table.c))


def _row(column: Column[Any], *, is_key: bool) -> Row:
    kind = type_of(column, collation=False)
    return Row(column.name, kind, is_key=is_key, is_optional=bool(column.nullable))


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
