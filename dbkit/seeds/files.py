"""Seed data in files: one JSON file for each table, an array of the rows' fields, typed through the values.

A field of bytes is written in base64. What a row leaves out has the value's default. What it says of fields that the
server fills in (its version, its times), as a dump of a database in memory does, is passed over, and so are rows that
were deleted.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from dbkit.models import ENTITIES, Entity
from dbkit.seeds.world import World
from dbkit.types.errors import ConfigurationInvalid
from dbkit.types.value import Value
from dbkit.verbs.seed_rows import new_of_json, rows_of_text

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
        rows = enumerate(rows_of_text(file.read_text(encoding="utf-8"), file.name), 1)
        live = [(row, f"{file.name}, row {number}") for number, row in rows if _is_live(row)]
        found[entity.name] = [new_of_json(entity, row, place) for row, place in live]
    return World({entity.name: found.get(entity.name, []) for entity in by_table.values()})


def _is_live(row: dict[str, Any]) -> bool:
    return row.get("deleted_at") is None
