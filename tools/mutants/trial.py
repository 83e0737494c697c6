"""A trial: tests run against one form of the twin, in a process of its own.

The process is forked from one that has pytest, the models and the suite's cases already, so it imports no more than
the twin and the tests. It tells its parent of each test; one that is silent for too long is ended.
"""

from __future__ import annotations

import gc
import os
import resource
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import pytest

from tools.mutants.importing import Substitutes, forget_twin
from tools.mutants.referee import Failed, Finished, Passed, Referee, Report, Started, recorded_answers
from tools.mutants.source import Source

__all__ = ["Ended", "Order", "Trial", "warm_up"]

_FORK = get_context("fork")
# A mutant that never stops collecting must not take the machine's memory with it.
_MEMORY_BYTES: Final = 6 << 30
_PLAIN: Final = (
    "-o",
    "addopts=--import-mode=importlib",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "-p",
    "no:terminal",
)


@dataclass(frozen=True)
class Order:
    """What a trial is about: the texts of modules that have another one, and the tests.

    `wanted` are tests with their places in the order; None: all of the files. `goes_on` after a failure, too.
    `slowest_s` are the seconds that the slowest of the tests is known to take.
    """

    texts: Mapping[Source, str]
    files: Sequence[str]
    wanted: Mapping[str, int] | None = None
    goes_on: bool = False
    slowest_s: float = 0.0


@dataclass
class Ended:
    """How a trial ended: what failed, what had begun when it fell silent, and what passed."""

    failed: list[Failed] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)
    begun: str = ""
    exit_code: int | None = None
    was_silent: bool = False

    @property
    def is_survived(self) -> bool:
        """Whether all tests have passed, as none has noticed anything where there was none."""
        return self.exit_code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) and not self.failed


class Trial:
    """A trial under way. `ended` fills up while the reports are read."""

    def __init__(self, project: Path, order: Order, silence_s: float) -> None:
        """Begin. A trial that says nothing for `silence_s` seconds is ended by `end_if_silent`."""
        self.ended = Ended()
        self.reports, sender = _FORK.Pipe(duplex=False)
        self._silence_s = silence_s
        self._heard = time.monotonic()
        self._process = _FORK.Process(target=_play, args=(project, order, sender), daemon=True)
        self._process.start()
        sender.close()

    def read(self) -> bool:
        """Take in one report, and tell whether the trial is over."""
        self._heard = time.monotonic()
        try:
            report: Report = self.reports.recv()
        except EOFError:
            # It has ended without a word, so it has crashed.
            self.close()
            return True
        if isinstance(report, Started):
            self.ended.begun = report.test
        elif isinstance(report, Passed):
            self.ended.passed.append(report)
        elif isinstance(report, Failed):
            self.ended.failed.append(report)
        else:
            self.ended.exit_code = report.exit_code
            self.close()
        return isinstance(report, Finished)

    def end_if_silent(self) -> bool:
        """End a trial that has been silent for too long, and tell whether it was."""
        if time.monotonic() - self._heard < self._silence_s:
            return False
        self.ended.was_silent = True
        self.close()
        return True

    def close(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.join()
        self.reports.close()


def warm_up(project: Path, files: Sequence[str]) -> None:
    """Import and make in this process what no mutant changes, so that each trial has it from the start."""
    with Path(os.devnull).open("w") as nothing, redirect_stdout(nothing):
        pytest.main([*_PLAIN, "--collect-only", *_paths(project, files)], plugins=[Referee(lambda _: None, set())])
    gc.collect()
    # What is never looked at again by the collector stays shared between the processes.
    gc.freeze()


def _play(project: Path, order: Order, sender: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    reached: set[int] = set()
    _take_any_example()
    substitutes = Substitutes(project, order.texts, reached.add)
    forget_twin(project, substitutes.modules)
    sys.meta_path.insert(0, substitutes)
    arguments = [*_PLAIN, *([] if order.goes_on else ["-x"]), *_paths(project, order.files)]
    code = pytest.main(arguments, plugins=[Referee(sender.send, reached, order.wanted)])
    sender.send(Finished(int(code)))
    # At once: a thread that a mutant has left waiting would be waited for.
    os._exit(0)


def _take_any_example() -> None:
    """Have Hypothesis draw few examples, and stop at one that fails, however long it is."""
    # Here: what pytest has not imported first it cannot make ready for its assertions.
    from hypothesis import Phase, settings

    phases = [Phase.explicit, Phase.generate]
    settings.register_profile("trial", phases=phases, max_examples=30, database=None, deadline=None)
    settings.load_profile("trial")


def _paths(project: Path, files: Sequence[str]) -> list[str]:
    return [f"--rootdir={project}", *recorded_answers(project), *(str(project / file) for file in files)]
