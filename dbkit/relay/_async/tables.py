"""The tables of a database class that a relay works with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any

from dbkit.database.emissions import OUTBOX
from dbkit.models.entity import Entity
from dbkit.models.lease import LEASES
from dbkit.relay._async.leases import AsyncRelayLeaseOperations
from dbkit.relay._async.outbox import AsyncRelayedOperations
from dbkit.relay._async.slots import AsyncSlots
from dbkit.relay.options import RelayOptions
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["async_leases_of", "async_outbox_of", "async_slots_of", "topics_of"]


def topics_of(entity: Entity[Any, Any, Any]) -> tuple[str, ...]:
    """Return the topics of an outbox."""
    kind: type[StrEnum] = entity.value.model_fields["topic"].annotation
    return tuple(topic.value for topic in kind)


def async_outbox_of(database: Any, topics: Sequence[str] = ()) -> AsyncRelayedOperations:
    """Return the operations of a database's outbox, or raise `ConfigurationInvalid`."""
    repository = getattr(database, OUTBOX, None)
    if repository is None:
        raise ConfigurationInvalid(
            f"{type(database).__name__} has no repository {OUTBOX} to send events from",
            advice=f"Declare one: {OUTBOX} = dbkit.repository(...).",
        )
    known = topics_of(repository.entity)
    unknown = sorted(set(topics) - set(known))
    if unknown:
        raise ConfigurationInvalid(
            f"no topic is called {', '.join(unknown)}", fields=("topics",), advice=f"There are {', '.join(known)}."
        )
    outbox: AsyncRelayedOperations = database.repository(repository.entity, AsyncRelayedOperations)
    return outbox


def async_leases_of(database: Any) -> AsyncRelayLeaseOperations:
    """Return the operations of a database's leases, or raise `ConfigurationInvalid`."""
    if LEASES not in type(database).entities():
        raise ConfigurationInvalid(
            f"{type(database).__name__} has no leases, by which relays share the work",
            advice="Extend dbkit.database.leases.AsyncLeases (or Leases), and make its table by a revision.",
        )
    leases: AsyncRelayLeaseOperations = database.repository(LEASES, AsyncRelayLeaseOperations)
    return leases


async def async_slots_of(
    database: Any, outbox: AsyncRelayedOperations, options: RelayOptions, timeline: int
) -> AsyncSlots:
    """Return the slots of a new relay, which has begun to hold its share of them."""
    slots = AsyncSlots(
        async_leases_of(database),
        outbox.entity.name,
        sorted(options.topics) or topics_of(outbox.entity),
        timedelta(seconds=options.lease_seconds),
        timeline,
    )
    await slots.open()
    return slots
