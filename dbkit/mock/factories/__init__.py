"""Factories of valid rows, for tests and for seeds. They need factory-boy: the extra `factories`.

    make = Factories(seed=7)
    connection = make.connection.broken.create(db)

Names are imported at their first use, so that what goes without factory-boy stays importable without it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dbkit.types.errors import ConfigurationInvalid

if TYPE_CHECKING:
    from dbkit.mock.factories.base import EntityFactory, Trait
    from dbkit.mock.factories.base_factories import BaseFactories
    from dbkit.mock.factories.declared import factory_of
    from dbkit.mock.factories.factory import AnyFactory, Factory
    from dbkit.mock.factories.traits import UnknownTrait
    from dbkit.mock.factories.typed import Factories
    from dbkit.mock.rows.row import PRESENT

__all__ = [
    "PRESENT",
    "AnyFactory",
    "BaseFactories",
    "EntityFactory",
    "Factories",
    "Factory",
    "Trait",
    "UnknownTrait",
    "factory_of",
]

_HOMES = {
    "PRESENT": "dbkit.mock.rows.row",
    "AnyFactory": "dbkit.mock.factories.factory",
    "BaseFactories": "dbkit.mock.factories.base_factories",
    "EntityFactory": "dbkit.mock.factories.base",
    "Factories": "dbkit.mock.factories.typed",
    "Factory": "dbkit.mock.factories.factory",
    "Trait": "dbkit.mock.factories.base",
    "UnknownTrait": "dbkit.mock.factories.traits",
    "factory_of": "dbkit.mock.factories.declared",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        value = getattr(import_module(_HOMES[name]), name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "factory":
            raise
        raise ConfigurationInvalid(
            "factories need factory-boy, which is not installed", advice="pip install 'dbkit[factories]'"
        ) from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
