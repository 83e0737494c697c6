"""What changes of a database class's entities tell, gathered from its declarations."""

from __future__ import annotations

from functools import cache
from typing import Any

from dbkit.database.repository import attributes_of
from dbkit.events.rules import Emissions, EntityEvents
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["OUTBOX", "emissions_of", "outbox_of"]

OUTBOX = "outbox_events"
"""The repository that holds the events of a database class."""


# One object for each class: what is compiled from it is kept by it.
@cache
def emissions_of(owner: Any) -> Emissions | None:
    """Return the events that a database class declares, None where it declares none."""
    attributes = attributes_of(owner)
    entities = {each.entity for each in attributes.values()}
    declared = [each for each in owner.declared_events() if each.entity in entities]
    declared += [each.events for each in attributes.values() if each.events is not None]
    if not declared:
        return None
    if OUTBOX not in attributes:
        raise _no_outbox(owner)
    return Emissions(attributes[OUTBOX].entity, _last_of_each(declared), owner.declared_audit())


def outbox_of(transaction: Any) -> Any:
    """Return the repository of a transaction that holds its events, or raise `ConfigurationInvalid`."""
    if not hasattr(type(transaction), OUTBOX):
        raise _no_outbox(type(transaction))
    return getattr(transaction, OUTBOX)


def _no_outbox(owner: type[Any]) -> ConfigurationInvalid:
    return ConfigurationInvalid(
        f"{owner.__name__} has no repository {OUTBOX} to store events in",
        advice=f"Declare one: {OUTBOX} = dbkit.repository(...).",
    )


def _last_of_each(declared: list[EntityEvents]) -> list[EntityEvents]:
    """Return the events of each entity once: what stands beside a repository goes before what the class brings."""
    return list({each.entity: each for each in declared}.values())
