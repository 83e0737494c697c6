"""Trials of a toy's mutants: what kills one, what survives, what hangs, and what crashes are told apart."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools.writer import PROJECT

RULES = """
import os

def is_adult(age):
    return age >= 18

def is_old(age):
    return age >= 67

def drained(items):
    while items:
        items.pop()
    return items

def leaves(code):
    if code == 7:
        os._exit(7)
"""
# With a mark that two functions share, of which a mutant is reached by some values, and beside another mark.
TESTS = """
import pytest

from toy._sync.rules import drained, is_adult, is_old, leaves

def test_adults():
    assert is_adult(18)
    assert not is_adult(17)

def test_old_ones():
    assert is_old(99)
    assert not is_old(7)

def test_drained():
    assert drained([1, 2]) == []

def test_nobody_leaves():
    leaves(1)

of_each_age = pytest.mark.parametrize("age", [7, 66, 70], ids=str)

@of_each_age
def test_of_age(age):
    assert age < 50 or is_old(age) is (age == 70)

@of_each_age
@pytest.mark.parametrize("times", [1, 2])
def test_of_age_again(age, times):
    assert age < 50 or is_old(age) is (age == 70)

@of_each_age
def test_of_age_at_last(age):
    assert age < 67 or is_old(age)
"""
# In a process of its own: a trial is forked, which a process with threads had better not do.
DRIVER = """
import json, math, sys
from pathlib import Path
from tools.mutants.court import BaselineFailed, Court
from tools.mutants.mutant import mutants_in
from tools.mutants.plan import Plan
from tools.mutants.probes import Probes
from tools.mutants.source import Source
from tools.mutants.trial import warm_up

project = Path(sys.argv[1])
source = Source.read(project, project / "toy/_async/rules.py")
probes = Probes([source])
court = Court(project, silence_s=10.0)
warm_up(project, ["tests/test_rules.py"])
try:
    plan = Plan(probes, court.baseline(probes.texts, ("tests/test_rules.py",)))
except BaselineFailed as error:
    sys.exit(str(error))
named = [mutant for mutant in mutants_in(source) if f"{mutant.function} {mutant.text}" in sys.argv[2:]]
for verdict in court.verdicts(named, plan, until=math.inf, tell=lambda verdict: None):
    print(json.dumps(verdict.as_json()))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        "toy/_async/rules.py": RULES,
        "toy/_sync/rules.py": RULES,
        "tests/test_rules.py": TESTS,
        "pytest.ini": "[pytest]\npythonpath = .\nasyncio_default_fixture_loop_scope = function\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def driven(project: Path, *mutants: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", DRIVER, str(project), *mutants]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=120)


def fates(project: Path, *mutants: str) -> dict[str, dict[str, Any]]:
    """Return each verdict, by the mutated function and what it has now; of the async source, in its sync twin."""
    done = driven(project, *mutants)
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {f"{each['function']} {each['after']}": each for each in found}


def test_the_fates_of_mutants(project: Path) -> None:
    found = fates(project, "is_adult (age > 18)", "is_old (age > 67)", "drained pass", "leaves True")
    assert {name: each["fate"] for name, each in found.items()} == {
        "is_adult (age > 18)": "killed",
        "is_old (age > 67)": "survived",
        "drained pass": "timed out",
        "leaves True": "crashed",
    }
    assert found["is_adult (age > 18)"]["test"] == "tests/test_rules.py::test_adults"
    assert found["drained pass"]["test"] == "tests/test_rules.py::test_drained"
    assert found["is_old (age > 67)"]["tests"] == 16


def test_tests_that_fail_anyhow_judge_nobody(project: Path) -> None:
    (project / "tests/test_rules.py").write_text(TESTS + "\ndef test_wrong():\n    assert is_adult(1)\n")
    done = driven(project)
    assert done.returncode == 1
    assert "1 tests fail without a mutant" in done.stderr
    assert "tests/test_rules.py::test_wrong" in done.stderr
