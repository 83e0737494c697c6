"""Seed data in files: one JSON file for each table, an array of the rows' fields, typed through the values.

A field of bytes is written in base64. What a row leaves out has the value's default.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from pydantic import ValidationError
from sqlalchemy import LargeBinary

from dbkit.models import ENTITIES, Entity
from dbkit.seeds.world import World
from dbkit.types.errors import ConfigurationInvalid, ValueInvalid
from dbkit.types.value import Value, invalid

__all__ = ["small_world", "world_in"]


def small_world() -> World:
    """Return the small world that is part of dbkit: one organization at work, another beside it."""
    return world_in(files("dbkit.seeds").joinpath("small"))


def world_in(folder: Traversable, entities: Iterable[Entity[Any, Any, Any]] = ENTITIES) -> World:
    """Return the rows in a folder of files `<table>.json`; a table without a file has none.

    Raises `ValueInvalid` for a row that does not fit its value, naming file, row and fields, and
    `ConfigurationInvalid` for a file that is no array of objects, or of no table.
    """
    by_table = {f"{entity.name}.json": entity for entity in entities}
    found: dict[str, list[Value]] = {}
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if not file.name.endswith(".json"):
            continue
        entity = by_table.get(file.name)
        if entity is None:
            raise ConfigurationInvalid(f"{file.name} is of no table", advice="Name it after a table, or remove it.")
        rows = _rows(file)
        found[entity.name] = [_value(entity, row, f"{file.name}, row {number}") for number, row in enumerate(rows, 1)]
    return World({entity.name: found.get(entity.name, []) for entity in by_table.values()})


def _rows(file: Traversable) -> list[dict[str, Any]]:
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ConfigurationInvalid(f"{file.name} is no JSON: {error}") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ConfigurationInvalid(f"{file.name} is no array of objects")
    return rows


def _value(entity: Entity[Any, Any, Any], row: dict[str, Any], place: str) -> Value:
    for column in entity.table.c:
        if isinstance(column.type, LargeBinary) and isinstance(row.get(column.name), str):
            row = {**row, column.name: _decoded(row[column.name], entity, column.name, place)}
    refused: ValidationError | None = None
    try:
        value: Value = entity.new.model_validate(row)
    except ValidationError as error:
        refused = error
    else:
        return value
    raised = invalid(refused, entity=entity.name)
    raised.happened = f"{place}: {raised.happened}"
    raise raised


def _decoded(text: str, entity: Entity[Any, Any, Any], field: str, place: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        pass
    raise ValueInvalid(f"{place}: {field} is no base64", entity=entity.name, fields=(field,))
