"""The seed of a run: chosen once, told where a test fails, and the same again by an option."""

from __future__ import annotations

import re

import pytest

from tests.testing.suites import HEADER, INI, PLUGINS, Run

SUITE = """
def test_it(memory_db):
    assert memory_db.memory.seed == int(os.environ["DBKIT_MEMORY_SEED"]) == dbkit.connect("memory://").memory.seed
    assert False
"""


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBKIT_MEMORY_SEED", raising=False)


def test_a_failing_test_tells_the_seed(run: Run) -> None:
    result = run(SUITE, "--dbkit-seed=7")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*the same again: --dbkit-seed 7"])


def test_each_run_has_a_seed_of_its_own(run: Run) -> None:
    seeds = {re.findall(r"--dbkit-seed (\d+)", run(SUITE).stdout.str())[0] for _ in range(2)}
    assert len(seeds) == 2


def test_the_environment_says_the_seed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_MEMORY_SEED", "9")
    run(SUITE).stdout.fnmatch_lines(["*--dbkit-seed 9"])
    run(SUITE, "--dbkit-seed=7").stdout.fnmatch_lines(["*--dbkit-seed 7"])


def test_a_test_that_passes_tells_nothing(run: Run) -> None:
    result = run("def test_it(memory_db): pass", "-rA")
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*--dbkit-seed*")


def test_the_processes_of_a_run_share_the_seed(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeini(INI)
    again = SUITE.replace("test_it", "test_again")
    pytester.makepyfile(test_suite=f"{HEADER}{SUITE}{again}")
    result = pytester.runpytest_subprocess(*PLUGINS, "-p", "xdist", "-n2", timeout=600)
    result.assert_outcomes(failed=2)
    seeds = re.findall(r"--dbkit-seed (\d+)", result.stdout.str())
    assert len(seeds) == 2
    assert len(set(seeds)) == 1
