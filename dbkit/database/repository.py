"""How a database class names its repositories."""

from __future__ import annotations

from typing import Any

from dbkit.models.entity import Entity

__all__ = ["RepositoryAttribute", "attributes_of", "entities_of", "repository"]


class RepositoryAttribute:
    """A class attribute that becomes the entity's repository on a database or transaction.

    It is made at the first look and kept in the instance, so later looks cost nothing.
    """

    def __init__(self, entity: Entity[Any, Any, Any], operations: type[Any] | None = None) -> None:
        self.entity = entity
        self.operations = operations
        self._name = entity.name

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        made = instance.repository(self.entity, self.operations)
        instance.__dict__[self._name] = made
        return made


def repository(entity: Entity[Any, Any, Any], operations: type[Any] | None = None) -> Any:
    """Declare the repository of an entity in a database class, with its operations beyond the verbs.

    class Shop(dbkit.Database):
        widgets: WidgetRepository = dbkit.repository(WIDGETS)
    """
    return RepositoryAttribute(entity, operations)


def attributes_of(owner: type) -> dict[str, RepositoryAttribute]:
    """Return the repositories that a database class declares, by name, bases first."""
    found: dict[str, RepositoryAttribute] = {}
    for base in reversed(owner.__mro__):
        found |= {name: each for name, each in vars(base).items() if isinstance(each, RepositoryAttribute)}
    return found


def entities_of(owner: type) -> dict[str, Entity[Any, Any, Any]]:
    """Return the entities that a database class declares, by attribute, bases first."""
    return {name: attribute.entity for name, attribute in attributes_of(owner).items()}
