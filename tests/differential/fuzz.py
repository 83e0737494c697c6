"""Looking for differences for some time: Hypothesis draws programs, and shrinks those that differ."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.differential.machine import Machine, shrunk
from tests.differential.place import database_url
from tests.differential.program import Program, load, save
from tests.differential.writing import Plan, programs

__all__ = ["FOUND", "Report", "fuzz"]

FOUND = Path(__file__).parent / "found"
_PROGRAMS = 50
"""So many programs are drawn from one seed."""

_SHRINKS_MAX = 80
_FOUND_MAX = 5


@dataclass
class Report:
    """What a run came to: counts, and for each difference where its program is stored."""

    counts: Counter[str] = field(default_factory=Counter)
    found: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Task:
    seconds: float
    seed: int
    plan: Plan


def fuzz(seconds: float, processes: int, first_seed: int, plan: Plan) -> Report:
    """Look for differences for so long in several processes, each with seeds of its own."""
    tasks = [_Task(seconds, first_seed + number * 1_000_000, plan) for number in range(processes)]
    report = Report()
    # Not by fork: a forked process would share the connections.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for part in pool.map(_fuzz, tasks):
            report.counts.update(part.counts)
            report.found += part.found
    return report


def _fuzz(task: _Task) -> Report:
    with database_url() as url, asyncio.Runner() as runner:
        machine = Machine(url)
        report = Report(machine.statistics.counts)
        end, number = time.monotonic() + task.seconds, task.seed
        while time.monotonic() < end and len(report.found) < _FOUND_MAX:
            program = _Search(machine, runner, task.plan, end).search(number)
            if program is not None:
                report.found.append(_kept(runner.run(shrunk(program, machine.difference)), number))
            number += 1
        runner.run(machine.close())
    return report


class _Search:
    """The programs of one seed."""

    def __init__(self, machine: Machine, runner: asyncio.Runner, plan: Plan, end: float) -> None:
        self._machine = machine
        self._runner = runner
        self._plan = plan
        self._end = end
        self._found: Program | None = None
        self._shrinks = 0

    def search(self, number: int) -> Program | None:
        """Return a program that differs, as small as Hypothesis makes it in some tries; None where there is none."""

        @seed(number)
        @settings(
            max_examples=_PROGRAMS,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
            print_blob=False,
        )
        @given(programs(self._plan))
        def look(program: Program) -> None:
            if self._is_over() or self._runner.run(self._machine.difference(program)) is None:
                return
            self._found = program
            raise _Differs

        try:
            look()
        except _Differs:
            pass
        except Exception as error:
            # What hangs on the load of the machine is not always found again, which Hypothesis calls flaky.
            if self._found is None:
                raise
            del error
        return self._found

    def _is_over(self) -> bool:
        if self._found is not None:
            self._shrinks += 1
            return self._shrinks > _SHRINKS_MAX
        return time.monotonic() > self._end


class _Differs(Exception):
    """The two sides differ."""


def _kept(program: Program, number: int) -> str:
    """Store a program that differs, and return where."""
    FOUND.mkdir(exist_ok=True)
    path = FOUND / f"seed_{number}.json"
    save(program, path)
    assert load(path) == program
    return str(path)
