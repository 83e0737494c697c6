"""The pytest plugin verifies the mocks that a test has built."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = """
import asyncio
import pytest
from dbkit.mock import AsyncMockGroups, MockGroups
from dbkit.types import GroupFilter, ProjectId, uuid7

PROJECT = ProjectId(uuid7())
COUNTING = MockGroups().with_count(0)


def count(groups):
    return groups.count(GroupFilter(project_id=PROJECT))


@pytest.fixture
def groups():
    return COUNTING.build()


@pytest.fixture(scope="session")
def shared():
    return COUNTING.build()


def test_used():
    assert count(COUNTING.build()) == 0


def test_unused():
    COUNTING.build()


def test_unused_of_a_fixture(groups):
    pass


def test_unused_of_a_fixture_for_all(shared):
    pass


def test_unused_and_unverified():
    COUNTING.unverified().build()


def test_swallowed():
    try:
        MockGroups().build().count(GroupFilter(project_id=PROJECT))
    except Exception:
        pass


def test_failed_for_another_reason(groups):
    assert count(COUNTING.build()) == 1, "the reason"


def test_skipped_in_the_middle(groups):
    pytest.skip("elsewhere")


async def test_unused_awaited():
    AsyncMockGroups().with_count(0).build()


class TestOfAnotherKind:
    @pytest.fixture
    def mocks_verified(self):
        pass

    def test_unused_where_nobody_looks(self):
        COUNTING.build()
"""

PASSED = {"used", "unused_of_a_fixture_for_all", "unused_and_unverified", "unused_where_nobody_looks"}
FAILED = {
    "unused": "Failed: groups.count was never called",
    "unused_of_a_fixture": "Failed: groups.count was never called",
    "unused_awaited": "Failed: groups.count was never called",
    "swallowed": "NotStubbed: groups.count has no stub",
    "failed_for_another_reason": "AssertionError: the reason",
}


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says of each test at the end of a run."""
    folder = tmp_path_factory.mktemp("suite")
    (folder / "pytest.ini").write_text("[pytest]\nasyncio_mode = auto\n")
    (folder / "test_suite.py").write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider", "--color", "no"]
    environment = {**os.environ, "COLUMNS": "200", "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout.partition("short test summary info")[2]


def test_tests_that_pass(summary: str) -> None:
    assert set(re.findall(r"^PASSED \S*::test_(\w+)", summary, re.MULTILINE)) == PASSED


def test_tests_that_fail_and_why(summary: str) -> None:
    failed = dict(re.findall(r"^FAILED \S*::test_(\w+) - (.*)", summary, re.MULTILINE))
    assert failed.keys() == FAILED.keys()
    assert {name: reason for name, reason in failed.items() if FAILED[name] not in reason} == {}


def test_nothing_is_added_where_a_test_was_skipped(summary: str) -> None:
    assert "ERROR" not in summary
    assert len(re.findall("^SKIPPED", summary, re.MULTILINE)) == 1
