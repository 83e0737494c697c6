# Generated from dbkit/testing/conformance/_async/checks.py by tools/unasync.py; edit that file instead.
"""Check constraints: each one broken, and no other."""

from __future__ import annotations

from dbkit.mock.rows.checks import Check, breaking, refused_fields
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.constraints import changeable_checks, checks, guarded_checks, unreachable_checks
from dbkit.testing.conformance.expectation import refusal, refused
from dbkit.testing.conformance.subjects import Way, each_way
from dbkit.types.errors import CheckFailed


@over(guarded_checks)
def the_value_refuses_first(world: World, check: Check) -> None:
    fields = world.imagine(check.entity).row.fields
    refused_by_value = refused_fields(check.entity, {**fields, **(breaking(check, fields) or {})})
    assert set(refused_by_value) & set(check.fields)


@over(each_way(checks))
def the_database_refuses(world: World, check: Check, way: Way) -> None:
    plan = world.prepare(check.entity)
    changes = breaking(check, plan.row.fields)
    assert changes is not None, f"no plausible row breaks {check.name}"
    world.refuses(plan.but(**changes), way, refusal(CheckFailed, "23514", check.entity, check.name))


@over(unreachable_checks)
def what_storing_adds_passes(world: World, check: Check) -> None:
    assert not check.refuses((world.create(check.entity)).__dict__)


@over(changeable_checks)
def an_update_is_refused_by_the_database(world: World, check: Check, changeable: tuple[str, ...]) -> None:
    value = world.create(check.entity)
    changes = breaking(check, value.__dict__, changeable)
    assert changes is not None
    with refused(refusal(CheckFailed, "23514", check.entity, check.name)):
        world.update(value, **changes)
    assert world.find(value) == value
