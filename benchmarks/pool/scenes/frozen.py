"""Sessions of the server stand still, connected and silent; new ones are served, or not either."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager

from benchmarks.pool.actors import Actor
from benchmarks.pool.orders import Call, Calls
from benchmarks.pool.stage import Findings, Stage

__all__ = ["frozen"]

_WITHIN_SECONDS = 1.0
_CALLS = Calls(callers=4, every_seconds=0.1, within_seconds=_WITHIN_SECONDS)
_BEFORE_SECONDS = 0.5


def frozen(stage: Stage, findings: Findings) -> None:
    """Freeze the sessions of all pools for a time, then the whole server."""
    for actor, calls, began, ended in _frozen(stage, stage.server.frozen_sessions):
        answered = [call for call in calls if call.error is None and call.begin >= began and call.end < ended]
        findings.add("frozen_longest", actor, max(call.seconds for call in calls))
        findings.add("frozen_answered", actor, len(answered))
    for actor, calls, _, _ in _frozen(stage, stage.server.frozen):
        findings.add("frozen_server_longest", actor, max(call.seconds for call in calls))


def _frozen(
    stage: Stage, freeze: Callable[[], AbstractContextManager[None]]
) -> Iterator[tuple[Actor, Sequence[Call], float, float]]:
    """Yield the calls of each pool, and between which times what they talk to stood still."""
    with stage.opened(stage.actors):
        for actor in stage.actors:
            actor.begin(_CALLS)
        time.sleep(_BEFORE_SECONDS)
        with freeze():
            began = time.monotonic()
            time.sleep(stage.scale.frozen_seconds)
            ended = time.monotonic()
        for actor in stage.actors:
            actor.stop()
        for actor in stage.actors:
            yield actor, actor.calls(), began, ended
