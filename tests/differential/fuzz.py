"""Looking for differences for some time: Hypothesis draws programs, and shrinks those that differ."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context, parent_process
from threading import Thread

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Flaky

from tests.differential.machine import Machine, shrunk
from tests.differential.place import database_url
from tests.differential.program import FOUND, Program, save
from tests.differential.writing import Plan, programs, seeded

__all__ = ["Report", "fuzz"]

_PROGRAMS = 50
"""So many programs are drawn from one seed."""

_SHRINKS_MAX = 80
_FOUND_MAX = 5


@dataclass
class Report:
    """What a run came to: counts, and for each difference where its program is stored, and what it is."""

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
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        for part in pool.map(_fuzz, tasks):
            report.counts.update(part.counts)
            report.found += part.found
    return report


def _end_with_parent() -> None:
    """Let this process end when the one that began it does, however that was ended."""
    parent = parent_process()
    if parent is not None:
        Thread(target=lambda: (parent.join(), os.kill(os.getpid(), signal.SIGTERM)), daemon=True).start()


def _fuzz(task: _Task) -> Report:
    with database_url() as url, asyncio.Runner() as runner:
        machine = Machine(url)
        report = Report(machine.statistics.counts)
        search = _Search(machine, runner, task)
        for number in count(task.seed):
            program = search.drawn(number) if number % 2 else search.seeded(number)
            if program is not None and (found := search.kept(program, number)) is not None:
                report.found.append(found)
            if search.is_over or len(report.found) == _FOUND_MAX:
                break
        runner.run(machine.close())
    return report


class _Search:
    """The programs of one process, a batch for each seed."""

    def __init__(self, machine: Machine, runner: asyncio.Runner, task: _Task) -> None:
        self._machine = machine
        self._runner = runner
        self._plan = task.plan
        self._end = time.monotonic() + task.seconds

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() > self._end

    def seeded(self, number: int) -> Program | None:
        """Return a program that differs, of those that follow from a seed."""
        for place in range(_PROGRAMS):
            program = seeded(f"{number} {place}", self._plan)
            if self.is_over or self._differs(program):
                return None if self.is_over else program
        return None

    def drawn(self, number: int) -> Program | None:
        """Return a program that differs, of those that Hypothesis draws, as small as it makes it in some tries."""
        found: list[Program] = []
        tries = count()

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
            if next(tries) < _SHRINKS_MAX if found else not self.is_over:
                self._machine.is_counting = not found
                if self._differs(program):
                    found.append(program)
                    raise _Differs

        # What hangs on the load of the machine is not always found again, which Hypothesis calls flaky.
        with suppress(_Differs, Flaky):
            look()
        self._machine.is_counting = True
        return found[-1] if found else None

    def _differs(self, program: Program) -> bool:
        return self._runner.run(self._machine.difference(program)) is not None

    def kept(self, program: Program, number: int) -> str | None:
        """Store a program that differs, without the steps that it does not take, and return where, and how it does."""
        self._machine.is_counting = False
        program = self._runner.run(shrunk(program, self._machine.difference))
        difference = self._runner.run(self._machine.difference(program))
        self._machine.is_counting = True
        if difference is None:
            self._machine.statistics.count("unsteady programs")
            return None
        FOUND.mkdir(exist_ok=True)
        path = FOUND / f"seed_{number}.json"
        save(program, path)
        return f"{path}\n{program}\n{difference}\n"


class _Differs(Exception):
    """The two sides differ."""
