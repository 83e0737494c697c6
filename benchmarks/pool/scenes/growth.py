"""Fifty callers come to a pool of five that may grow to fifty, and each new connection takes a while to open."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.pool.actors import Actor
from benchmarks.pool.orders import Calls
from benchmarks.pool.relay import Relay, relayed
from benchmarks.pool.stage import Findings, Stage

__all__ = ["growth"]

_SIZE_MIN, _SIZE_MAX = 5, 50
_CONNECT_SECONDS = 0.150
_HOLD_SECONDS = {"growth": 0.5, "spike": 0.002}
_TIMEOUT_SECONDS = 10.0


def growth(stage: Stage, findings: Findings) -> None:
    """Let the callers hold their connections for long, where growing pays, and for short, where it does not."""
    with relayed(stage.server.port, len(stage.actors), _CONNECT_SECONDS) as relay:
        for _ in range(stage.scale.growth_rounds):
            for actors in stage.turns():
                for name, hold_seconds in _HOLD_SECONDS.items():
                    _together(stage, actors, relay, (name, hold_seconds), findings)


def _together(stage: Stage, actors: Sequence[Actor], relay: Relay, work: tuple[str, float], findings: Findings) -> None:
    """Let all callers come at once, and find how long it takes until the last of them has been served."""
    name, hold_seconds = work
    with stage.opened(actors, relay, size_min=_SIZE_MIN, size_max=_SIZE_MAX, timeout_seconds=_TIMEOUT_SECONDS):
        for actor in actors:
            actor.begin(Calls(_SIZE_MAX, each=1, hold_seconds=hold_seconds))
        for actor in actors:
            calls = actor.calls()
            findings.add(name, actor, max(call.end for call in calls) - calls[0].begin)
