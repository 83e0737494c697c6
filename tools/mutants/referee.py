"""What runs the tests of one trial inside of pytest, and says how they go."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import pytest

__all__ = [
    "TESTS",
    "Failed",
    "Finished",
    "Passed",
    "Referee",
    "Report",
    "Started",
    "function_of",
    "known_tests",
    "recorded_answers",
]

TESTS: Final = (
    "tests/conformance/test_entities.py",
    "tests/memory",
    "tests/operations",
    "tests/events",
    "tests/differential/test_recorded.py",
    "tests/equivalence/values",
)
"""The tests that judge a mutant, as far as they need no PostgreSQL, or its recorded answers do."""

_RECORDED = "tests/recorded/answers.py"

_OF_SERVERS = frozenset({"postgres_db", "async_postgres_db", "postgres_url", "dbkit_loan", "dbkit_kit", "server"})


class Started(NamedTuple):
    """A test has begun."""

    test: str


class Passed(NamedTuple):
    """A test has passed, in some seconds; `reached` has the bits of the probes that it came by."""

    test: str
    seconds: float
    reached: int


class Failed(NamedTuple):
    """A test has failed: its text is for people."""

    test: str
    text: str


class Finished(NamedTuple):
    """All tests are over; the exit code is pytest's."""

    exit_code: int


Report: TypeAlias = Started | Passed | Failed | Finished


def known_tests(project: Path) -> list[str]:
    """Return those of the tests that are there."""
    return [name for name in TESTS if (project / name).exists()]


def recorded_answers(project: Path) -> list[str]:
    """Return the options that have tests take recorded answers of PostgreSQL for its own, if there are any."""
    return ["-p", "tests.recorded.answers"] if (project / _RECORDED).exists() else []


class Referee:
    """A plugin that gives pytest the tests to run, in their order, and tells what becomes of each.

    `wanted` has the place of each test in the order; None: all, in pytest's own order.
    """

    def __init__(
        self, tell: Callable[[Report], None], reached: set[int], wanted: Mapping[str, int] | None = None
    ) -> None:
        self._tell = tell
        self._reached = reached
        self._wanted = wanted
        self._seconds = 0.0
        self._failed = False

    def pytest_configure(self, config: pytest.Config) -> None:
        """Have plain tracebacks: to show each call's arguments takes longer than the tests do."""
        config.option.tbstyle = "native"

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makeitem(self, name: str, obj: object) -> list[Any] | None:
        """Make no tests of a function that needs a server, nor of one that nobody has asked for."""
        if not (inspect.isfunction(obj) and name.startswith("test")):
            return None
        if _OF_SERVERS.intersection(inspect.signature(obj).parameters):
            return []
        return None if self._functions is None or name in self._functions else []

    @pytest.hookimpl(tryfirst=True)
    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Make only the wanted ones of a function with thousands of tests: the rest take a second to be thrown away."""
        if self._wanted is None:
            return
        wanted, name, parametrize = self._wanted, metafunc.definition.nodeid, metafunc.parametrize

        def chosen(names: Any, values: Iterable[Any], *, ids: Any = None, **others: Any) -> None:
            values = [*values]
            if callable(ids) and (left := [value for value in values if f"{name}[{ids(value)}]" in wanted]):
                values = left
                # A mark that several functions share keeps the names of the first one's values.
                others.pop("_param_mark", None)
            parametrize(names, values, ids=ids, **others)

        vars(metafunc)["parametrize"] = chosen

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave the tests that are wanted."""
        items[:] = [item for item in items if not _needs_server(item)]
        if self._wanted is not None:
            wanted = self._wanted
            items[:] = sorted((item for item in items if item.nodeid in wanted), key=lambda item: wanted[item.nodeid])

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Say that a test begins."""
        self._reached.clear()
        self._seconds = 0.0
        self._failed = False
        self._tell(Started(nodeid))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the time, and say what has failed."""
        self._seconds += report.duration
        if report.failed:
            self._failed = True
            self._tell(Failed(report.nodeid, report.longreprtext))

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Say that a test has passed, and what it came by."""
        if not self._failed:
            self._tell(Passed(nodeid, self._seconds, _bits(self._reached)))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Say that a file cannot be imported, as of a test that fails."""
        if report.failed:
            self._tell(Failed(report.nodeid, report.longreprtext))

    @property
    def _functions(self) -> Collection[str] | None:
        if self._wanted is None:
            return None
        return {function_of(test) for test in self._wanted}


def function_of(test: str) -> str:
    """Return the name of a test's function."""
    return test.partition("[")[0].rpartition("::")[2]


def _needs_server(item: pytest.Item) -> bool:
    parameters: Sequence[object] = [*getattr(getattr(item, "callspec", None), "params", {}).values()]
    return "postgres" in parameters or bool(_OF_SERVERS.intersection(getattr(item, "fixturenames", ())))


def _bits(numbers: set[int]) -> int:
    bits = 0
    # A copy: a thread that a test has left behind may still be at work.
    for number in [*numbers]:
        bits |= 1 << number
    return bits
