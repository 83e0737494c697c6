"""What a suite for one entity has: that entity's cases, and those about none."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dbkit.models import CONNECTIONS, ENTITIES
from dbkit.models.entity import known_entities
from dbkit.testing import ConformanceSuite
from dbkit.testing.capabilities import MEMORY, POSTGRESQL
from dbkit.testing.conformance import Case, async_cases, cases
from dbkit.types import Connection, NewConnection
from widget_service.models import ENTITIES as SHOP_ENTITIES
from widget_service.models import WIDGETS
from widget_service.types.widget import Widget

TESTS: dict[str, Any] = {
    "test_memory": (cases, MEMORY),
    "test_async_memory": (async_cases, MEMORY),
    "test_postgres": (cases, POSTGRESQL),
    "test_async_postgres": (async_cases, POSTGRESQL),
}


def made_for(test: str, **attributes: Any) -> list[Case]:
    """Return the cases that pytest would make for a test of a suite with these attributes."""
    found: list[Case] = []
    suite: Any = type("Suite", (ConformanceSuite,), attributes)()

    def parametrize(name: str, values: list[Case], *, ids: Any) -> None:
        assert name == "case"
        assert len({ids(case) for case in values}) == len(values)
        found.extend(values)

    suite.pytest_generate_tests(SimpleNamespace(function=getattr(suite, test), parametrize=parametrize))
    return found


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("entity", [WIDGETS, Widget])
def test_the_cases_of_one_entity(test: str, entity: Any) -> None:
    make, capabilities = TESTS[test]
    wanted = [case.id for case in make(SHOP_ENTITIES, capabilities) if case.id.startswith(("widgets-", "all-"))]
    assert {case.id for case in made_for(test, entity=entity)} == set(wanted)
    assert len(wanted) > 100


def test_entities_that_come_in_another_order_have_the_same_cases() -> None:
    wanted = {case.id for case in cases(ENTITIES, MEMORY) if case.about == "connections"}
    assert wanted <= {case.id for case in made_for("test_memory", entity=Connection)}


@pytest.mark.parametrize("test", TESTS)
def test_the_cases_of_all_entities(test: str) -> None:
    make, capabilities = TESTS[test]
    made = made_for(test, entities=SHOP_ENTITIES)
    assert [case.id for case in made] == [case.id for case in make(SHOP_ENTITIES, capabilities)]


def test_suites_of_each_entity_have_all_cases() -> None:
    apart = {case.id for entity in SHOP_ENTITIES for case in made_for("test_postgres", entity=entity)}
    assert apart == {case.id for case in cases(SHOP_ENTITIES, POSTGRESQL)}


def test_a_method_of_ones_own_is_left_alone() -> None:
    assert made_for("test_own", entity=WIDGETS, test_own=lambda _: None) == []


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ({}, "needs `entity`"),
        ({"entity": NewConnection}, "the value of no entity"),
        ({"entity": Connection, "entities": SHOP_ENTITIES}, "the value of no entity"),
        ({"entity": CONNECTIONS, "entities": SHOP_ENTITIES}, "not among"),
        ({"entity": "connections"}, "dbkit.Entity"),
    ],
)
def test_a_suite_says_what_it_needs(attributes: dict[str, Any], reason: str) -> None:
    with pytest.raises(pytest.UsageError, match=reason):
        made_for("test_memory", **attributes)


def test_entities_are_known_while_somebody_holds_them() -> None:
    assert set(ENTITIES) | set(SHOP_ENTITIES) <= set(known_entities())
