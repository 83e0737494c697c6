# Generated from dbkit/testing/conformance/_async/rivals.py by tools/unasync.py; edit that file instead.
"""Two rows that want the same place in a unique key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dbkit.mock.rows.checks import is_indexed, stored
from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.row import Plan
from dbkit.models.unique import UniqueKey
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.changes import placed, without_nulls

__all__ = ["candidate", "holder", "rival"]


def holder(world: World, entity: AnyEntity, key: UniqueKey) -> Any:
    """Store and return a row that takes its place in a unique key."""
    return world.store(candidate(world, entity, key))


def candidate(world: World, entity: AnyEntity, key: UniqueKey) -> Plan:
    """Prepare a row that takes its place in a unique key, because no part of that is NULL."""
    referring = [reference for reference in world.samples.references(entity) if reference.pointer in key.fields]
    refer = next((reference for reference in referring if not reference.is_required), None)
    plan = world.prepare(entity, without_nulls(world.samples, entity, key), refer=refer)
    row = stored(entity, plan.row.fields)
    if is_indexed(entity, key, row):
        return plan
    return plan.but(**(placed(entity, key, row, entity.new_fields, inside=True) or {}))


def rival(world: World, entity: AnyEntity, key: UniqueKey, first: Any, given: Mapping[str, Any] | None = None) -> Plan:
    """Prepare another row with the same place in the key, and with the given fields."""
    same = {name: getattr(first, name) for name in key.fields if name in entity.new_fields}
    return world.prepare(entity, {**same, **(given or {})})
