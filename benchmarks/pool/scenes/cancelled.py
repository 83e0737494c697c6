"""Tasks are cancelled by the thousand, while they wait for a connection or for an answer."""

from __future__ import annotations

import time

from benchmarks.pool.orders import Calls, Storm
from benchmarks.pool.stage import Findings, Stage
from benchmarks.results import ASYNC

__all__ = ["cancelled"]

_SIZE = 4
_STORM = Storm(tasks=1_000, hold_seconds=0.020, cancel_seconds_max=1.0, seed=20_240_601)
_CALM_SECONDS = 0.5
_HOLD_SECONDS = 0.4
_TOGETHER = Calls(_SIZE, each=1, hold_seconds=_HOLD_SECONDS)


def cancelled(stage: Stage, findings: Findings) -> None:
    """See how many connections can be used at the same time after the storm."""
    for actors in stage.turns():
        tasks = [actor for actor in actors if actor.colour == ASYNC]
        with stage.opened(tasks, size_min=_SIZE, size_max=_SIZE):
            for actor in tasks:
                actor.storm(_STORM)
            for actor in tasks:
                actor.done()
            time.sleep(_CALM_SECONDS)
            for actor in tasks:
                actor.begin(_TOGETHER)
            for actor in tasks:
                calls = actor.calls()
                # A caller who finds no connection has to wait for another one's, and takes twice the time.
                usable = sum(call.error is None and call.seconds < 1.5 * _HOLD_SECONDS for call in calls)
                findings.add("cancelled_leaked", actor, _SIZE - usable)
