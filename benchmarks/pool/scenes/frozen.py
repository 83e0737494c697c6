"""All sessions of the server stand still: connected, and silent. New ones are served."""

from __future__ import annotations

import time

from benchmarks.pool.orders import Calls
from benchmarks.pool.stage import Findings, Stage

__all__ = ["frozen"]

_WITHIN_SECONDS = 1.0
_CALLS = Calls(callers=4, every_seconds=0.1, within_seconds=_WITHIN_SECONDS)
_BEFORE_SECONDS = 0.5


def frozen(stage: Stage, findings: Findings) -> None:
    """Freeze the sessions of all pools for a time, and see how long calls took that were allowed a second."""
    with stage.opened(stage.actors):
        for actor in stage.actors:
            actor.begin(_CALLS)
        time.sleep(_BEFORE_SECONDS)
        with stage.server.frozen_sessions():
            began = time.monotonic()
            time.sleep(stage.scale.frozen_seconds)
            ended = time.monotonic()
        for actor in stage.actors:
            actor.stop()
        for actor in stage.actors:
            calls = actor.calls()
            answered = [call for call in calls if call.error is None and call.begin >= began and call.end < ended]
            findings.add("frozen_longest", actor, max(call.seconds for call in calls))
            findings.add("frozen_answered", actor, len(answered))
