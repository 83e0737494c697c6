"""Rows as records of the spool, and the entities that they are of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Any

from dbkit.ingest.errors import SpoolDamaged
from dbkit.models.entity import Entity, known_entities
from dbkit.types.errors import ValueInvalid
from dbkit.types.value import Value

__all__ = ["by_entity", "entity_of", "record_of", "require_appended", "row_of"]

_APPEND = "append_many"


def require_appended(database: Any, row: Value) -> None:
    """Raise `ValueInvalid` for a value of which the database's entities have no `append_many`."""
    entity = entity_of(type(row))
    if entity is None or not hasattr(getattr(database, entity.name, None), _APPEND):
        raise ValueInvalid(
            f"{type(row).__name__} is nothing that pours in",
            advice="Write new values of entities that have the operation append_many: NewUsageEvent, NewOperationLog.",
        )


@cache
def entity_of(kind: type[Value]) -> Entity[Any, Any, Any] | None:
    """Return the entity whose new values are of this class, or None."""
    return next((entity for entity in known_entities() if entity.new is kind), None)


def by_entity(rows: Iterable[Value]) -> Iterator[tuple[str, list[Value]]]:
    """Yield runs of rows of one table, in order."""
    for kind, run in groupby(rows, key=type):
        entity = entity_of(kind)
        assert entity is not None, kind
        yield entity.name, list(run)


def record_of(row: Value) -> bytes:
    """Return a row as it is spooled: its table's name and its JSON."""
    entity = entity_of(type(row))
    assert entity is not None, type(row)
    return entity.name.encode() + b" " + row.model_dump_json().encode()


def row_of(record: bytes) -> Value:
    """Return the row of a record; raises `SpoolDamaged` where this code knows no such row."""
    name, _, text = record.partition(b" ")
    entity = next((each for each in known_entities() if each.name == name.decode(errors="replace")), None)
    try:
        if entity is not None:
            row: Value = entity.new.model_validate_json(text)
            return row
    except ValueError:
        pass
    raise SpoolDamaged("a row of the spool is of another version of this code")
