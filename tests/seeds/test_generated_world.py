from __future__ import annotations

from collections import Counter

import dbkit
from dbkit.models import ENTITIES
from dbkit.seeds import generated_world, load
from dbkit.types import EVERY_TENANT, ConnectionFilter


def rows(organizations: int, seed: int) -> dict[str, list[object]]:
    world = generated_world(organizations, seed=seed)
    return {name: list(world.rows(name)) for name in world.tables}


def test_the_same_number_gives_the_same_rows_and_another_one_others() -> None:
    assert rows(2, 7) == rows(2, 7)
    one, other = rows(2, 7), rows(2, 8)
    assert all(one[name] != other[name] for name in one if name != "providers")


def test_a_larger_world_holds_the_smaller_one() -> None:
    small, large = rows(2, 0), rows(4, 0)
    assert all(large[name][: len(small[name])] == small[name] for name in small if name != "providers")


def test_a_few_tenants_are_large_and_many_small() -> None:
    world = generated_world(50)
    sizes = sorted(Counter(connection.project_id for connection in world.rows("connections")).values())  # type: ignore[attr-defined]
    assert len(sizes) >= 50
    assert sizes[-1] >= 20 * sizes[len(sizes) // 2]
    assert sum(sizes[-5:]) > sum(sizes) / 3


def test_it_is_stored_alike_in_both_backends_and_once(memory_db: dbkit.Database, postgres_db: dbkit.Database) -> None:
    found = []
    for database in (memory_db, postgres_db):
        report = load(database, generated_world(3))
        again = load(database, generated_world(3))
        assert sum(again.stored.values()) == 0
        everything = ConnectionFilter(project_id=EVERY_TENANT)
        ids = [connection.id for connection in database.connections.iterate(everything)]
        found.append((report.stored, ids))
    assert found[0] == found[1]
    assert set(found[0][0]) == {entity.name for entity in ENTITIES}
