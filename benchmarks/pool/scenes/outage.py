"""The server is away for long, and all pools see it at the same time, each by its own port of a relay."""

from __future__ import annotations

import time
from collections.abc import Sequence

from benchmarks.figures import quantile
from benchmarks.pool.actors import Actor
from benchmarks.pool.orders import Call, Calls
from benchmarks.pool.relay import relayed
from benchmarks.pool.stage import Findings, Stage, until

__all__ = ["connects_per_second", "outage"]

_CALLS = Calls(callers=8, every_seconds=0.2)
_BEFORE_SECONDS = 0.5
_QUICK_SECONDS = 3.0
"""For so long a pool may look for the server as often as it likes."""


def outage(stage: Stage, findings: Findings) -> None:
    """Stop the server, start it when the outage is over, and see how the calls fared."""
    with relayed(stage.server.port, len(stage.actors)) as relay:
        with stage.opened(stage.actors, relay):
            for actor in stage.actors:
                actor.begin(_CALLS)
            time.sleep(_BEFORE_SECONDS)
            began = stage.server.stop()
            until(began + stage.scale.outage_seconds)
            ended = stage.server.start()
            until(ended + stage.scale.recovery_seconds)
            for actor in stage.actors:
                actor.stop()
            for actor in stage.actors:
                _judge(actor, actor.calls(), (began, ended), findings)
        for actor, came in zip(stage.actors, relay.ended(), strict=True):
            findings.add("outage_connects", actor, connects_per_second(came, began + _QUICK_SECONDS, ended))


def _judge(actor: Actor, calls: Sequence[Call], span: tuple[float, float], findings: Findings) -> None:
    began, ended = span
    failed = [call.seconds for call in calls if call.error is not None and began <= call.begin < ended]
    if failed:
        findings.add("outage_wait", actor, quantile(failed, 0.99))
    findings.add_first("outage_first", actor, calls, ended)


def connects_per_second(came: Sequence[float], since: float, ended: float) -> float:
    """Return the rate of the connects in a span: with one every second, a span has one more than its seconds."""
    connects = sum(since <= moment < ended for moment in came)
    return max(0, connects - 1) / (ended - since)
