"""Writes what the calls of an entity take: changes, orders, unique keys."""

from __future__ import annotations

from dbkit.generate.names import Names, module_text
from dbkit.generate.package import AnyEntity, Package
from dbkit.generate.source import Source
from dbkit.models.entity import Verb

__all__ = ["calls"]


def calls(package: Package, entity: AnyEntity) -> str:
    """Return the module of what an entity's calls take."""
    names, noun = Names(), entity.value.__name__
    names.add("typing", "Literal", "TypeAlias", "TypedDict")
    parts: list[str] = []
    every = [f"{noun}Order"]
    if Verb.UPDATE in entity.verbs:
        every.append(f"{noun}Changes")
        parts.append(_changes(entity, names))
    parts.append(_literal(f"{noun}Order", list(entity.orders), "The orders that an index serves."))
    if Verb.UPSERT in entity.verbs:
        every.append(f"{noun}UniqueKey")
        unique = [key.name for key in entity.unique_keys.values() if not key.deferrable]
        parts.append(_literal(f"{noun}UniqueKey", unique, "The unique keys that an upsert can name."))
    return module_text(package.header, f"What the calls of {entity.name} take.", names, every, *parts)


def _changes(entity: AnyEntity, names: Names) -> str:
    source = Source(entity.new)
    fields = [f"    {name}: {source.annotation(name, names)}" for name in entity.changeable]
    head = f"class {entity.value.__name__}Changes(TypedDict, total=False):"
    return "\n".join([head, '    """What an update can change."""', "", *fields])


def _literal(name: str, values: list[str], what: str) -> str:
    return f'{name}: TypeAlias = Literal[{", ".join(map(repr, values))}]\n"""{what}"""'
