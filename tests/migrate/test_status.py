"""Looking at a database: what it says, and what it does without."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from dbkit.migrate.errors import TwoPlaces
from dbkit.migrate.runner import apply
from dbkit.migrate.status import history, status
from tests.migrate.lines import LineFolder

RUN = "import sys; from dbkit.cli.main import main; import atexit; atexit.register(lambda: print(*sys.modules)); main()"


@pytest.fixture
def line(tmp_path: Path) -> LineFolder:
    line = LineFolder(tmp_path / "line")
    line.tables("a", "b")
    return line


def test_an_empty_database(line: LineFolder, postgres_url: str) -> None:
    found = status(postgres_url, line=line.folder)
    assert found is not None
    assert not found.is_up_to_date
    told = found.as_json()
    assert (told["revision"], told["head"], told["schema"]) == (None, "20240101000002", "public")
    assert [each["slug"] for each in told["pending"]] == ["create_a", "create_b"]
    assert "2 pending" in str(found)
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,)


def test_up_to_date_until_a_file_is_edited(line: LineFolder, postgres_url: str) -> None:
    apply(postgres_url, line=line.folder)
    found = status(postgres_url, line=line.folder)
    assert found is not None
    assert found.is_up_to_date
    path = line.path("20240101000001", "create_a")
    path.write_text(path.read_text() + "#\n")
    found = status(postgres_url, line=line.folder)
    assert found is not None
    assert found.findings == ("20240101000001_create_a.py was edited",)
    assert not found.is_up_to_date


def test_who_is_migrating(line: LineFolder, postgres_url: str) -> None:
    found = status(postgres_url, line=line.folder)
    assert found is not None
    with psycopg.connect(postgres_url, autocommit=True, application_name="the runner") as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (found.lock_key,))
        found = status(postgres_url, line=line.folder)
    assert found is not None
    assert found.holder is not None
    assert found.holder.application_name == "the runner"
    assert "being migrated by the runner" in str(found)


def test_two_places_are_an_error(line: LineFolder, postgres_url: str) -> None:
    apply(postgres_url, line=line.folder)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("INSERT INTO alembic_version VALUES ('20240101000001')")
    with pytest.raises(TwoPlaces):
        status(postgres_url, line=line.folder)


def test_memory_has_none(line: LineFolder) -> None:
    assert status("memory://", line=line.folder) is None
    assert history("memory://", line=line.folder).place.count == 0


def test_history_needs_no_database(line: LineFolder, postgres_url: str) -> None:
    assert history(line=line.folder).place.pending == history(postgres_url, line=line.folder).place.pending
    apply(postgres_url, line=line.folder, count=1)
    assert history(postgres_url, line=line.folder).place.count == 1


@pytest.mark.parametrize("command", ["status", "history", "apply", "validate", "status --json"])
def test_with_nothing_to_do_the_driver_is_enough(line: LineFolder, postgres_url: str, command: str) -> None:
    apply(postgres_url, line=line.folder)
    modules = imported_by(line, postgres_url, *command.split())
    assert not {"sqlalchemy", "alembic", "psycopg_pool", "rich", "dbkit.models", "dbkit.sqldb"} & modules


def test_applying_needs_no_models(line: LineFolder, postgres_url: str) -> None:
    modules = imported_by(line, postgres_url, "apply")
    assert "dbkit.migrate.step" in modules
    assert not {"rich", "dbkit.events", "dbkit.models", "dbkit.operations"} & modules


def imported_by(line: LineFolder, url: str, *arguments: str) -> set[str]:
    """Run a command of `dbkit migrate` as a process, and return the modules that it imported."""
    shown = subprocess.run(
        [sys.executable, "-c", RUN, "migrate", *arguments, "--line", str(line.folder)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DBKIT_URL": url},
    ).stdout
    modules = set(shown.splitlines()[-1].split())
    assert "typer" in modules
    return modules
