"""Whatever rule of the twin is dropped, a case of the suite fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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


class Everything(Shop, dbkit.Database):
    """A database with the shop's entities and dbkit's."""


CASES = [*cases(ENTITIES, MEMORY), *cases(SHOP_ENTITIES, MEMORY)]


def rules() -> Iterator[Any]:
    """Give each rule that the twin has: whose table keeps it, where, its name, and what its cases are about."""
    for entities in (ENTITIES, SHOP_ENTITIES):
        for entity in entities:
            for attribute, name in own_rules(entity):
                yield pytest.param(entity, attribute, name, entity, id=f"{entity.name}-{attribute}-{name}")
            for reference in references_of(entity, entities):
                parent, name, wider = reference.parent, reference.name, wider_references(reference, entities)
                if not wider:
                    yield pytest.param(entity, "references", name, entity, id=name)
                if hard_delete_of(parent) is not None and not any(other.action == "CASCADE" for other in wider):
                    yield pytest.param(parent, "referenced_by", name, entity, id=f"{name}-on-delete")


def own_rules(entity: AnyEntity) -> Iterator[tuple[str, str]]:
    table = table_of(entity)
    yield from (("required", name) for name in table.required if name in entity.new_fields)
    yield from (("checks", check.name) for check in checks_of(entity) if check.is_reachable)
    yield from (("generated", name) for name, _ in table.generated)
    yield from (("unique", key.name) for key, _ in table.unique if not is_implied(entity, set(key.fields)))


def table_of(entity: AnyEntity) -> Table:
    return schema_of(Everything.entities(), Everything.emissions()).of(entity).table


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


@pytest.mark.parametrize(("keeper", "attribute", "name", "entity"), list(rules()))
def test_a_dropped_rule(
    keeper: AnyEntity, attribute: str, name: str, entity: AnyEntity, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = table_of(keeper)
    kept = tuple(rule for rule in getattr(table, attribute) if name_of(rule) != name)
    assert len(kept) == len(getattr(table, attribute)) - 1
    monkeypatch.setattr(table, attribute, kept)
    about = [case for case in CASES if case.id.startswith(f"{entity.name}-{name}-")]
    assert any(fails(case) for case in about), f"none of {len(about)} cases noticed"


def name_of(rule: Any) -> str:
    if isinstance(rule, str):
        return rule
    first = rule[0] if isinstance(rule, tuple) else rule
    return str(getattr(first, "name", first))


def fails(case: Case) -> bool:
    with dbkit.connect("memory://", database=Everything) as db:
        try:
            case.run(db)
        except (Exception, pytest.fail.Exception):  # noqa: BLE001 (a broken twin may fail in any way)
            return True
    return False
