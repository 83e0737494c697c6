"""What all scenes need: the server, the callers, and how long to make trouble."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.pool.actors import Actor
from benchmarks.pool.orders import Call
from benchmarks.pool.relay import Relay
from benchmarks.pool.server import Server
from benchmarks.pool.ways.settings import Settings
from benchmarks.results import Observation

__all__ = ["QUICK", "Findings", "Scale", "Stage", "first_success", "until"]


@dataclass(frozen=True)
class Scale:
    """How often and how long. Pools take their turns one by one, or all at once, which is faster and less exact."""

    restart_rounds: int = 3
    growth_rounds: int = 2
    checkout_rounds: int = 50
    outage_seconds: float = 45.0
    recovery_seconds: float = 16.0
    frozen_seconds: float = 7.0
    overload_seconds: float = 2.0
    one_by_one: bool = True


QUICK = Scale(
    restart_rounds=1,
    growth_rounds=1,
    checkout_rounds=3,
    outage_seconds=5.0,
    recovery_seconds=2.0,
    frozen_seconds=1.5,
    overload_seconds=0.8,
    one_by_one=False,
)
"""To see it work, not to judge."""


@dataclass(frozen=True)
class Stage:
    """A server, callers for each pool in each colour, and a scale."""

    server: Server
    actors: Sequence[Actor]
    scale: Scale

    def turns(self) -> Iterator[Sequence[Actor]]:
        """Return whose turn it is, turn by turn."""
        yield from [[actor] for actor in self.actors] if self.scale.one_by_one else [self.actors]

    @contextmanager
    def opened(self, actors: Sequence[Actor], relay: Relay | None = None, **settings: float) -> Iterator[None]:
        """Open the pools of these callers for a block, on the server or on the relay's port for each."""
        for actor in actors:
            url = self.server.url(None if relay is None else relay.ports[self.actors.index(actor)])
            actor.open(Settings(url, **settings))  # type: ignore[arg-type]
        for actor in actors:
            actor.done()
        yield
        for actor in actors:
            actor.close()
        for actor in actors:
            actor.done()


class Findings:
    """The figures that the rounds add to, value by value."""

    def __init__(self) -> None:
        self.figures: dict[tuple[str, str, str], Observation] = {}

    def add(self, name: str, actor: Actor, value: float, *, is_least: bool = False) -> None:
        """Add the value of one round; `is_least` says that it was not seen to end."""
        key = (name, actor.colour, actor.label)
        figure = self.figures.setdefault(key, Observation(*key, values=[]))
        figure.values.append(value)
        figure.is_least = figure.is_least or is_least

    def add_first(self, name: str, actor: Actor, calls: Sequence[Call], since: float) -> None:
        """Add how long after a time the first call succeeded."""
        first = first_success(calls, since)
        # Where none did, they were watched until the last of them ended.
        end = max((call.end for call in calls), default=since) if first is None else first
        self.add(name, actor, end - since, is_least=first is None)


def first_success(calls: Sequence[Call], since: float) -> float | None:
    """Return when the first call that ended after a time succeeded, or None."""
    return min((call.end for call in calls if call.error is None and call.end > since), default=None)


def until(moment: float) -> None:
    """Wait until a time (`time.monotonic`)."""
    time.sleep(max(0.0, moment - time.monotonic()))
