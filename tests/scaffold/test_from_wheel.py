"""The example is written anew by the command line alone, with dbkit installed from its wheel, and passes its tests."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT
from tests.wheel import python_with_wheel

Program = Callable[..., str]

COMMANDS = [
    ("service", "widget_service", "--database", "Shop", "--folder", "."),
    ("entity", "store"),
    ("entity", "widget", "--under", "store", "--field", "price:numeric(10,2)?", "--states", "draft,listed,retired"),
    ("entity", "part", "--under", "widget", "--field", "quantity:numeric(20,6)"),
]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Run a program of an environment that has dbkit from its wheel, and what dbkit needs from this one."""
    scratch = tmp_path_factory.mktemp("scratch")
    python = python_with_wheel(scratch)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DBKIT_"))}

    def program(name: str, *arguments: str, folder: Path) -> str:
        command = [str(python.parent / name), *arguments]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return program


def test_the_example_is_written_anew_and_is_green(program: Program, tmp_path: Path) -> None:
    where = program("python", "-P", "-c", "import dbkit; print(dbkit.__file__)", folder=tmp_path)
    assert not Path(where.strip()).is_relative_to(PROJECT)
    for command in COMMANDS:
        program("dbkit", "new", *command, folder=tmp_path)
    assert program("dbkit", "generate", "--check", folder=tmp_path)
    report = program("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", folder=tmp_path)
    assert " passed" in report
    assert "failed" not in report
    assert "skipped" not in report
