"""The command `dbkit generate`: exit codes, what it prints, what it writes."""

from __future__ import annotations

import json

import pytest

from dbkit.generate.package import Package
from tests.cli.conftest import dbkit
from tests.cli.run import Command

__all__ = ["dbkit"]


@pytest.fixture(autouse=True)
def in_the_package(library: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(library.root)


def test_it_writes_and_then_there_is_nothing_to_do(dbkit: Command) -> None:
    checked = dbkit("generate --check")
    assert (checked.code, checked.err) == (1, "")
    assert "--- library/mock/_sync/book.py: missing" in checked.out.splitlines()
    written = dbkit("generate")
    assert (written.code, written.err) == (0, "")
    assert "wrote library/mock/_sync/book.py" in written.out.splitlines()
    for command in ("generate", "generate --check", "generate --package library"):
        assert dbkit(command).out == "all is up to date\n"


def test_json(dbkit: Command, library: Package) -> None:
    dbkit("generate")
    library.path("mock", "_sync", "book.py").unlink()
    library.path("mock", "_sync", "author.py").write_text("")
    library.path("types", "calls", "ours.py").write_text("OURS = 1\n")
    checked = dbkit("generate --check --json")
    assert checked.code == 1
    assert json.loads(checked.out) == {
        "stale": ["library/mock/_sync/book.py"],
        "extra": ["library/mock/_sync/author.py"],
        "in_the_way": ["library/types/calls/ours.py"],
    }


def test_a_file_in_the_way(dbkit: Command, library: Package) -> None:
    dbkit("generate")
    library.path("types", "calls", "ours.py").write_text("OURS = 1\n")
    written = dbkit("generate")
    assert written.code == 1
    assert written.out == "library/types/calls/ours.py: in the way, and not generated: move it elsewhere\n"


def test_no_such_package(dbkit: Command) -> None:
    run = dbkit("generate --package archive")
    assert (run.code, run.out) == (2, "")
    assert "has not a package archive with entities" in run.err
