# Generated from dbkit/testing/conformance/_async/precedence.py by tools/unasync.py; edit that file instead.
"""Rows that break several rules at once: which rule is named, and of many rows which row."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import combinations, product

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.models.unique import UniqueKey
from dbkit.testing.conformance._sync.scene import Scene, about
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.breaches import Kind, changes_of, kinds_of, one_of_each_kind
from dbkit.testing.conformance.case import by_entity, over
from dbkit.testing.conformance.constraints import upsert_keys
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import allowing
from dbkit.testing.conformance.telling import entities_of_most_rules, entities_that_tell
from dbkit.types.errors import TransactionAborted


@over(allowing(Verb.CREATE))
def of_two_broken_rules_the_first_is_named(world: World, entity: AnyEntity) -> None:
    """Of two rules that a new row breaks, the one is named that is checked first."""
    scene = Scene.of(world, entity)
    for pair in kinds_of(scene.breaches, 2):
        scene.refuses(pair, world.repository(entity).create)


@over(entities_of_most_rules)
def of_any_two_broken_rules_the_first_is_named(world: World, entity: AnyEntity) -> None:
    """Of any two rules of an entity that a new row breaks, the one is named that is checked first."""
    scene = Scene.of(world, entity)
    for pair in combinations(scene.breaches, 2):
        if changes_of(pair) is not None and scene.is_broken(pair):
            scene.refuses(pair, world.repository(entity).create)


@over(entities_that_tell)
def of_three_broken_rules_the_first_is_named(world: World, entity: AnyEntity) -> None:
    """Of three rules that a new row breaks, the one is named that is checked first."""
    scene = Scene.of(world, entity)
    for three in kinds_of(scene.breaches, 3):
        scene.refuses(three, world.repository(entity).create)


@over(entities_that_tell)
def of_two_broken_rows_the_first_is_named(world: World, entity: AnyEntity) -> None:
    """Of two rows of a call that break rules, the one is named that would have been refused by itself first.

    What a row refers to is looked for when all rows are there, so that comes last.
    """
    scene = Scene.of(world, entity, rows=3)
    each = one_of_each_kind(scene.breaches)
    for number, (first, last) in enumerate(product(each, each)):

        def create_many(rows: object, *, returning: bool = number % 2 == 1) -> None:
            world.repository(entity).create_many(rows, returning=returning)

        scene.refuses_call([[first], [], [last]], create_many)


@over(by_entity(upsert_keys))
def an_upsert_names_the_rule_that_a_create_would(world: World, entity: AnyEntity, key: UniqueKey) -> None:
    """Where no row has its key yet, an upsert is refused as the create would be."""
    scene = Scene.of(world, entity)

    def upsert(new: object) -> None:
        world.repository(entity).upsert(new, on=key.name)

    for pair in kinds_of(scene.breaches, 2):
        if scene.is_free(key, pair):
            scene.refuses(pair, upsert)


@over(by_entity(upsert_keys))
def an_upsert_looks_at_the_row_before_the_key(world: World, entity: AnyEntity, key: UniqueKey) -> None:
    """Although another row has its key, an upsert is refused whose own row may not be stored."""
    scene = Scene.of(world, entity)

    def upsert(new: object) -> None:
        world.repository(entity).upsert(new, on=key.name)

    clash = next(breach for breach in scene.breaches if breach.kind is Kind.UNIQUE and breach.rule == key.name)
    for pair in kinds_of([clash, *scene.breaches], 2):
        if clash in pair and scene.kind_of(pair) < Kind.UNIQUE:
            scene.refuses(pair, upsert)


@over(entities_that_tell)
def what_the_server_refuses_ends_its_block(world: World, entity: AnyEntity) -> None:
    """After a refusal by the server a transaction does nothing more; what cannot be sent leaves it as it was."""
    scene = Scene.of(world, entity)
    absent = world.absent_beside(next(iter(scene.taken.values())))
    for breach in one_of_each_kind(scene.breaches):
        is_sent = breach.kind is not Kind.UNSENDABLE
        if breach.kind is Kind.DEFERRED:
            continue
        with world.db.transaction() as tx:
            with about([breach]), refused(TransactionAborted, sqlstate=None) if is_sent else nullcontext():
                with tx.transaction() as inner:
                    scene.refuses([breach], inner.repository(entity).create)
                    with refused(TransactionAborted, sqlstate="25P02") if is_sent else nullcontext():
                        assert inner.repository(entity).find(*absent) is None
            assert tx.repository(entity).find(*absent) is None
