from __future__ import annotations

from itertools import chain

from dbkit.models import ENTITIES
from dbkit.models.areas import AREAS, Area, area_of


def test_every_entity_is_in_one_area() -> None:
    names = [entity.name for entity in chain.from_iterable(AREAS.values())]
    assert sorted(names) == sorted(entity.name for entity in ENTITIES)


def test_every_area_has_entities_and_a_heading_of_its_own() -> None:
    assert list(AREAS) == list(Area)
    assert all(AREAS.values())
    assert len({area.heading for area in Area}) == len(Area)


def test_the_area_of_a_table() -> None:
    assert area_of("leases") is Area.PLATFORM
    assert area_of("read_states") is Area.INSTALLATIONS
