"""The commands, on a line that Alembic made."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.cli.run import Command
from tests.migrate.foreign.databases import Connection
from tests.migrate.foreign.shop import SHOP, Project
from tests.migrate.runs import has, place

Migrate = Callable[..., tuple[int, str]]


@pytest.fixture
def run(dbkit: Command) -> Migrate:
    """Run `dbkit migrate ...`, and return its exit code and all that it said."""

    def run(*arguments: str) -> tuple[int, str]:
        done = dbkit("migrate", *arguments)
        return done.code, done.out + done.err

    return run


def answered(run: Migrate, *arguments: str) -> Any:
    """Return what a command answers for machines."""
    code, said = run(*arguments, "--json")
    assert code == 0, said
    return json.loads(said)


def test_from_zero_to_head_and_back(run: Migrate, project: Project, postgres_url: str, connection: Connection) -> None:
    line = ("--line", str(project.ini))
    code, said = run("status", postgres_url, *line)
    assert (code, said.count("  unknown"), "note: " in said) == (0, len(SHOP), True)
    assert run("status", postgres_url, "--check", *line)[0] == 1
    assert run("apply", postgres_url, *line)[0] == 0
    found = answered(run, "status", postgres_url, *line)
    assert (found["revision"], found["applied"], found["pending"]) == ("7f7f7f7f7f7f", len(SHOP), [])
    assert run("status", postgres_url, "--check", *line)[0] == 0
    assert run("apply", postgres_url, *line)[0] == 0
    assert run("down", postgres_url, "--dev-url", postgres_url, *line)[0] == 0
    assert place(connection) == ["8d8d8d8d8d8d"]


def test_history(run: Migrate, project: Project, postgres_url: str) -> None:
    line = ("--line", str(project.line))
    code, said = run("history", *line)
    assert code == 0
    assert said.splitlines()[4].split() == ["e1e1e1e1e1e1", "unknown", "in", "parts", "unknown", "index_scores"]
    assert run("apply", postgres_url, "3", *line)[0] == 0
    assert [each["applied"] for each in answered(run, "history", postgres_url, *line)] == [True] * 3 + [False] * 9
    code, said = run("history", "--timeline", *line)
    assert (code, "no timeline of a line that Alembic made" in said) == (2, True)


def test_validate_and_hash(run: Migrate, project: Project) -> None:
    line = ("--line", str(project.line))
    assert run("validate", *line) == (0, "all is well with 12 revisions\n")
    assert run("hash", *line)[0] == 0
    assert run("validate", *line)[0] == 0
    project.file("77aa00bb11cc").unlink()
    code, said = run("validate", *line)
    assert code == 1
    assert "0f0f0f0f0f0f_score_of_customers.py: it stands behind 77aa00bb11cc, which is missing" in said
    assert "77aa00bb11cc_first_customers.py is missing" in said


@pytest.mark.parametrize("phase", ["expand", "contract"])
def test_a_phase_that_no_file_names(
    run: Migrate, project: Project, postgres_url: str, connection: Connection, phase: str
) -> None:
    code, said = run("apply", postgres_url, "--phase", phase, "--line", str(project.line))
    assert (code, "1a2b3c4d5e6f create_customers" in said, "# phase: expand" in said) == (1, True, True)
    assert not has(connection, "customers")


def test_new_and_rebase(run: Migrate, project: Project, postgres_url: str, connection: Connection) -> None:
    line = ("--line", str(project.line))
    path = Path(answered(run, "new", "add_things", *line)["file"])
    assert path.parent == project.versions
    assert run("apply", postgres_url, *line)[0] == 0
    assert place(connection) == [path.name.partition("_")[0]]
    code, said = run("rebase", *line)
    assert (code, "alembic merge heads" in said) == (2, True)


def test_a_draft_from_models(
    run: Migrate, project: Project, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Other tests have projects of the same name.
    monkeypatch.delitem(sys.modules, "shop.models", raising=False)
    monkeypatch.delitem(sys.modules, "shop", raising=False)
    models = project.folder / "shop" / "models.py"
    models.write_text(
        models.read_text()
        + "\n\nfrom sqlalchemy import Column, Integer, Table\n\nTable('news', Base.metadata, Column('id', Integer))\n"
    )
    code, said = run("new", "news", "--auto", "--dev-url", postgres_url, "--line", str(project.line))
    assert code == 0, said
    (path,) = project.versions.glob("*_news.py")
    assert "CREATE TABLE news" in path.read_text()
    assert "versions_of_shop" not in path.read_text()


def test_the_trace_and_the_plan(run: Migrate, project: Project, postgres_url: str) -> None:
    line = ("--line", str(project.line))
    assert run("hash", *line)[0] == 0
    assert run("trace", "--dev-url", postgres_url, *line)[0] == 0
    assert run("trace", "--check", "--dev-url", postgres_url, *line)[0] == 0
    code, said = run("plan", postgres_url, *line)
    assert code == 0, said
    assert "customers ACCESS EXCLUSIVE" in said


def test_the_doctor(dbkit: Command, project: Project, postgres_url: str) -> None:
    assert dbkit("migrate apply", postgres_url, "--line", str(project.line)).code == 0
    found = dbkit("doctor", postgres_url, "--line", str(project.line), "--json")
    checks = {each["id"]: each["outcome"] for each in json.loads(found.out)["checks"]}
    assert checks["revision"] == "passed"


def test_manifests(run: Migrate, project: Project) -> None:
    code, said = run(
        *("manifests", "--env", "prod", "--format", "kubernetes", "--image", "registry.example/shop:1.4.2"),
        *("--line", "alembic.ini"),
    )
    assert code == 0, said
    assert "alembic.ini" in said


def test_it_looks_before_it_locks_where_there_is_a_trace(
    small: Project, run: Migrate, postgres_url: str, other_url: str, connection: Connection
) -> None:
    line = ("--line", str(small.line))
    assert run("apply", postgres_url, *line)[0] == 0
    small.add("cccc3333", 'op.add_column("a", sa.Column("b", sa.Integer()))')
    assert run("hash", *line)[0] == run("trace", "--dev-url", other_url, *line)[0] == 0
    with psycopg.connect(postgres_url, application_name="reader") as reader:
        reader.execute("SELECT FROM a")
        code, said = run("apply", postgres_url, "--patience", "0", *line)
    # Nobody stood behind a try: there was none.
    assert (code, "and 0 tries, held by reader" in said) == (1, True)
    assert run("apply", postgres_url, *line)[0] == 0
