from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

# Without the folder itself on the path, as the installed program has it.
DBKIT = ("-P", "-c", "from dbkit.cli.main import main; main()")


@pytest.fixture(scope="session")
def run() -> Run:
    """Run Python in a folder, and return how it ended."""

    def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="session")
def dbkit(run: Run) -> Run:
    """Run the command line in a folder; what fails shows why."""

    def dbkit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run(folder, *DBKIT, *arguments)

    return dbkit


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, dbkit: Run) -> Path:
    """A new service with three new entities, one below the other."""
    folder = tmp_path_factory.mktemp("gadget")
    for command in (
        ("service", "gadget_service", "--database", "Shop", "--folder", "."),
        ("entity", "store"),
        ("entity", "gadget", "--under", "store", "--field", "price:numeric(10,2)?", "--states", "draft,listed,retired"),
        ("entity", "SparePart", "--under", "gadget", "--field", "details:json", "--field", "weight:integer"),
    ):
        done = dbkit(folder, "new", *command)
        assert done.returncode == 0, done.stderr
    return folder
