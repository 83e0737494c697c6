"""`dbkit migrate prove` as its readers call it: its exit codes, and what it prints and writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from dbkit.cli.prove import prove
from dbkit.testing.templates import Databases
from tests.migrate.lines import LineFolder


@pytest.fixture
def line(tmp_path: Path) -> LineFolder:
    line = LineFolder(tmp_path / "line")
    line.add("create_orders", "CREATE TABLE orders (id bigint PRIMARY KEY, state text)")
    return line


def run(line: LineFolder, server: Databases, *options: str) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(prove)
    arguments = ["--line", str(line.folder), "--dev-url", server.url_for("postgres"), "--only", "reversible", *options]
    done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    return done.exit_code, done.output


def test_what_holds_is_zero(line: LineFolder, server: Databases, tmp_path: Path) -> None:
    line.add("index_orders", "CREATE INDEX ix ON orders (state)", undo=("DROP INDEX ix",))
    page = tmp_path / "proof.html"
    code, output = run(line, server, "index_orders", "--json", "--html", str(page))
    assert code == 0
    assert json.loads(output)["revisions"][0]["outcomes"]["reversible"]["verdict"] == "passed"
    assert page.read_text().startswith("<!doctype html>")


def test_what_does_not_is_one(line: LineFolder, server: Databases) -> None:
    line.add("index_orders", "CREATE INDEX ix ON orders (state)")
    code, output = run(line, server, "index_orders")
    assert code == 1
    assert "after down: index ix: absent -> CREATE INDEX" in output
    assert output.splitlines()[-1] == "1 revision: 1 failed"


def test_what_cannot_be_run_is_two(line: LineFolder, server: Databases) -> None:
    line.add("index_absent", "CREATE INDEX ix ON absent (state)")
    code, output = run(line, server, "index_absent")
    assert code == 2
    assert 'could not run: line 19: UndefinedTable: relation "absent" does not exist' in output
