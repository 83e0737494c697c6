"""Exit codes, output and errors of every command."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from importlib.metadata import version

import pytest

from dbkit.cli import demo as demo_command
from tests.cli.run import Command

COMMANDS = [
    "db create",
    "db drop",
    "db dump",
    "db refresh",
    "db seed",
    "demo",
    "doctor",
    "generate",
    "migrate apply",
    "migrate down",
    "migrate hash",
    "migrate history",
    "migrate new",
    "migrate plan",
    "migrate rebase",
    "migrate statistics",
    "migrate status",
    "migrate trace",
    "migrate validate",
    "schema diff",
    "schema docs",
    "schema erd",
    "schema show",
]
SECRET = "hunter2"


def test_version_needs_no_library_of_databases() -> None:
    code = "import sys; sys.argv = ['dbkit', '--version']; import atexit; from dbkit.cli.main import main; "
    code += "atexit.register(lambda: print(*sys.modules)); main()"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    first, modules = shown.splitlines()
    assert first == f"dbkit {version('dbkit')}"
    assert not {"sqlalchemy", "psycopg", "dbkit.types"} & set(modules.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_speaks_json(dbkit: Command, command: str) -> None:
    help_ = dbkit(f"{command} --help")
    assert help_.code == 0
    assert "--json" in help_.out


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "schema",
        "no-such-command",
        "demo --no-such-option",
        "migrate apply a b",
        "migrate apply a 1 c",
        "migrate apply 1 --count 1",
    ],
)
def test_wrong_usage(dbkit: Command, arguments: str) -> None:
    run = dbkit(arguments)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("Usage: dbkit")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "Set DBKIT_URL"),
        (f"mysql://me:{SECRET}@host/shop", "unknown scheme"),
        ("embedded://relative", "absolute folder"),
        (f"postgresql://me:{SECRET}@127.0.0.1:1/shop", "Check that the server runs"),
        (f"postgresql://me:{SECRET}@127.0.0.1:port/shop", "host and port are right"),
    ],
)
def test_what_cannot_run_says_why_and_what_to_do(dbkit: Command, url: str, says: str) -> None:
    run = dbkit(f"migrate status {url}")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("dbkit: ")
    assert says in run.err
    assert len(run.err.splitlines()) == 1
    assert SECRET not in run.err


def test_a_fault_of_dbkit_is_told_by_its_place(dbkit: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_what: str) -> None:
        raise KeyError(SECRET)

    monkeypatch.setattr(demo_command, "progress", fail)
    run = dbkit("demo")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"dbkit: unexpected KeyError at {__file__}:")
    assert SECRET not in run.err


def test_what_the_system_refuses_is_told_in_its_words(dbkit: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_what: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/somewhere")

    monkeypatch.setattr(demo_command, "progress", fail)
    run = dbkit("demo")
    assert (run.code, run.out, run.err) == (2, "", "dbkit: Permission denied: /somewhere\n")


def test_schema_show(dbkit: Command) -> None:
    run = dbkit("schema show")
    assert run.code == 0
    assert run.out.startswith("CREATE TABLE")
    statements = json.loads(dbkit("schema show --json").out)["statements"]
    assert run.out == "".join(f"{statement};\n\n" for statement in statements).rstrip() + "\n"
