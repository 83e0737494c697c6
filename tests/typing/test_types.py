"""Type checkers accept what callers may write, and refuse what they may not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT

FOLDER = Path(__file__).parent
FILES = sorted(path for path in FOLDER.rglob("*.py") if path.read_text().startswith(('"""', "# Generated")))
READ = [path for path in FILES if path != Path(__file__)]
MARK = "  # refused"

Place = tuple[Path, int]
Errors = dict[Place, list[str]]


def _mypy() -> Errors:
    output = _output("mypy", "--output", "json", str(FOLDER))
    found: Errors = {}
    for line in output.splitlines():
        error = json.loads(line)
        if error["severity"] == "error":
            found.setdefault((PROJECT / error["file"], error["line"]), []).append(error["message"])
    return found


def _pyright() -> Errors:
    output = _output("pyright", "--outputjson", "--pythonpath", sys.executable, str(FOLDER))
    found: Errors = {}
    for error in json.loads(output)["generalDiagnostics"]:
        if error["severity"] == "error":
            line = error["range"]["start"]["line"] + 1
            found.setdefault((Path(error["file"]), line), []).append(error["message"])
    return found


def _output(checker: str, *arguments: str) -> str:
    command = [sys.executable, "-m", checker, *arguments]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module", params=[_mypy, _pyright], ids=["mypy", "pyright"])
def errors(request: pytest.FixtureRequest) -> Errors:
    """What one type checker says of all files: it is slow, so it runs once."""
    check: Callable[[], Errors] = request.param
    return check()


def _marked(path: Path) -> set[int]:
    return {number for number, line in enumerate(path.read_text().splitlines(), start=1) if line.endswith(MARK)}


@pytest.mark.parametrize("path", READ, ids=lambda path: str(path.relative_to(FOLDER)))
def test_what_is_marked_is_refused_and_nothing_else(errors: Errors, path: Path) -> None:
    marked = _marked(path)
    said = {line: messages for (where, line), messages in errors.items() if where == path}
    assert {line: messages for line, messages in said.items() if line not in marked} == {}
    lines = path.read_text().splitlines()
    assert [lines[number - 1].strip() for number in sorted(marked - set(said))] == []


def test_the_marks_are_many() -> None:
    assert sum(len(_marked(path)) for path in READ) > 100
