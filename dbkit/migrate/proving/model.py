"""What comes of a check: its verdict on a revision, what it found, and what it measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

__all__ = ["Finding", "Outcome", "Series", "Verdict"]


class Verdict(StrEnum):
    """What a check says of a revision: `COULD_NOT_RUN` is neither a pass nor a fault, and ends the command with 2."""

    PASSED = "passed"
    FAILED = "failed"
    WAIVED = "waived"
    NOT_APPLICABLE = "not applicable"
    COULD_NOT_RUN = "could not run"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that failed: what, and the statement that it is about, if any. Values in it are of rows made for it."""

    what: str
    statement: str = ""

    def as_json(self) -> dict[str, str]:
        """Return it for machines."""
        return {"what": self.what, "statement": self.statement}


@dataclass(frozen=True, slots=True)
class Series:
    """Something measured over time: points of seconds since the beginning, and the value then, in `unit`.

    `begins` and `ends` are the seconds between which the revision ran, where that is known.
    """

    name: str
    unit: str
    points: tuple[tuple[float, float], ...]
    begins: float | None = None
    ends: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        points = [[round(at, 4), round(value, 4)] for at, value in self.points]
        return {"name": self.name, "unit": self.unit, "begins": self.begins, "ends": self.ends, "points": points}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a check says of a revision.

    `reason` is why it is waived, not applicable, or could not be run. `findings` are what failed; a waived outcome
    keeps its own. `notes` are what a reader should know: above all, what was not looked at. `figures` are measured
    values by their names, which end in their units, and `series` the same over time.
    """

    verdict: Verdict
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict[str, float])
    series: tuple[Series, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding], **more: Any) -> Outcome:
        """Return the outcome of a check that has been run: failed where it found something."""
        found = tuple(findings)
        return cls(verdict=Verdict.FAILED if found else Verdict.PASSED, findings=found, **more)

    @classmethod
    def not_applicable(cls, reason: str) -> Outcome:
        """Return the outcome of a check that has nothing to ask of a revision."""
        return cls(verdict=Verdict.NOT_APPLICABLE, reason=reason)

    @classmethod
    def could_not_run(cls, reason: str) -> Outcome:
        """Return the outcome of a check that did not come to its end."""
        return cls(verdict=Verdict.COULD_NOT_RUN, reason=reason)

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "verdict": self.verdict.value,
            "reason": self.reason,
            "findings": [each.as_json() for each in self.findings],
            "notes": list(self.notes),
            "figures": {name: round(value, 4) for name, value in self.figures.items()},
            "series": [each.as_json() for each in self.series],
        }
