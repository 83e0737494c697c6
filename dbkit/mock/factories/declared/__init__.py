"""What dbkit's own factories declare beyond their models: traits, and values that say more than any valid one would.

One file for each entity that has such, named after it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from factory.base import FactoryMetaClass

from dbkit.mock.factories.base import EntityFactory
from dbkit.mock.rows.references import AnyEntity

__all__ = ["factory_of"]


@cache
def factory_of(entity: AnyEntity) -> type[EntityFactory]:
    """Return the factory class of an entity: what dbkit declares for its own, else one made from the model alone."""
    name = f"{entity.value.__name__}Factory"
    declared = f"{__name__}.{entity.singular}"
    if entity.new.__module__.startswith("dbkit.types.") and find_spec(declared):
        found: type[EntityFactory] = getattr(import_module(declared), name)
        return found
    body = {"__module__": __name__, "Meta": type("Meta", (), {"entity": entity})}
    return cast("type[EntityFactory]", FactoryMetaClass(name, (EntityFactory,), body))  # type: ignore[no-untyped-call]
