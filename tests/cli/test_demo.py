"""The demo tells one story to two databases, and notices where they differ."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from rich.console import Console

import dbkit
from dbkit.cli.demo import demo
from dbkit.cli.story import stage
from dbkit.cli.story.cast import Cast
from dbkit.cli.story.report import Report
from dbkit.cli.story.telling import Told, differences, tell
from dbkit.types import AlreadyExists

ERRORS = [
    "CursorInvalid",
    "AlreadyExists",
    "AlreadyExists",
    "ReferenceMissing",
    "ReferenceMissing",
    "CheckFailed",
    "StillReferenced",
    "IllegalTransition",
    "AlreadyExists",
    "TransactionAborted",
    "StaleVersion",
]


@pytest.fixture
def scratch() -> Iterator[Path]:
    """A folder for temporary folders, which the server's account can reach."""
    with tempfile.TemporaryDirectory(prefix="dbkit-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def told() -> list[Told]:
    with dbkit.connect("memory://") as database:
        return tell(database, Cast())


def test_for_machines(scratch: Path) -> None:
    command = [sys.executable, "-c", "from dbkit.cli.main import main; main()", "demo", "--json"]
    run = subprocess.run(
        command, check=False, capture_output=True, text=True, env={**os.environ, "TMPDIR": str(scratch)}
    )
    assert (run.returncode, run.stderr) == (0, "")
    report = json.loads(run.stdout)
    assert report["equal"] is True
    assert [step["error"]["class"] for step in report["steps"] if step["error"]] == ERRORS
    assert all(step["equal"] for step in report["steps"])
    assert all(seconds > 0 for step in report["steps"] for seconds in step["seconds"].values())
    assert list(scratch.iterdir()) == []


def test_for_readers(told: list[Told]) -> None:
    console = Console(record=True, width=130, file=io.StringIO())
    _report(told, told).show(console)
    text = console.export_text()
    assert f"{len(told)} steps, {len(told)} equal answers" in text
    assert "AlreadyExists: another row already holds these values (uq_connections_identity_live)" in text


def test_a_difference_is_a_finding(
    told: list[Told], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = [*told[:-1], replace(told[-1], answer="something else")]
    monkeypatch.setattr(stage, "perform", lambda: _report(told, other))
    with pytest.raises(typer.Exit) as exit_:
        demo()
    assert exit_.value.exit_code == 1
    shown = capsys.readouterr().out
    assert "1 answered differently" in shown
    assert "memory: something else" in shown


def test_answers_of_two_databases_are_compared(told: list[Told]) -> None:
    with dbkit.connect("memory://") as database:
        assert differences(told, tell(database, Cast())) != []
    cast = Cast()
    with dbkit.connect("memory://") as one, dbkit.connect("memory://") as other:
        assert differences(tell(one, cast), tell(other, cast)) == []


def test_an_error_that_is_not_part_of_the_story_ends_it() -> None:
    cast = Cast()
    with dbkit.connect("memory://") as database:
        tell(database, cast)
        with pytest.raises(AlreadyExists):
            tell(database, cast)


def _report(postgresql: list[Told], memory: list[Told]) -> Report:
    return Report("15.0", 1.0, 0.1, 10, postgresql, memory)
