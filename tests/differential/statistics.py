"""What programs have reached: how many steps of which kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from tests.differential.playing import Moment, Trace
from tests.differential.program import BEGIN, CANCEL, SAVEPOINT, UNDO

__all__ = ["Statistics"]

_STATES = {"40001": "serialization failures", "40P01": "deadlocks", "55P03": "locks not available"}
_OF_UNIQUE_KEYS = ("create", "create_many", "upsert")


class Statistics:
    """Counts of programs, steps and what they came to."""

    def __init__(self) -> None:
        self.counts = Counter[str]()

    def count(self, what: str, number: int = 1) -> None:
        """Count something."""
        self.counts[what] += number

    def note(self, trace: Trace) -> None:
        """Count what a program came to."""
        self.count("programs")
        waiting: tuple[int, ...] = ()
        for moment in trace.moments:
            self.count("steps")
            self._note_step(moment)
            if len(moment.waiting) > len(waiting):
                self.count("waits")
                if moment.step.what in _OF_UNIQUE_KEYS:
                    self.count("waits of an insert")
            waiting = moment.waiting
            for outcome in moment.finished.values():
                self._note_outcome(outcome)

    def _note_step(self, moment: Moment) -> None:
        step = moment.step
        if step.entity is not None:
            self.count("operations")
            self.count(f"verb {step.what}")
            self.count(f"entity {step.entity}")
        elif step.what == BEGIN:
            self.count(f"transactions {step.named.get('isolation', 'read committed')}")
        elif step.what in (CANCEL, SAVEPOINT, UNDO):
            self.count(f"step {step.what}")

    def _note_outcome(self, outcome: Any) -> None:
        if isinstance(outcome, dict) and "raised" in outcome:
            self.count(f"error {outcome['raised']}")
            if (kind := _STATES.get(outcome.get("sqlstate", ""))) is not None:
                self.count(kind)

    def add(self, other: Counter[str]) -> None:
        """Add the counts of another process."""
        self.counts.update(other)

    def lines(self, seconds: float) -> Iterable[str]:
        """Yield what to tell people."""
        steps, operations = self.counts["steps"], self.counts["operations"]
        yield (
            f"{self.counts['programs']} programs, {steps} steps ({steps / seconds:.0f} a second), "
            f"{operations} operations ({operations / seconds:.0f} a second) in {seconds:.0f} s"
        )
        for start in ("transactions ", "step ", "error ", "verb ", "entity "):
            named = sorted((name, count) for name, count in self.counts.items() if name.startswith(start))
            if named:
                yield f"{start.strip():12} " + ", ".join(f"{name.removeprefix(start)} {count}" for name, count in named)
        others = [
            name
            for name in self.counts
            if not name.startswith(("transactions ", "step ", "error ", "verb ", "entity "))
        ]
        yield f"{'reached':12} " + ", ".join(f"{name} {self.counts[name]}" for name in sorted(others))
