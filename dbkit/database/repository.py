"""How a database class names its repositories."""

from __future__ import annotations

from typing import Any, get_args

from dbkit.events.rules import EntityEvents
from dbkit.models.entity import Entity

__all__ = ["RepositoryAttribute", "attributes_of", "entities_of", "repository", "transaction_class_of"]


class RepositoryAttribute:
    """A class attribute that becomes the entity's repository on a database or transaction.

    It is made at the first look and kept in the instance, so later looks cost nothing.
    """

    def __init__(
        self,
        entity: Entity[Any, Any, Any],
        operations: type[Any] | None = None,
        events: EntityEvents | None = None,
    ) -> None:
        self.entity = entity
        self.operations = operations
        self.events = events
        self._name = entity.name

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        made = instance.repository(self.entity, self.operations)
        instance.__dict__[self._name] = made
        return made


def repository(
    entity: Entity[Any, Any, Any], operations: type[Any] | None = None, *, events: EntityEvents | None = None
) -> Any:
    """Declare the repository of an entity in a database class, with its operations beyond the verbs.

    class Shop(dbkit.Database):
        widgets: WidgetRepository = dbkit.repository(WIDGETS)

    What its changes tell as `events` is stored in the repository `outbox_events` of the class, with the change.
    """
    return RepositoryAttribute(entity, operations, events)


def attributes_of(owner: type) -> dict[str, RepositoryAttribute]:
    """Return the repositories that a database class declares, by name, bases first."""
    found: dict[str, RepositoryAttribute] = {}
    for base in reversed(owner.__mro__):
        found |= {name: each for name, each in vars(base).items() if isinstance(each, RepositoryAttribute)}
    return found


def entities_of(owner: type) -> dict[str, Entity[Any, Any, Any]]:
    """Return the entities that a database class declares, by attribute, bases first."""
    return {name: attribute.entity for name, attribute in attributes_of(owner).items()}


def transaction_class_of(owner: type[Any]) -> type[Any]:
    """Return the class of a database class's transactions: with each repository that the database has.

    It is the one that the database class names, as an attribute or as the argument of its generic
    base, else that of its base; extended where it lacks repositories.
    """
    arguments = [argument for base in vars(owner).get("__orig_bases__", ()) for argument in get_args(base)]
    # Any is a class for isinstance, and a TypeVar is none.
    named = next((each for each in arguments if isinstance(each, type) and each is not Any), owner.transaction_class)
    base = vars(owner).get("transaction_class", named)
    present = attributes_of(base)
    lacking = {
        name: repository(each.entity, each.operations, events=each.events)
        for name, each in attributes_of(owner).items()
        if name not in present or present[name].entity is not each.entity
    }
    return type(f"{owner.__name__}Transaction", (base,), lacking) if lacking else base
