"""`dbkit preview`: what it prints, and how it exits."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from dbkit.embedded.locks import ticks
from dbkit.migrate.previews.making import Wanted, create
from dbkit.migrate.previews.names import preview_name
from dbkit.migrate.previews.removing import previews
from tests.cli.run import Command
from tests.fix_previews import project, template, url
from tests.fix_server import server

__all__ = ["project", "server", "template", "url"]

OLD = datetime.now(UTC) - timedelta(days=30)


@pytest.mark.parametrize("command", ["create", "list", "drop", "expire"])
def test_every_command_speaks_json(dbkit: Command, command: str) -> None:
    help_ = dbkit(f"preview {command} --help")
    assert help_.code == 0
    assert "--json" in help_.out


def test_the_url_and_nothing_else_is_printed(dbkit: Command, url: str, project: str, template: str) -> None:
    arguments = f"preview create feature/login {url} --project {project} --template {template}"
    run = dbkit(arguments)
    assert (run.code, run.err) == (0, "")
    with psycopg.connect(run.out.strip()) as connection:
        name = preview_name("feature/login", project)
        assert connection.execute("SELECT current_database()").fetchone() == (name,)
    again = dbkit(arguments)
    assert again.code == 0
    assert "its password was printed when it was made" in again.err
    assert again.out.strip() == run.out.strip().replace(run.out.partition("@")[0], f"postgresql://{name}")
    told = json.loads(dbkit(f"{arguments} --new-password --json").out)
    assert (told["outcome"], told["database"], told["url_has_password"]) == ("already_there", name, True)
    with psycopg.connect(told["url"]):
        pass


def test_options_of_create(dbkit: Command, url: str, project: str, template: str) -> None:
    options = f"--project {project} --template {template} --keep 12h --connections 2 --statement-timeout 1.5"
    told = json.loads(dbkit(f"preview create x {url} {options} --json").out)
    kept = datetime.fromisoformat(told["expires_at"]) - datetime.fromisoformat(told["created_at"])
    assert (told["outcome"], told["branch"], kept) == ("created", "x", timedelta(hours=12))
    with psycopg.connect(told["url"]) as connection:
        assert connection.execute("SHOW statement_timeout").fetchone() == ("1500ms",)
        limit = connection.execute("SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user").fetchone()
        assert limit == (2,)


def test_list(dbkit: Command, url: str, project: str, template: str) -> None:
    create("größe", url, project=project, wanted=Wanted(template=template))
    run = dbkit(f"preview list {url} --project {project}")
    assert run.code == 0
    name, state, sessions, *_, branch = run.out.split()
    assert (name, state, sessions, branch) == (preview_name("größe", project), "ready", "0", "größe")
    (told,) = json.loads(dbkit(f"preview list {url} --project {project} --json").out)
    assert (told["database"], told["branch"], told["project"], told["sessions"]) == (name, "größe", project, 0)


def test_drop(dbkit: Command, url: str, project: str, template: str) -> None:
    made = create("login", url, project=project, wanted=Wanted(template=template))
    assert dbkit(f"preview drop login {url} --project {project}").out == f"dropped {made.found.name}\n"
    told = json.loads(dbkit(f"preview drop login {url} --project {project} --json").out)
    assert told == {"outcome": "not_there", "database": made.found.name}


def test_expire_says_what_went_and_why(dbkit: Command, url: str, project: str, template: str) -> None:
    made = create("login", url, project=project, wanted=Wanted(template=template), now=lambda: OLD)
    dry = dbkit(f"preview expire {url} --project {project} --dry-run")
    assert (dry.code, dry.out.split(":")[0]) == (0, f"would go {made.found.name}")
    (told,) = json.loads(dbkit(f"preview expire {url} --project {project} --json").out)
    assert (told["database"], told["removed"], told["error"]) == (made.found.name, True, None)
    assert dbkit(f"preview expire {url} --project {project}").out == "nothing to do\n"


def test_expire_where_the_branch_is_gone(
    dbkit: Command, url: str, project: str, template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create("login", url, project=project, wanted=Wanted(template=template))
    create("gone", url, project=project, wanted=Wanted(template=template))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"main\nlogin\n")))
    run = dbkit(f"preview expire {url} --project {project} --live -")
    assert run.out == f"dropped {preview_name('gone', project)}: its branch is gone\n"
    (tmp_path / "live").write_text("")
    empty = dbkit(f"preview expire {url} --project {project} --live {tmp_path / 'live'}")
    assert (empty.code, empty.out) == (2, "")
    assert "no branch at all" in empty.err
    subprocess.run(["git", "init", "--quiet", "--initial-branch", "main", str(tmp_path)], check=True)
    named = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    subprocess.run(["git", "-C", str(tmp_path), *named, "commit", "--quiet", "--allow-empty", "-m", "x"], check=True)
    run = dbkit(f"preview expire {url} --project {project} --git {tmp_path}")
    assert run.out == f"dropped {preview_name('login', project)}: its branch is gone\n"


def test_what_could_not_go_is_told(dbkit: Command, url: str, project: str, template: str) -> None:
    made = create("login", url, project=project, wanted=Wanted(template=template), now=lambda: OLD)
    inside = url.replace("@/postgres", f"@/{made.found.name}")
    run = dbkit(f"preview expire {inside} --project {project}")
    assert run.code == 2
    assert run.err.startswith(f"dbkit: {made.found.name} is still there: ")


@pytest.mark.parametrize(
    "arguments",
    [
        "preview",
        "preview create",
        "preview create x memory:// --template a --line b",
        "preview create x memory:// --keep 7",
        "preview expire memory:// --older-than 0d",
        "preview expire memory:// --git . --live -",
    ],
)
def test_wrong_usage(dbkit: Command, arguments: str) -> None:
    run = dbkit(arguments)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("Usage: dbkit preview")


@pytest.mark.parametrize("arguments", ["create x", "list", "drop x", "expire"])
def test_memory_is_no_server(dbkit: Command, arguments: str) -> None:
    run = dbkit(f"preview {arguments} memory://")
    assert (run.code, run.out) == (2, "")
    assert "memory:// is no database of a server" in run.err


def test_a_create_that_was_killed_is_run_again(dbkit: Command, url: str, project: str) -> None:
    program = [sys.executable, "-c", "from dbkit.cli.main import main; main()"]
    arguments = ["preview", "create", "login", url, "--project", project, "--no-seeds"]
    with subprocess.Popen([*program, *arguments], stdout=subprocess.PIPE) as killed:
        assert any(previews(url, project=project) for _ in ticks(120))
        killed.kill()
        assert killed.stdout is not None
        assert killed.stdout.read() == b""
    assert [found.state for found in previews(url, project=project)] == ["unfinished"]
    run = dbkit(" ".join(arguments))
    assert (run.code, run.err) == (0, "")
    with psycopg.connect(run.out.strip()) as connection:
        assert connection.execute("SELECT count(*) FROM organizations").fetchone() == (0,)
