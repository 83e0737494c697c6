"""The server is restarted: while eight callers call, and while their connections lie idle."""

from __future__ import annotations

import time
from collections.abc import Sequence

from benchmarks.pool.actors import Actor
from benchmarks.pool.orders import Call, Calls
from benchmarks.pool.stage import Findings, Stage, first_success, until

__all__ = ["restart"]

_CALLERS = 8
_EVERY_SECONDS = 0.020
_BEFORE_SECONDS = 0.2
_AFTER_SECONDS = 0.6
_BUSY = Calls(_CALLERS, _EVERY_SECONDS)
_NEXT = Calls(_CALLERS, each=10)


def restart(stage: Stage, findings: Findings) -> None:
    """Restart the server in turn for each pool, round by round."""
    for _ in range(stage.scale.restart_rounds):
        for actors in stage.turns():
            with stage.opened(actors, size_min=_CALLERS, size_max=_CALLERS):
                # First idle, with all of the pool's connections there: some pools need long to have them all again.
                _while_idle(stage, actors, findings)
                _while_busy(stage, actors, findings)


def _while_busy(stage: Stage, actors: Sequence[Actor], findings: Findings) -> None:
    """While the server is down calls may fail; those that begin once one has succeeded again may not."""
    for actor in actors:
        actor.begin(_BUSY)
    time.sleep(_BEFORE_SECONDS)
    stage.server.stop()
    accepted = stage.server.start()
    until(accepted + _AFTER_SECONDS)
    for actor in actors:
        actor.stop()
    for actor in actors:
        calls = actor.calls()
        back = first_success(calls, accepted) or accepted
        findings.add("restart_errors", actor, _failed([call for call in calls if call.begin >= back]))
        findings.add_first("restart_first", actor, calls, accepted)


def _while_idle(stage: Stage, actors: Sequence[Actor], findings: Findings) -> None:
    stage.server.stop()
    stage.server.start()
    for actor in actors:
        actor.begin(_NEXT)
    for actor in actors:
        calls = actor.calls()
        findings.add("restart_idle_errors", actor, _failed(calls))
        findings.add("restart_idle_seconds", actor, max(call.end for call in calls) - calls[0].begin)


def _failed(calls: Sequence[Call]) -> int:
    return sum(call.error is not None for call in calls)
