"""`dbkit db` and `dbkit schema diff`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from dbkit.migrate.programs import find_program
from dbkit.migrate.schema import create_schema
from dbkit.migrate.session import Target
from dbkit.types.errors import ConfigurationInvalid
from tests.cli.run import Command


@pytest.fixture
def new_url(postgres_url: str) -> str:
    """The URL of a database that is not there."""
    return postgres_url.replace(name_of(postgres_url), f"{name_of(postgres_url)}_new")


def name_of(url: str) -> str:
    return url.rpartition("@/")[2].partition("?")[0]


def test_create_and_drop(dbkit: Command, new_url: str) -> None:
    first = dbkit(f"db create {new_url}")
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("created postgresql://")
    assert json.loads(dbkit(f"db create {new_url} --json").out)["outcome"] == "already_there"
    with psycopg.connect(new_url) as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
    name = name_of(new_url)
    assert json.loads(dbkit(f"db drop {new_url} --yes --force-name {name} --json").out)["outcome"] == "dropped"
    assert dbkit(f"db drop {new_url} --yes --force-name {name}").out.startswith("nothing to do")


@pytest.mark.parametrize("environment", [None, "dev", "staging", "prod"])
def test_databases_that_are_kept(
    dbkit: Command, postgres_url: str, environment: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if environment is not None:
        monkeypatch.setenv("DBKIT_ENV", environment)
    run = dbkit(f"db drop {postgres_url} --yes")
    assert (run.code, run.out) == (2, "")
    assert f"Say --force-name {name_of(postgres_url)}" in run.err
    wrong = dbkit(f"db drop {postgres_url} --yes --force-name other")
    assert wrong.code == 2
    with psycopg.connect(postgres_url):
        pass


@pytest.mark.parametrize("environment", ["local", "preview", "test"])
def test_databases_that_may_go(dbkit: Command, new_url: str, environment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_ENV", environment)
    dbkit(f"db create {new_url}")
    unasked = dbkit(f"db drop {new_url}")
    assert unasked.code == 2
    assert "Say --yes" in unasked.err
    assert dbkit(f"db drop {new_url} --yes").out.startswith("dropped")


@pytest.mark.parametrize("command", ["db create", "db drop --yes", "db shell", "db dump", "schema diff"])
def test_memory_is_no_database(dbkit: Command, command: str) -> None:
    run = dbkit(f"{command} memory://")
    assert run.code == 2
    assert "memory:// is no database" in run.err


def test_the_servers_own_database_stays(dbkit: Command, postgres_url: str) -> None:
    url = postgres_url.replace(name_of(postgres_url), "postgres")
    run = dbkit(f"db drop {url} --yes --force-name postgres")
    assert run.code == 2
    assert "server's own" in run.err


def test_shell(postgres_url: str) -> None:
    program = [sys.executable, "-c", "from dbkit.cli.main import main; main()", "db", "shell", postgres_url]
    asked = "SELECT current_database()"
    run = subprocess.run([*program, "--", "-Atc", asked], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == name_of(postgres_url)


def test_a_password_goes_by_environment(postgres_url: str) -> None:
    parts = psycopg.conninfo.conninfo_to_dict(postgres_url)
    target = Target(psycopg.conninfo.make_conninfo(postgres_url, password="hunter2", sslmode="prefer"), "shown")
    program = find_program("psql", target)
    assert "hunter2" not in program.path
    found = {name: program.environment[name] for name in ("PGPASSWORD", "PGDATABASE", "PGHOST", "PGSSLMODE")}
    assert found == {
        "PGPASSWORD": "hunter2",
        "PGDATABASE": parts["dbname"],
        "PGHOST": parts["host"],
        "PGSSLMODE": "prefer",
    }


def test_a_program_that_is_not_there(postgres_url: str) -> None:
    with pytest.raises(ConfigurationInvalid, match="there is no pg_no_such"):
        find_program("pg_no_such", Target(postgres_url, "shown"))


def test_dump(dbkit: Command, postgres_url: str, tmp_path: Path) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE toys (id int)")
    run = dbkit(f"db dump {postgres_url}")
    assert run.code == 0
    assert "CREATE TABLE public.toys" in run.out
    file = tmp_path / "dump.sql"
    told = json.loads(dbkit(f"db dump {postgres_url} --file {file} --json -- --schema-only").out)
    assert told["bytes"] == file.stat().st_size > 0
    failed = dbkit(f"db dump {postgres_url} -- --no-such-option")
    assert failed.code == 2
    assert "no-such-option" in failed.err


def test_diff_of_what_the_models_made(dbkit: Command, postgres_url: str) -> None:
    create_schema(postgres_url)
    run = dbkit(f"schema diff {postgres_url} --dev-url {postgres_url}")
    assert (run.code, run.err) == (0, "")
    assert run.out.endswith("is what the models say\n")


def test_diff_names_what_differs(dbkit: Command, postgres_url: str) -> None:
    create_schema(postgres_url)
    with psycopg.connect(postgres_url) as connection:
        connection.execute("ALTER TABLE teams ALTER COLUMN name SET DEFAULT 'x'")
        connection.execute("CREATE TABLE extra (id int)")
    run = dbkit(f"schema diff {postgres_url} --dev-url {postgres_url} --json")
    assert run.code == 1
    differences = {each["object"]: each for each in json.loads(run.out)["differences"]}
    assert differences.keys() == {"column teams.name", "table extra", "column extra.id"}
    assert "DEFAULT" in differences["column teams.name"]["database"]
    assert differences["table extra"]["models"] is None
