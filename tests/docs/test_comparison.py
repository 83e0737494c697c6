"""Each row of the comparison has a command of ours, and each of these commands does what it should."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
import typer.main
from sqlalchemy import BigInteger, Column, Identity, Integer, MetaData, Table, Text

from dbkit.cli.main import app
from dbkit.testing.templates import Databases
from tests.cli.conftest import dbkit
from tests.cli.run import Command
from tests.docs.pages import Document
from tests.fix_server import dbkit_setup, server
from tests.migrate.lines import LineFolder
from tests.migrate.test_sum import git

__all__ = ["dbkit", "dbkit_setup", "server"]

IS_ALL = os.environ.get("DBKIT_PROVE") == "all"
PAGE = Document("docs/comparison.md")
ROW = re.compile(r"^\| (?!what |tool |---)(.*) \|$", re.MULTILINE)
OURS = re.compile(r"`(dbkit [^`]+)`")
TOOLS = 7

MODELS = MetaData()
Table(
    "orders",
    MODELS,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("code", Text, nullable=False),
    Column("note", Text),
    Column("total", Integer),
)


def rows() -> list[list[str]]:
    text = PAGE.text.partition("## Where others do more")[0]
    return [each.split(" | ") for each in ROW.findall(text)]


COMMANDS = [OURS.search(each[1])[1] for each in rows()]  # type: ignore[index]
# Processes that are killed, and traffic: each is tried by itself, on one revision.
PROOFS = [each for each in COMMANDS if " prove --only " in each]


@pytest.fixture
def line(tmp_path: Path, server: Databases) -> LineFolder:
    """A line in git: one revision is on main, two are not, and main has got another one meanwhile."""
    line = begun(tmp_path / "line")
    fill = """>backfill("orders", "note = code", where="note IS NULL")"""
    kept = "Lossless(kept=('orders.note',))"
    line.add("fill", fill, phase="DATA", transactional=False, downgrade=kept, id="20240102000001")
    commit(line, "Notes")
    git(line.folder, "switch", "main")
    line.add(
        "topics",
        "CREATE TABLE topics (id bigint PRIMARY KEY)",
        undo=("DROP TABLE topics",),
        downgrade="Lossy(lost='topics', rows=('topics',))",
    )
    commit(line, "Topics")
    git(line.folder, "switch", "mine")
    git(line.folder, "merge", "main", check=False)
    return line


@pytest.fixture
def short_line(tmp_path: Path) -> LineFolder:
    """A line in git: one revision is on main, and one is not."""
    line = begun(tmp_path / "short")
    commit(line, "A note")
    return line


def begun(folder: Path) -> LineFolder:
    """Begin a line, on a branch with a revision that main does not have."""
    line = LineFolder(folder)
    make = "CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text NOT NULL)"
    lost = "Lossy(lost='the orders', rows=('orders',))"
    line.add("orders", make, undo=("DROP TABLE orders",), downgrade=lost)
    git(line.folder, "init", "--initial-branch=main")
    commit(line, "Begin")
    git(line.folder, "switch", "--create", "mine")
    locks, values = '{"orders": Lock.ACCESS_EXCLUSIVE}', "Lossy(lost='notes', columns=('orders.note',))"
    add, drop = "ALTER TABLE orders ADD note text", "ALTER TABLE orders DROP note"
    line.add("note", add, undo=(drop,), downgrade=values, locks=locks, id="20240102000000")
    return line


@pytest.fixture
def url(postgres_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """An empty database; files are written into the test's own folder."""
    monkeypatch.chdir(tmp_path)
    return postgres_url


def test_each_row_has_a_command_and_a_word_on_each_tool() -> None:
    assert len(rows()) > 30
    for each in rows():
        assert (each[0], len(each)) == (each[0], 2 + TOOLS)
        assert OURS.search(each[1]), each[0]


def test_the_commands(dbkit: Command, line: LineFolder, url: str, server: Databases, tmp_path: Path) -> None:
    for command in sorted(COMMANDS, key=place):
        if command in PROOFS:
            continue
        run = dbkit(filled_in(command, line, url, server))
        assert (run.code, command) == (0, command), run.out + run.err
        if " rebase " in command:
            commit(line, "Behind the topics")
        if " trace" in command:
            commit(line, "Seen")
        if " statistics " in command:
            (tmp_path / "sizes.json").write_text(run.out)
    assert {path.name for path in tmp_path.iterdir()} >= {"lint.sarif", "review.md", "review.html", "sizes.json"}


@pytest.mark.parametrize("command", PROOFS, ids=[each.rpartition(" ")[2] for each in PROOFS])
def test_the_proofs(dbkit: Command, short_line: LineFolder, url: str, server: Databases, command: str) -> None:
    run = dbkit(filled_in(command, short_line, url, server))
    assert (run.code, command) == (0, command), run.out + run.err
    assert "20240102000000" in run.out


def place(command: str) -> int:
    """Return when a command's turn is: what looks at the files, then at a database, then what takes back."""
    verb = command.split()[2]
    early = {"rebase": 0, "trace": 1, "validate": 2, "lint": 3, "prove": 4, "review": 5}
    late = {"adopt": 20, "check": 21, "fingerprint": 21, "repair": 22, "down": 30, "checkpoint": 31, "new": 40}
    if verb == "apply":
        return 9 if "--dry-run" in command else 10
    if verb == "statistics":
        return 8
    return early.get(verb, late.get(verb, 15))


def filled_in(command: str, line: LineFolder, url: str, server: Databases) -> str:
    """Return a command with the test's own line, database and scratch server, wherever it takes them."""
    verb = command.split()[2]
    words = command.removeprefix("dbkit ").replace("URL", url).replace("shop.models:Base", f"{__name__}:MODELS")
    takes = options(verb)
    if "--line" in takes and verb != "manifests":
        words += f" --line {line.folder}"
    if "--dev-url" in takes:
        words += f" --dev-url {server.url_for('postgres')}"
    if verb in ("prove", "review"):
        words += " --rows 200"
    if verb == "review" and not IS_ALL:
        words += " --only reversible"
    return words


def options(verb: str) -> set[str]:
    """Return the options of a command."""
    group: Any = typer.main.get_command(app)
    command = group.commands["migrate"].commands[verb]
    return {name for each in command.params for name in each.opts}


def commit(line: LineFolder, what: str) -> None:
    git(line.folder, "add", ".")
    git(line.folder, "commit", "--message", what)
