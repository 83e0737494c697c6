"""Every rule finds its bad example, there and nowhere else, and nothing is wrong with its good one."""

from __future__ import annotations

import pytest

from dbkit.migrate.linting.model import Rule
from dbkit.migrate.linting.rules import RULES
from tests.migrate.linting.conftest import Find

ONLY = [rule for rule in RULES if "*" not in rule.bad.also]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.id}-{rule.name}")
def test_a_bad_example_is_found(rule: Rule, find: Find) -> None:
    found = find(rule.bad)
    assert rule.id in {each.rule.id for each in found}
    if "*" not in rule.bad.also:
        assert {each.rule.id for each in found} <= {rule.id, *rule.bad.also}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.id}-{rule.name}")
def test_a_good_example_is_not(rule: Rule, find: Find) -> None:
    found = find(rule.good)
    assert {each.rule.id for each in found} <= set(rule.good.also)
    assert rule.id not in {each.rule.id for each in found}
