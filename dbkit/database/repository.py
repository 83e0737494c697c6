"""How a database class names its repositories."""

from __future__ import annotations

from typing import Any

from dbkit.models.entity import Entity

__all__ = ["RepositoryAttribute", "entities_of", "repository"]


class RepositoryAttribute:
    """A class attribute that becomes the entity's repository on a database or transaction.

    It is made at the first look and kept in the instance, so later looks cost nothing.
    """

    def __init__(self, entity: Entity[Any, Any, Any]) -> None:
        self.entity = entity
        self._name = entity.name

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        made = instance.repository(self.entity)
        instance.__dict__[self._name] = made
        return made


def repository(entity: Entity[Any, Any, Any]) -> Any:
    """Declare the repository of an entity in a database class.

    class Shop(dbkit.Database):
        widgets: WidgetRepository = dbkit.repository(WIDGETS)
    """
    return RepositoryAttribute(entity)


def entities_of(owner: type) -> dict[str, Entity[Any, Any, Any]]:
    """Return the entities that a database class declares, by attribute, bases first."""
    found: dict[str, Entity[Any, Any, Any]] = {}
    for base in reversed(owner.__mro__):
        for name, attribute in vars(base).items():
            if isinstance(attribute, RepositoryAttribute):
                found[name] = attribute.entity
    return found
