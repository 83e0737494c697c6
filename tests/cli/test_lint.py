"""`dbkit migrate lint` as its readers call it: its exit codes, and what it prints and writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from dbkit.cli.lint import lint
from dbkit.testing.templates import Databases
from tests.migrate.lines import LineFolder

INDEX = "CREATE INDEX ix_orders_state ON orders (state)"


@pytest.fixture
def line(tmp_path: Path) -> LineFolder:
    line = LineFolder(tmp_path / "line")
    line.add(
        "create_orders",
        "CREATE TABLE orders (id bigint PRIMARY KEY, state text)",
        undo=("DROP TABLE orders",),
        downgrade='Lossy(lost="orders", rows=("orders",))',
    )
    return line


def run(line: LineFolder, server: Databases, *options: str) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(lint)
    arguments = ["--line", str(line.folder), "--dev-url", server.url_for("postgres"), *options]
    done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    return done.exit_code, done.output


def test_nothing_found_is_zero(line: LineFolder, server: Databases) -> None:
    assert run(line, server) == (0, "0 findings in 1 revision, 0 accepted\n")


def test_a_finding_is_one(line: LineFolder, server: Databases) -> None:
    line.add("index_orders", INDEX, undo=("DROP INDEX ix_orders_state",))
    code, output = run(line, server, "index_orders")
    assert (code, output.splitlines()[-1]) == (1, "1 finding in 1 revision, 0 accepted")
    assert ": L07 index-not-concurrent: " in output


def test_what_could_not_be_run_is_two(line: LineFolder, server: Databases) -> None:
    line.add("index_absent", INDEX.replace("orders (", "absent ("))
    code, output = run(line, server)
    assert code == 2
    assert 'relation "absent" does not exist' in output


def test_machines_have_their_formats(line: LineFolder, server: Databases, tmp_path: Path) -> None:
    line.add("index_orders", INDEX, undo=("DROP INDEX ix_orders_state",))
    sarif = tmp_path / "lint.sarif"
    code, output = run(line, server, "--json", "--sarif", str(sarif))
    assert (code, json.loads(output)["findings"][0]["rule"]) == (1, "L07")
    assert json.loads(sarif.read_text())["runs"][0]["results"][0]["ruleId"] == "L07"
    code, output = run(line, server, "--github")
    assert output.startswith("::warning file=")


def test_without_the_parser_it_says_what_to_install(
    line: LineFolder, server: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dbkit.cli.lint.find_spec", lambda _name: None)
    with pytest.raises(Exception, match=r"Install dbkit\[lint\]"):
        run(line, server)
