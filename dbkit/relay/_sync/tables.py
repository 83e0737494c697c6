# Generated from dbkit/relay/_async/tables.py by tools/unasync.py; edit that file instead.
"""The tables of a database class that a relay works with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any

from dbkit.database.emissions import OUTBOX
from dbkit.models.entity import Entity
from dbkit.models.lease import LEASES
from dbkit.relay._sync.leases import RelayLeaseOperations
from dbkit.relay._sync.outbox import RelayedOperations
from dbkit.relay._sync.slots import Slots
from dbkit.relay.options import RelayOptions
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["leases_of", "outbox_of", "slots_of", "topics_of"]


def topics_of(entity: Entity[Any, Any, Any]) -> tuple[str, ...]:
    """Return the topics of an outbox."""
    kind: type[StrEnum] = entity.value.model_fields["topic"].annotation
    return tuple(topic.value for topic in kind)


def outbox_of(database: Any, topics: Sequence[str] = ()) -> RelayedOperations:
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
    outbox: RelayedOperations = database.repository(repository.entity, RelayedOperations)
    return outbox


def leases_of(database: Any) -> RelayLeaseOperations:
    """Return the operations of a database's leases, or raise `ConfigurationInvalid`."""
    if LEASES not in type(database).entities():
        raise ConfigurationInvalid(
            f"{type(database).__name__} has no leases, by which relays share the work",
            advice="Extend dbkit.database.leases.Leases (or Leases), and make its table by a revision.",
        )
    leases: RelayLeaseOperations = database.repository(LEASES, RelayLeaseOperations)
    return leases


def slots_of(database: Any, outbox: RelayedOperations, options: RelayOptions, timeline: int) -> Slots:
    """Return the slots of a new relay, which has begun to hold its share of them."""
    slots = Slots(
        leases_of(database),
        outbox.entity.name,
        sorted(options.topics) or topics_of(outbox.entity),
        timedelta(seconds=options.lease_seconds),
        timeline,
    )
    slots.open()
    return slots
