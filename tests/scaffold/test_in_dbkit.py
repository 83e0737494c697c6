"""A new entity of dbkit itself: everything that looks at all entities is content with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT
from tests.scaffold.conftest import DBKIT

COPIED = ("dbkit", "docs", "examples", "migrations", "tests", "tools")
LOOKED_AT = (
    "tests/entities",
    "tests/models/test_agreement.py",
    "tests/seeds/test_small_world.py",
    "tests/architecture/test_public_names.py",
)
NEW = (*DBKIT, "new", "entity")
COMMANDS = (
    ("tools/interfaces.py", "--check"),
    ("tools/unasync.py", "--check"),
    ("tools/pictures.py", "--check"),
    ("-m", "ruff", "check", "--no-cache", "dbkit/types", "dbkit/models", "dbkit/mock/factories", "tests/entities"),
    ("-m", "ruff", "format", "--check", "--no-cache", "dbkit/types", "dbkit/models", "migrations", "tests/entities"),
    ("-m", "ruff", "check", "--no-cache", "tests/migrations/history"),
    (*DBKIT, "migrate", "trace"),
    (*DBKIT, "migrate", "validate"),
    (
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-n",
        "0",
        "tests/migrations/test_walk.py",
        "-k",
        "gadget or part",
    ),
    ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", *LOOKED_AT, "-k", "not postgres"),
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of dbkit."""
    for name in COPIED:
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", ".*cache"))
    for file in ("pyproject.toml", "README.md"):
        shutil.copy(PROJECT / file, tmp_path)
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_all_is_green(checkout: Path) -> None:
    refused = run(checkout, *NEW, "gadget")
    assert refused.returncode == 2
    assert "Say --area, one of: tenancy, credentials" in refused.stderr
    for entity in (("gadget", "--states", "idle,busy"), ("part", "--under", "gadget", "--field", "size:integer?")):
        done = run(checkout, *NEW, *entity, "--area", "platform")
        assert done.returncode == 0, done.stderr
        assert f"create_{entity[0]}s.py as it is now: run `dbkit migrate trace`" in done.stdout
    for command in COMMANDS:
        done = run(checkout, *command)
        assert done.returncode == 0, done.stdout + done.stderr
