"""Fifty callers come to a pool of five that may grow to fifty, and each new connection takes a while to open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.pool.actors import Actor
from benchmarks.pool.orders import Calls
from benchmarks.pool.relay import Relay, relayed
from benchmarks.pool.stage import Findings, Stage

__all__ = ["growth"]

_SIZE_MIN, _SIZE_MAX = 5, 50
_CONNECT_SECONDS = 0.150
_LONG_SECONDS, _SHORT_SECONDS = 0.5, 0.002
_TIMEOUT_SECONDS = 10.0


def growth(stage: Stage, findings: Findings) -> None:
    """Let the callers hold their connections for long, where growing pays, and for short, where it does not."""
    short: list[tuple[Actor, float, float]] = []
    with relayed(stage.server.port, len(stage.actors), _CONNECT_SECONDS) as relay:
        for _ in range(stage.scale.growth_rounds):
            for actors in stage.turns():
                for actor, begin, end in _together(stage, actors, relay, _LONG_SECONDS):
                    findings.add("growth", actor, end - begin)
                short += _together(stage, actors, relay, _SHORT_SECONDS)
    came = dict(zip(stage.actors, relay.ended(), strict=True))
    for actor, begin, end in short:
        findings.add("spike", actor, end - begin)
        findings.add("spike_connects", actor, sum(begin <= moment <= end for moment in came[actor]))


def _together(
    stage: Stage, actors: Sequence[Actor], relay: Relay, hold_seconds: float
) -> Iterator[tuple[Actor, float, float]]:
    """Let all callers come at once; yield for each pool when the first one came, and when the last one was served."""
    with stage.opened(actors, relay, size_min=_SIZE_MIN, size_max=_SIZE_MAX, timeout_seconds=_TIMEOUT_SECONDS):
        for actor in actors:
            actor.begin(Calls(_SIZE_MAX, each=1, hold_seconds=hold_seconds))
        for actor in actors:
            calls = actor.calls()
            yield actor, calls[0].begin, max(call.end for call in calls)
