"""Coverage: it has all that the columns may hold, in few rows, all of them valid and stored."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any, get_args

import pytest

import dbkit
from dbkit.mock.factories import BaseFactories, Factories
from dbkit.mock.rows.plausible import kind_of, plain
from dbkit.mock.rows.references import AnyEntity, references_of
from dbkit.models import ENTITIES
from tests.factories import shop

ROWS_MORE_THAN_NEEDED_MAX = 3
"""Where rules exclude each other: a row of one value may not have another one beside it."""


def wanted(entity: AnyEntity, entities: Iterable[AnyEntity]) -> dict[str, list[Any]]:
    """Return by field what has to be seen in it: each value of an enum, NULL and something else."""
    pointers = {reference.pointer for reference in references_of(entity, tuple(entities))}
    found: dict[str, list[Any]] = {}
    for name in entity.new_fields:
        kind = kind_of(entity.new, name)
        members = list(kind) if isinstance(kind, type) and issubclass(kind, Enum) else []
        members = [False, True] if kind is bool else members
        is_alone = name in pointers or not any(
            name in reference.fields for reference in references_of(entity, tuple(entities))
        )
        optional = [None, ...] if entity.table.c[name].nullable and is_alone else []
        found[name] = [*members, *optional]
    return found


def is_seen(value: Any, found: list[Any]) -> bool:
    return any(each is not None for each in found) if value is ... else value in found


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.name)
def test_it_is_complete_and_small(make: Factories, db: dbkit.Database, entity: AnyEntity) -> None:
    rows = make.of(entity).coverage(db)
    assert {type(row) for row in rows} == {entity.value}
    goals = wanted(entity, ENTITIES)
    for name, values in goals.items():
        if values:
            found = [getattr(row, name) for row in rows]
            assert [value for value in values if not is_seen(value, found)] == [], name
    # At the two ends of a range: that many rows each field may need.
    needed = max([2, *(len([each for each in values if each is not ...]) for values in goals.values())])
    assert len(rows) <= needed + ROWS_MORE_THAN_NEEDED_MAX


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.name)
def test_members_of_arrays_are_seen_and_none_of_them_where_that_may_be(make: Factories, entity: AnyEntity) -> None:
    rows = make.of(entity).coverage()
    for name in entity.new_fields:
        if kind_of(entity.new, name) is tuple:
            member = plain(get_args(plain(entity.new.model_fields[name].annotation))[0])
            if isinstance(member, type) and issubclass(member, Enum):
                assert {each for row in rows for each in getattr(row, name)} == set(member)


def test_bounds_of_numbers_are_seen(make: Factories) -> None:
    attempts = make.delivery_attempt.coverage()
    assert {100, 599, None} <= {attempt.http_status for attempt in attempts}
    assert {0, 2**31 - 1} <= {attempt.duration_ms for attempt in attempts}
    assert {1, 2**31 - 1} <= {revision.number for revision in make.revision.coverage()}
    quantities = {str(event.quantity) for event in make.usage_event.coverage()}
    assert quantities >= {"99999999999999.999999"}
    assert 3_650 in {entitlement.value for entitlement in make.project_entitlement.coverage()}


def test_bounds_of_lengths_are_seen(make: Factories) -> None:
    assert min(len(secret.ciphertext) for secret in make.connection_secret.coverage()) == 17
    assert "" in {project.name for project in make.project.coverage()}
    widgets = BaseFactories(7, shop.ENTITIES).of(shop.WIDGETS).coverage()
    assert {2, 12} <= {len(widget.name) for widget in widgets}
    assert {1, 5} <= {widget.grade for widget in widgets}


def test_times_at_the_edge_of_their_order_are_seen(make: Factories) -> None:
    operations = make.operation.coverage()
    assert any(each.started_at is not None and each.started_at == each.completed_at for each in operations)


def test_it_may_be_asked_for_twice_and_beside_other_rows(make: Factories, db: dbkit.Database) -> None:
    for entity in ENTITIES:
        of_entity = make.of(entity)
        stored = [
            *of_entity.create_batch(2, db),
            *of_entity.coverage(db),
            *of_entity.coverage(db),
            *of_entity.create_batch(2, db),
        ]
        assert len({tuple(getattr(each, name) for name in entity.key) for each in stored}) == len(stored)


def test_it_is_the_same_again(make: Factories) -> None:
    assert make.operation.coverage() == Factories(seed=7).operation.coverage()


async def test_async_is_the_same(make: Factories, async_db: dbkit.AsyncDatabase) -> None:
    stored = await make.operation.coverage_async(async_db)
    again = Factories(seed=7).operation.coverage()
    assert [row.model_dump(include=set(type(again[0]).model_fields)) for row in stored] == [
        row.model_dump() for row in again
    ]


def test_postgresql_stores_it_too(make: Factories, postgres_db: dbkit.Database) -> None:
    for entity in ENTITIES:
        values = make.of(entity).coverage(postgres_db)
        again = Factories(seed=7).of(entity)
        assert len(values) >= 1
        assert {type(value) for value in values} == {entity.value}
        assert type(again.build()) is entity.new
