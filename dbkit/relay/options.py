"""How a relay works: sizes, times and limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["RelayOptions"]

_POSITIVE = (
    "batch_messages",
    "attempts_max",
    "deaths_max",
    "poll_seconds",
    "sweep_seconds",
    "send_seconds",
    "lease_seconds",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayOptions:
    """Options of a relay; raises `ConfigurationInvalid` for numbers that are none.

    It sends `topics` (all, without them), up to `batch_messages` at a time, and looks for new ones every `poll_seconds`
    while there are none; for those that were committed long after they were numbered, every `sweep_seconds`. A sink
    has `send_seconds` for a batch. A key whose message was refused `attempts_max` times, while others were taken, is
    quarantined, and so is one whose message was sent alone when `deaths_max` relays died. What is sent is kept for
    `keep`, or deleted at once. Who dies keeps the others waiting for `lease_seconds`.
    """

    topics: Sequence[str] = ()
    batch_messages: int = 1_000
    attempts_max: int = 10
    deaths_max: int = 3
    poll_seconds: float = 0.05
    sweep_seconds: float = 1.0
    send_seconds: float = 10.0
    lease_seconds: float = 15.0
    keep: timedelta = timedelta()

    def __post_init__(self) -> None:
        wrong = tuple(name for name in _POSITIVE if not getattr(self, name) > 0)
        if self.keep < timedelta():
            wrong = (*wrong, "keep")
        if wrong:
            raise ConfigurationInvalid(
                f"{', '.join(wrong)} must be more than 0", fields=wrong, advice="Leave it out to have the default."
            )
