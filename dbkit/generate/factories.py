"""Writes the factories' types: a class for each entity with its traits by name, and one with all of them."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

from dbkit.generate.names import Names, module_text
from dbkit.generate.package import AnyEntity, Package

__all__ = ["typed_factories"]

_FACTORIES = '''class Factories(BaseFactories):
    """{what}

    Their rows share a tenant, and the first row of a kind is what later ones refer to. The same seed and the same
    calls give the same rows, identifiers and times included; rows of two seeds never clash. `began` is the point in
    time that all times follow from; `factories` are classes that take the place of those made from the models.
    """

    def __init__(
        self,
        seed: int | str = 0,
        entities: Sequence[AnyEntity] = ENTITIES,
        *,
        factories: Sequence[type[EntityFactory]] = {declared},
        began: datetime = BEGAN,
    ) -> None:
        super().__init__(seed, entities, factories=factories, began=began)
'''
_OWN = "The factories of dbkit's own entities, each an attribute; of others where they are given."
_OTHERS = "The factories of the entities, each an attribute, by what is declared of them beside their models."


def typed_factories(package: Package, entities: Sequence[AnyEntity]) -> str:
    """Return the module's text."""
    # What they say of themselves needs factory-boy, which only the developers of a package are sure to have;
    # the first import says so where it is missing.
    from dbkit.mock.factories import factory_of
    from dbkit.mock.factories.traits import children_of, traits_of

    names = _names(package)
    declared = _declared(package, entities, names)
    makers, properties = [], []
    for entity in entities:
        names.add(entity.new.__module__, entity.new.__name__, entity.value.__name__)
        traits = traits_of(declared.get(entity.name) or factory_of(entity))
        makers.append(_maker(entity, traits, list(children_of(entity, entities))))
        properties.append(_property(entity))
    every = ["Factories", *(_name(entity) for entity in entities)]
    given = "".join(f"{kind.__name__}, " for kind in declared.values())
    head = _FACTORIES.format(what=_OWN if package.is_own else _OTHERS, declared=f"({given.strip()})")
    of = "dbkit's own entities" if package.is_own else "the entities"
    what = f"The factories of {of}, with their traits, as type checkers and editors know them."
    return module_text(package.header, what, names, every, head + "".join(properties), *makers)


def _declared(package: Package, entities: Sequence[AnyEntity], names: Names) -> dict[str, type[Any]]:
    """Return the classes that a package declares, by entity; dbkit's own are found by `factory_of`."""
    found: dict[str, type[Any]] = {}
    for entity in entities:
        if not package.is_own and package.path("factories", f"{entity.singular}.py").is_file():
            kind = f"{entity.value.__name__}Factory"
            module = package.module("factories", entity.singular)
            names.add(module, kind)
            found[entity.name] = getattr(importlib.import_module(module), kind)
    return found


def _names(package: Package) -> Names:
    names = Names()
    names.add("collections.abc", "Sequence")
    names.add("datetime", "datetime")
    names.add("typing", "Any", "Self")
    names.add("dbkit.mock.factories.base", "EntityFactory")
    names.add("dbkit.mock.factories.base_factories", "BaseFactories")
    names.add("dbkit.mock.factories.factory", "Factory")
    names.add("dbkit.mock.rows.references", "AnyEntity")
    names.add("dbkit.mock.rows.sources", "BEGAN")
    names.add(package.module("models"), "ENTITIES")
    return names


def _name(entity: AnyEntity) -> str:
    return f"{entity.value.__name__}Maker"


def _words(entity: AnyEntity) -> str:
    return entity.name.replace("_", " ")


def _property(entity: AnyEntity) -> str:
    return (
        f"\n    @property\n    def {entity.singular}(self) -> {_name(entity)}:\n"
        f'        """Makes {_words(entity)}."""\n'
        f'        return self._get("{entity.singular}", {_name(entity)})\n'
    )


def _maker(entity: AnyEntity, traits: dict[str, Any], children: list[str]) -> str:
    lines = [
        f"class {_name(entity)}(Factory[{entity.new.__name__}, {entity.value.__name__}]):",
        f'    """Makes {_words(entity)}."""',
    ]
    for name in sorted(traits):
        lines += ["", "    @property", f"    def {name}(self) -> Self:"]
        lines += [f'        """Those that are {name.replace("_", " ")}."""', f'        return self.trait("{name}")']
    for name in children:
        child = name.removeprefix("with_")
        lines += ["", f"    def {name}(self, count: int, /, **overrides: Any) -> Self:"]
        lines += [f'        """Those that so many {child.replace("_", " ")} refer to."""']
        lines += [f'        return self.children("{child}", count, **overrides)']
    return "\n".join(lines) + "\n"
