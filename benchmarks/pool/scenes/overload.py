"""Three times as much is asked for as the pool can carry. Capacity is its connections, each busy for a fixed time."""

from __future__ import annotations

import time
from collections.abc import Sequence

from benchmarks.figures import quantile
from benchmarks.pool.actors import Actor
from benchmarks.pool.orders import Call, Calls
from benchmarks.pool.stage import Findings, Stage

__all__ = ["overload"]

_SIZE = 4
_WAITING_MAX = 2
_HOLD_SECONDS = 0.050
_OVERLOAD = 3
_CALLERS = 48
_PEAK = Calls(_SIZE, hold_seconds=_HOLD_SECONDS)
_TOO_MUCH = Calls(_CALLERS, _CALLERS * _HOLD_SECONDS / _SIZE / _OVERLOAD, hold_seconds=_HOLD_SECONDS)


def overload(stage: Stage, findings: Findings) -> None:
    """Compare three times the capacity with as many callers as there are connections, who wait for nothing."""
    for actors in stage.turns():
        with stage.opened(actors, size_min=_SIZE, size_max=_SIZE, waiting_max=_WAITING_MAX):
            peaks = _served(stage, actors, _PEAK)
            overloads = _served(stage, actors, _TOO_MUCH)
        for actor, peak, overloaded in zip(actors, peaks, overloads, strict=True):
            findings.add("overload_goodput", actor, len(overloaded) / max(1, len(peak)))
            findings.add("overload_p99", actor, quantile(overloaded, 0.99) / quantile(peak, 0.99))


def _served(stage: Stage, actors: Sequence[Actor], order: Calls) -> list[list[float]]:
    """Return for each pool how long the calls took that succeeded within the time."""
    for actor in actors:
        actor.begin(order)
    time.sleep(stage.scale.overload_seconds)
    for actor in actors:
        actor.stop()
    return [_seconds(actor.calls(), stage.scale.overload_seconds) for actor in actors]


def _seconds(calls: Sequence[Call], span_seconds: float) -> list[float]:
    # The first calls are those of a pool that has nothing to do yet.
    end = calls[0].begin + span_seconds
    return [call.seconds for call in calls if call.error is None and call.end <= end]
