# Generated from dbkit/ingest/_async/storing.py by tools/unasync.py; edit that file instead.
"""Storing a batch: what the database takes, and row by row what it refuses for good."""

from __future__ import annotations

import logging
from typing import Any

from dbkit.ingest.records import by_entity, entity_of
from dbkit.ingest.report import Refusal, Tally
from dbkit.types.errors import EntityError, ReferenceMissing
from dbkit.types.value import Value

__all__ = ["store"]

_logger = logging.getLogger("dbkit.ingest")


def store(database: Any, rows: list[Value], tally: Tally) -> None:
    """Store rows, each once, and count them; a row that is refused for good is told, and the others are stored.

    Raises what else stands in the way, when some of the rows may be stored already; storing them again does no harm.
    """
    for name, run in by_entity(rows):
        refused = _store_run(getattr(database, name), run, tally)
        if refused:
            _logger.warning("%d of %d rows were refused, the first one: %s", len(refused), len(run), refused[0])


def _store_run(repository: Any, rows: list[Value], tally: Tally) -> list[Refusal]:
    parts, refused = [rows], list[Refusal]()
    while parts:
        part = parts.pop()
        try:
            tally.store(len(part), repository.append_many(part))
        except EntityError as error:
            wrong, rest = _parted(part, error)
            parts += reversed(rest)
            for row in wrong:
                refused.append(_refusal(row, error))
                tally.refuse(refused[-1])
    return refused


def _parted(rows: list[Value], error: EntityError) -> tuple[list[Value], list[list[Value]]]:
    """Return the rows at fault, and the parts that the others make, in order."""
    if error.row is None:
        if len(rows) == 1:
            return rows, []
        return [], [rows[: len(rows) // 2], rows[len(rows) // 2 :]]
    wrong = rows[error.row]
    if isinstance(error, ReferenceMissing) and error.fields:
        # All that refer to the same absent row: a deleted operation has many lines.
        reference = _reference(wrong, error.fields)
        same = [row for row in rows if _reference(row, error.fields) == reference]
        others = [row for row in rows if _reference(row, error.fields) != reference]
        return same, [others] if others else []
    parts = (rows[: error.row], rows[error.row + 1 :])
    return [wrong], [part for part in parts if part]


def _reference(row: Value, fields: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(row, field) for field in fields)


def _refusal(row: Value, error: EntityError) -> Refusal:
    entity = entity_of(type(row))
    assert entity is not None
    key = entity.key_of(row) or {}
    return Refusal(entity.name, key, error.code, error.constraint, error.fields, row)
