"""Dumps of databases in memory are seed data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import dbkit
from dbkit.mock.factories import Factories
from dbkit.models import ENTITIES, Entity
from dbkit.seeds import World, generated_world, load, small_world, world_in
from dbkit.types import ValueInvalid
from dbkit.verbs.selection import Selection


@pytest.mark.parametrize("world", [small_world(), generated_world(2)], ids=["small", "generated"])
def test_what_was_dumped_is_loaded_exactly(memory_db: dbkit.Database, world: World, tmp_path: Path) -> None:
    load(memory_db, world)
    dump = memory_db.memory.dump(tmp_path)
    with dbkit.connect("memory://") as other:
        assert other.memory.load(tmp_path) == sum(map(len, dump.values()))
        assert other.memory.dump() == dump
        assert [_rows(other, entity) for entity in ENTITIES] == [_rows(memory_db, entity) for entity in ENTITIES]


def test_a_server_takes_the_live_rows_of_a_dump(
    memory_db: dbkit.Database, postgres_db: dbkit.Database, make: Factories, tmp_path: Path
) -> None:
    load(memory_db, small_world())
    kept = next(iter(memory_db.builders.iterate()))
    memory_db.builders.update(kept.id, first_name="Grace")
    live = {name: len(rows) for name, rows in memory_db.memory.dump().items()}
    deleted = memory_db.builders.create(make.builder.build())
    memory_db.builders.delete(deleted.id)
    memory_db.memory.dump(tmp_path)
    report = load(postgres_db, world_in(tmp_path))
    assert {name: number for name, number in report.stored.items() if number} == live
    assert postgres_db.builders.get(kept.id).first_name == "Grace"
    assert not postgres_db.builders.exists(deleted.id)


def _rows(database: dbkit.Database, entity: Entity[Any, Any, Any]) -> list[Any]:
    table = database.repository(entity)
    return list(table._select_where(Selection((), order_by=entity.key)))


def test_a_field_of_neither_value_is_refused(tmp_path: Path) -> None:
    (tmp_path / "builders.json").write_text('[{"idp_ref": "x", "primary_email": "x", "nickname": "x"}]')
    with pytest.raises(ValueInvalid, match=r"builders.json, row 1: nickname"):
        world_in(tmp_path)
