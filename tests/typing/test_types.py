"""Type checkers accept what callers may write, and refuse what they may not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT

FOLDER = Path(__file__).parent
MARK = "  # refused"
MARKS_MIN = 100

Errors = dict[str, list[str]]


def _mypy() -> Iterator[tuple[Path, int, str]]:
    for line in _output("mypy", "--output", "json", str(FOLDER)).splitlines():
        error = json.loads(line)
        if error["severity"] == "error":
            yield PROJECT / error["file"], error["line"], error["message"]


def _pyright() -> Iterator[tuple[Path, int, str]]:
    output = _output("pyright", "--outputjson", "--pythonpath", sys.executable, str(FOLDER))
    for error in json.loads(output)["generalDiagnostics"]:
        if error["severity"] == "error":
            yield Path(error["file"]), error["range"]["start"]["line"] + 1, error["message"]


def _output(checker: str, *arguments: str) -> str:
    command = [sys.executable, "-m", checker, *arguments]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


def _marked() -> dict[str, str]:
    """Return the lines that are to be refused, by place."""
    return {
        f"{path.relative_to(FOLDER)}:{number}": line.strip()
        for path in sorted(FOLDER.rglob("*.py"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if line.endswith(MARK)
    }


# One test for each, because a type checker reads everything again at each run.
@pytest.mark.parametrize("check", [_mypy, _pyright], ids=["mypy", "pyright"])
def test_what_is_marked_is_refused_and_nothing_else(check: Callable[[], Iterator[tuple[Path, int, str]]]) -> None:
    said: Errors = {}
    for path, line, message in check():
        said.setdefault(f"{path.relative_to(FOLDER)}:{line}", []).append(message)
    marked = _marked()
    assert len(marked) > MARKS_MIN
    assert {place: messages for place, messages in said.items() if place not in marked} == {}
    assert {place: line for place, line in marked.items() if place not in said} == {}
