"""The pictures in the documents are those of the models and revisions, and a change of these is noticed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT

_UNCOPIED = shutil.ignore_patterns("__pycache__", ".venv", ".*cache")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what pictures are made from, with its pictures drawn."""
    target = tmp_path_factory.mktemp("project")
    for name in ("dbkit", "tools", "migrations"):
        shutil.copytree(PROJECT / name, target / name, ignore=_UNCOPIED)
    (target / "docs").mkdir()
    assert _draw(target).returncode == 0
    return target


def _draw(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "tools/pictures.py", *arguments]
    environment = {"PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_up_to_date() -> None:
    result = _draw(PROJECT, "--check")
    assert result.returncode == 0, result.stdout[:4000] + result.stderr


def test_drawing_again_changes_nothing(copy: Path) -> None:
    assert _draw(copy, "--check").returncode == 0


@pytest.mark.parametrize(
    ("name", "before", "after", "pictures"),
    [
        (
            "dbkit/models/topic.py",
            'ForeignKeyConstraint(["project_id"], ["projects.id"], ondelete="CASCADE"),',
            "",
            {"docs/schema.svg", "docs/schema.md"},
        ),
        ("dbkit/models/lease.py", "A named lock", "A lock", {"docs/schema.md"}),
        (
            "migrations/versions/20230613160325_create_read_states.py",
            "def upgrade() -> None:\n",
            'def upgrade() -> None:\n    op.execute("ALTER TABLE groups ADD COLUMN more text")\n',
            {"docs/history.svg"},
        ),
    ],
)
def test_a_change_is_noticed(copy: Path, name: str, before: str, after: str, pictures: set[str]) -> None:
    text = (copy / name).read_text()
    assert before in text
    (copy / name).write_text(text.replace(before, after, 1))
    try:
        result = _draw(copy, "--check")
    finally:
        (copy / name).write_text(text)
    assert result.returncode == 1, result.stderr
    assert {line.split()[1] for line in result.stdout.splitlines() if line.startswith("--- ")} == pictures


def test_a_missing_picture_is_noticed(copy: Path) -> None:
    drawn = copy / "docs" / "history.svg"
    text = drawn.read_text()
    drawn.unlink()
    try:
        assert _draw(copy, "--check").returncode == 1
    finally:
        drawn.write_text(text)
