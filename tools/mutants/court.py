"""Many mutants, a few at a time: each is tried by the likeliest tests, and by all others if it survives those."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest

from tools.mutants.mutant import Mutant
from tools.mutants.plan import Plan
from tools.mutants.referee import Passed
from tools.mutants.source import Source
from tools.mutants.trial import Ended, Order, Trial
from tools.mutants.verdict import Fate, Verdict

__all__ = ["BaselineFailed", "Court"]

_PATIENCE: Final = 10

Hearing: TypeAlias = Generator[Order, Ended, Verdict]


class BaselineFailed(Exception):
    """Tests fail without any mistake in the twin, so they cannot tell one."""


class Court:
    """Runs trials of the project's tests, `processes` of them side by side.

    A trial that says nothing for `silence_s` seconds counts as hung.
    """

    def __init__(self, project: Path, *, processes: int = 2, silence_s: float = 30.0) -> None:
        self._project = project
        self._processes = processes
        self._silence_s = silence_s

    def baseline(
        self, texts: dict[Source, str], files: Iterable[str], *, despite_failures: bool = False
    ) -> list[Passed]:
        """Run all tests against the twin with probes, and return what those reach that pass.

        Raises `BaselineFailed` where one fails, if not `despite_failures`, and where pytest cannot run them.
        """
        orders = [Order(texts, (file,), goes_on=True) for file in files]
        passed: list[Passed] = []
        for ended in self._all(_alone(order) for order in orders):
            if not ended.is_survived and not (despite_failures and ended.exit_code == pytest.ExitCode.TESTS_FAILED):
                raise BaselineFailed(_reason(ended))
            passed += ended.passed
        return passed

    def verdicts(
        self, mutants: Iterable[Mutant], plan: Plan, *, until: float, tell: Callable[[Verdict], None]
    ) -> list[Verdict]:
        """Try mutants in their order, beginning none after the time `until` of the monotonic clock."""
        found: list[Verdict] = []
        hearings = (_hearing(mutant, plan) for mutant in mutants if time.monotonic() < until)
        for verdict in self._all(hearings):
            found.append(verdict)
            if verdict.fate is Fate.KILLED:
                plan.note_kill(verdict.test)
            tell(verdict)
        return found

    def _all(self, hearings: Iterable[Generator[Order, Ended, Any]]) -> Iterator[Any]:
        """Go on with each hearing whenever its trial is over, and yield what the hearings come to."""
        waiting = iter(hearings)
        under_way: dict[Connection, tuple[Generator[Order, Ended, Any], Trial]] = {}
        try:
            while True:
                while len(under_way) < self._processes and (hearing := next(waiting, None)) is not None:
                    self._begin(under_way, hearing, next(hearing))
                if not under_way:
                    return
                for hearing, trial in self._over(under_way):
                    try:
                        self._begin(under_way, hearing, hearing.send(trial.ended))
                    except StopIteration as stop:
                        yield stop.value
        finally:
            for _, trial in under_way.values():
                trial.close()

    def _begin(self, under_way: dict[Connection, Any], hearing: Generator[Order, Ended, Any], order: Order) -> None:
        # The first run of all has probes and fills caches on the disk, and nobody knows yet how long its tests take.
        silence_s = self._silence_s * (_PATIENCE if order.goes_on else 1)
        trial = Trial(self._project, order, silence_s + _PATIENCE * order.slowest_s)
        under_way[trial.reports] = (hearing, trial)

    def _over(self, under_way: dict[Connection, Any]) -> list[tuple[Generator[Order, Ended, Any], Trial]]:
        """Wait for reports, and take out the trials that are over."""
        ready = {each for each in wait(list(under_way), timeout=1.0) if isinstance(each, Connection)}
        over = [reports for reports, (_, trial) in under_way.items() if _is_over(trial, reports in ready)]
        return [under_way.pop(reports) for reports in over]


def _is_over(trial: Trial, has_report: bool) -> bool:  # noqa: FBT001 - it is what the loop knows of the trial
    return trial.read() if has_report else trial.end_if_silent()


def _alone(order: Order) -> Generator[Order, Ended, Ended]:
    return (yield order)


def _hearing(mutant: Mutant, plan: Plan) -> Hearing:
    """Try a mutant: the likeliest tests first, then the others."""
    began = time.monotonic()
    texts = {mutant.source: mutant.mutated}
    count = 0
    for tests in plan.stages(mutant):
        if not tests:
            continue
        places = {test: place for place, test in enumerate(tests)}
        ended = yield Order(texts, _files(tests), places, slowest_s=plan.slowest_s(tests))
        count += len(ended.passed) + len(ended.failed)
        if not ended.is_survived:
            return _verdict(mutant, ended, count, time.monotonic() - began)
    return Verdict(mutant, Fate.SURVIVED, "", count, time.monotonic() - began)


def _verdict(mutant: Mutant, ended: Ended, count: int, seconds: float) -> Verdict:
    if ended.was_silent:
        return Verdict(mutant, Fate.TIMED_OUT, ended.begun, count, seconds)
    if not ended.failed:
        return Verdict(mutant, Fate.CRASHED, ended.begun, count, seconds)
    return Verdict(mutant, Fate.KILLED, ended.failed[0].test, count, seconds, ended.failed[0].text)


def _files(tests: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({test.partition("::")[0] for test in tests}))


def _reason(ended: Ended) -> str:
    if ended.failed:
        names = ", ".join(failed.test for failed in ended.failed[:5])
        return f"{len(ended.failed)} tests fail without a mutant, so they cannot tell one: {names}"
    return f"the tests ended without a result (exit code {ended.exit_code}), at {ended.begun or 'their collection'}"
