"""How a consumer works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from dbkit.consuming.received import Received
from dbkit.consuming.tally import Tally
from dbkit.events.event import Event
from dbkit.events.reading import OWN_EVENTS
from dbkit.types.errors import ConfigurationInvalid
from dbkit.verbs.transaction import Isolation

__all__ = ["ConsumeOptions", "DeadLetter", "Stop"]


class Stop(Protocol):
    """What says that a consumer shall end: a `threading.Event`, or an `asyncio.Event`."""

    def is_set(self) -> bool:
        """Tell whether it shall."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A message that a consumer has given up, after so many tries, and the error of the last one."""

    received: Received
    attempts: int
    error: Exception = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumeOptions:
    """Options of a consumer; raises `ConfigurationInvalid` for sizes that are none.

    It knows `events`, and has so many `workers`, each of which takes up to `batch` messages and handles them one after
    the other, each in a transaction of this `isolation`. A message that fails comes again after `base_seconds`, twice
    as long after each further time, up to `cap_seconds`, and by chance up to half of that less. After `tries` it is
    handed to `dead_letter`, plain or async in an async consumer, and is settled when that returns; without one it is
    tried for ever. What the inbox has had for longer than `keep` is forgotten; that must be longer than the source may
    give a message again, and None keeps everything. What it does is counted in `tally`, too, which several may have.
    """

    events: tuple[type[Event], ...] = OWN_EVENTS
    workers: int = 4
    batch: int = 10
    isolation: Isolation = "read committed"
    tries: int = 10
    base_seconds: float = 1.0
    cap_seconds: float = 300.0
    dead_letter: Callable[[DeadLetter], Any] | None = None
    keep: timedelta | None = timedelta(days=31)
    tally: Tally | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        names = ("workers", "batch", "tries", "base_seconds", "cap_seconds")
        wrong = tuple(name for name in names if getattr(self, name) <= 0)
        if self.keep is not None and self.keep <= timedelta():
            wrong = (*wrong, "keep")
        if wrong:
            raise ConfigurationInvalid(
                f"{', '.join(wrong)} must be more than 0", fields=wrong, advice="Leave it out to have the default."
            )
