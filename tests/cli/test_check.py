"""`dbkit migrate check` and `fingerprint`: output and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest

from dbkit.migrate.runner import apply
from dbkit.testing.templates import Databases
from tests.cli.run import Command
from tests.migrate.lines import LineFolder


@pytest.fixture
def line(tmp_path: Path, postgres_url: str) -> LineFolder:
    """A line with a table, applied."""
    line = LineFolder(tmp_path / "line")
    line.tables("a")
    apply(postgres_url, line=line.folder)
    return line


def test_a_check(dbkit: Command, line: LineFolder, postgres_url: str, server: Databases) -> None:
    arguments = f"migrate check {postgres_url} --line {line.folder} --dev-url {server.url_for('postgres')}"
    run = dbkit(arguments)
    assert run.code == 0
    assert run.out.splitlines()[1:] == [
        "nothing differs: the database and the line have one schema",
        "note: no models were given (--models)",
        "note: not all of owners and grants was compared (--owners --grants)",
    ]
    with psycopg.connect(postgres_url) as connection:
        connection.execute("ALTER TABLE a ALTER id SET NOT NULL")
    run = dbkit(arguments)
    assert run.code == 1
    assert run.out.splitlines()[1] == "differs: column a.id: the live one is NOT NULL"
    document = json.loads(dbkit(f"{arguments} --json").out)
    assert document["fingerprints"]["live"] != document["fingerprints"]["line"]
    assert document["differences"] == [
        {
            "object": "column a.id",
            "odd": "live",
            "what": "the live one is NOT NULL",
            "live": "integer NOT NULL",
            "line": "integer",
        }
    ]


def test_a_check_that_cannot_be_made(dbkit: Command, line: LineFolder) -> None:
    run = dbkit(f"migrate check memory:// --line {line.folder}")
    assert (run.code, run.out) == (2, "")
    assert "is no database of a server" in run.err


def test_a_fingerprint(dbkit: Command, line: LineFolder, postgres_url: str) -> None:
    arguments = f"migrate fingerprint {postgres_url} --line {line.folder}"
    run = dbkit(arguments)
    assert run.code == 0
    document = json.loads(dbkit(f"{arguments} --json").out)
    assert run.out == f"{document['fingerprint']}\n"
    assert run.out.startswith("f1:")
    assert list(document["tree"]["a"]["parts"]) == ["column a.id", "table a"]
