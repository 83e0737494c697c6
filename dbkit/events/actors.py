"""Who acts, and why: said for a block, and stored beside what is changed in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from dbkit.types.audit_event import ActorType
from dbkit.types.errors import ValueInvalid

__all__ = ["Actor", "acting", "current_actor"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. Only a service may act without an id."""

    type: ActorType
    id: str | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.id is None and self.type is not ActorType.SERVICE:
            raise ValueInvalid(f"a {self.type} acts with an id", fields=("actor_id",), advice="Say whose it is.")


_actor: ContextVar[Actor | None] = ContextVar("dbkit_actor", default=None)


@contextmanager
def acting(actor_type: ActorType, actor_id: str | None = None, *, reason: str | None = None) -> Iterator[Actor]:
    """Store for each change of a block who made it, and why, in the transaction of the change.

    It holds for tasks that the block starts as well, and for a thread by `dbkit.carry`; the innermost block counts.
    Raises `ValueInvalid` for an actor without an id that is no service.
    """
    actor = Actor(ActorType(actor_type), actor_id, reason)
    token = _actor.set(actor)
    try:
        yield actor
    finally:
        _actor.reset(token)


def current_actor() -> Actor | None:
    """Return who acts here; None where nobody has said so."""
    return _actor.get()
