"""The suite has a case for each thing in the metadata, on every backend."""

from __future__ import annotations

from functools import cache

import pytest

from dbkit.mock.rows.references import AnyEntity
from dbkit.models import ENTITIES
from dbkit.testing import conformance
from dbkit.testing.capabilities import MEMORY, POSTGRESQL, Capability
from widget_service.models import ENTITIES as SHOP_ENTITIES

# Found once: to look through all entities for their cases takes longer than what is asked of them here.
cases = cache(conformance.cases)
async_cases = cache(conformance.async_cases)

ALL = [*((entity, ENTITIES) for entity in ENTITIES), *((entity, SHOP_ENTITIES) for entity in SHOP_ENTITIES)]


def test_names_are_unique() -> None:
    names = [case.id for case in cases(ENTITIES, POSTGRESQL)]
    assert len(names) == len(set(names)) > 300


@pytest.mark.parametrize(("entity", "entities"), ALL, ids=lambda part: getattr(part, "name", ""))
def test_no_foreign_key_leads_into_another_tenant(entity: AnyEntity, entities: tuple[AnyEntity, ...]) -> None:
    names = {case.id for case in cases(entities, MEMORY)}
    composite = [key for key in entity.table.foreign_key_constraints if len(key.columns) > 1]
    wanted = {
        f"{entity.name}-{key.name}-a_parent_"
        + ("of_another_tenant_is_refused_at_commit" if key.deferrable else "in_another_tenant_is_refused")
        for key in composite
    }
    assert wanted <= names


def test_both_colours_have_the_same_cases() -> None:
    for capabilities in (MEMORY, POSTGRESQL):
        assert [case.id for case in cases(ENTITIES, capabilities)] == [
            case.id for case in async_cases(ENTITIES, capabilities)
        ]


def test_memory_lacks_nothing_but_capabilities() -> None:
    absent = {case.id for case in cases(ENTITIES, POSTGRESQL)} - {case.id for case in cases(ENTITIES, MEMORY)}
    needing = {case.id for case in cases(ENTITIES, POSTGRESQL) if hasattr(case.function, "needed")}
    assert absent == needing
    assert len(Capability) <= 5


@pytest.mark.parametrize(("entity", "entities"), ALL, ids=lambda part: getattr(part, "name", ""))
def test_everything_in_the_metadata_has_a_case(entity: AnyEntity, entities: tuple[AnyEntity, ...]) -> None:
    names = [name for case in cases(entities, MEMORY) for name in (case.id, *(f"{run[0]}-" for run in case.runs))]
    wanted = {str(constraint.name) for constraint in entity.table.constraints}
    wanted |= {*entity.unique_keys, *entity.orders}
    wanted |= {name for name in entity.new_fields if not entity.table.c[name].nullable}
    wanted |= set(entity.generated)
    assert {name for name in wanted if not any(case.startswith(f"{entity.name}-{name}-") for case in names)} == set()
