"""The figures of pools: what is measured, in which unit, and what must be."""

from __future__ import annotations

from benchmarks.figures import Kind, Unit

__all__ = ["CHECKOUT", "KINDS"]

CHECKOUT = "checkout"
"""The name of the figure that is judged as a part of a peer's."""

KINDS = {
    kind.name: kind
    for kind in (
        Kind(CHECKOUT, "checkout and return", Unit.SECONDS),
        Kind("restart_errors", "restart: failed calls after it", Unit.COUNT, 0, by_worst=True),
        Kind("restart_first", "restart: first success", Unit.SECONDS, 0.050),
        Kind("restart_idle_errors", "restart while idle: failed calls", Unit.COUNT, 0, by_worst=True),
        Kind("restart_idle_seconds", "restart while idle: the next 80 calls", Unit.SECONDS),
        Kind("outage_wait", "outage: a failing call (p99)", Unit.SECONDS, 0.050),
        Kind("outage_first", "outage: first success", Unit.SECONDS, 1.0),
        Kind("outage_connects", "outage: connects after 3 s", Unit.RATE, 1.0),
        Kind("frozen_longest", "frozen sessions: longest, 1 s given", Unit.SECONDS, 1.25),
        Kind("frozen_answered", "frozen sessions: answered meanwhile", Unit.COUNT),
        Kind("frozen_server_longest", "frozen server: longest, 1 s given", Unit.SECONDS, 1.25),
        Kind("overload_goodput", "3 x capacity: goodput, of peak", Unit.PART, 0.9, is_floor=True),
        Kind("overload_p99", "3 x capacity: p99, of peak's", Unit.PART, 2.0),
        Kind("cancelled_leaked", "1,000 cancelled: leaked of 4", Unit.COUNT, 0, by_worst=True),
        Kind("growth", "5 to 50, 50 calls of 500 ms", Unit.SECONDS, 1.3),
        Kind("spike", "5 to 50, 50 calls of 2 ms", Unit.SECONDS),
        Kind("spike_connects", "5 to 50, 50 calls of 2 ms: connects", Unit.COUNT),
    )
}
"""By name, in the order in which they are shown."""
