"""Whatever rule of the twin is dropped, a case of the suite fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

import dbkit
from dbkit.memory.schema import schema_of
from dbkit.memory.table import Table
from dbkit.mock.rows.checks import checks_of
from dbkit.mock.rows.references import AnyEntity, Reference, references_of
from dbkit.models import ENTITIES
from dbkit.testing.capabilities import MEMORY
from dbkit.testing.conformance import Case, cases
from dbkit.testing.conformance.subjects import hard_delete_of
from widget_service.database import Shop
from widget_service.models import ENTITIES as SHOP_ENTITIES


class Rule(NamedTuple):
    """A rule that the twin has: in which database, whose table keeps it, where, and what its cases are about."""

    database: type[dbkit.BaseDatabase]
    keeper: AnyEntity
    attribute: str
    name: str
    entity: AnyEntity


ENTITIES_OF = {dbkit.Database: ENTITIES, Shop: SHOP_ENTITIES}
CASES = {database: cases(entities, MEMORY) for database, entities in ENTITIES_OF.items()}


def rules() -> Iterator[Rule]:
    for database, entities in ENTITIES_OF.items():
        for entity in entities:
            for attribute, name in own_rules(database, entity):
                yield Rule(database, entity, attribute, name, entity)
            for reference in references_of(entity, entities):
                parent, name, wider = reference.parent, reference.name, wider_references(reference, entities)
                if not wider:
                    yield Rule(database, entity, "references", name, entity)
                if hard_delete_of(parent) is not None and not any(other.action == "CASCADE" for other in wider):
                    yield Rule(database, parent, "referenced_by", name, entity)


def own_rules(database: type[dbkit.BaseDatabase], entity: AnyEntity) -> Iterator[tuple[str, str]]:
    table = table_of(database, entity)
    yield from (("required", name) for name in table.required if name in entity.new_fields)
    yield from (("checks", check.name) for check in checks_of(entity) if check.is_reachable)
    yield from (("generated", name) for name, _ in table.generated)
    # No two rows can have one number of a sequence, whether a key says so or not.
    keys = (key for key, _ in table.unique if not set(key.fields) <= set(entity.numbered))
    yield from (("unique", key.name) for key in keys if not is_implied(entity, set(key.fields)))


def table_of(database: type[dbkit.BaseDatabase], entity: AnyEntity) -> Table:
    return schema_of(database.entities(), database.emissions()).of(entity).table


def is_implied(entity: AnyEntity, fields: set[str]) -> bool:
    """Tell whether a narrower unique key refuses all that the one of these fields would refuse."""
    return any(set(key.fields) < fields for key in entity.unique_keys.values() if key.predicate is None)


def wider_references(reference: Reference, entities: tuple[AnyEntity, ...]) -> list[Reference]:
    """Return the references that answer first for what this one asks: to rows that themselves need its parent."""
    return [
        other
        for other in references_of(reference.child, entities)
        if other.is_required and not other.deferrable and set(reference.fields) < set(other.fields)
    ]


@pytest.mark.parametrize(
    "rule", list(rules()), ids=lambda rule: f"{rule.database.__name__}-{rule.attribute}-{rule.name}"
)
def test_a_dropped_rule(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    table = table_of(rule.database, rule.keeper)
    kept = tuple(each for each in getattr(table, rule.attribute) if name_of(each) != rule.name)
    assert len(kept) == len(getattr(table, rule.attribute)) - 1
    monkeypatch.setattr(table, rule.attribute, kept)
    about = [case for case in CASES[rule.database] if case.id.startswith(f"{rule.entity.name}-{rule.name}-")]
    assert any(fails(case, rule.database) for case in about), f"none of {len(about)} cases noticed"


def name_of(rule: Any) -> str:
    if isinstance(rule, str):
        return rule
    first = rule[0] if isinstance(rule, tuple) else rule
    return str(getattr(first, "name", first))


def fails(case: Case, database: type[dbkit.BaseDatabase]) -> bool:
    with dbkit.connect("memory://", database=database) as db:
        try:
            case.run(db)
        except (Exception, pytest.fail.Exception):  # noqa: BLE001 (a broken twin may fail in any way)
            return True
    return False
