"""One check: what it is called, what it looks at, and how it judges the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from dbkit.doctor.expected import Expected
from dbkit.doctor.facts import Facts
from dbkit.doctor.findings import Area, CheckReport, Finding, Outcome
from dbkit.doctor.unseen import NotChecked

__all__ = ["Check", "Judge"]

Judge: TypeAlias = Callable[[Facts, Expected], Iterable[Finding]]
"""Yields what is wrong; raises `NotChecked`, after what it could see, for what it could not."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check by its stable id. One `for_shared` servers does not apply to those of one developer."""

    id: str
    area: Area
    looks_at: str
    judge: Judge
    for_shared: bool = False

    def report(self, facts: Facts, expected: Expected) -> CheckReport:
        """Judge the facts."""
        if self.for_shared and expected.of_one_developer:
            return self._report(Outcome.NOT_APPLICABLE, why="this server is of one developer")
        found: list[Finding] = []
        why = None
        try:
            for finding in self.judge(facts, expected):
                found.append(finding)  # noqa: PERF402 (what was found before something could not be seen stays found)
        except NotChecked as refusal:
            why = refusal.reason
        outcome = Outcome.FOUND if found else Outcome.PASSED if why is None else Outcome.NOT_CHECKED
        return self._report(outcome, tuple(found), why)

    def _report(self, outcome: Outcome, findings: tuple[Finding, ...] = (), why: str | None = None) -> CheckReport:
        return CheckReport(id=self.id, area=self.area, outcome=outcome, findings=findings, why=why)
