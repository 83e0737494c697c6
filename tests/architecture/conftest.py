from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT

_UNCOPIED = shutil.ignore_patterns("__pycache__", ".venv", ".*cache")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's code, in which a test may plant what it looks for."""
    target = tmp_path_factory.mktemp("project")
    for name in ("dbkit", "tools"):
        shutil.copytree(PROJECT / name, target / name, ignore=_UNCOPIED)
    shutil.copy(PROJECT / "pyproject.toml", target)
    (target / "tests").mkdir()
    return target


@pytest.fixture
def plant(copy: Path) -> Iterator[Callable[[str, str], Path]]:
    """Write files into the copy, and undo it after the test."""
    before: dict[Path, str | None] = {}

    def write(name: str, text: str) -> Path:
        path = copy / name
        before[path] = path.read_text() if path.exists() else None
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    yield write
    for path, text in before.items():
        if text is not None:
            path.write_text(text)
        else:
            path.unlink()


@pytest.fixture(scope="module")
def tool(copy: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a program of the copy, with the copy's packages."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *arguments]
        environment = {"PYTHONPATH": str(copy)}
        return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)

    return run
