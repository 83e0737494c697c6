"""`dbkit migrate`: output, exit codes, and runs that are ended from outside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.cli.run import Command, Run
from tests.migrate.lines import LineFolder

PROGRAM = [sys.executable, "-c", "from dbkit.cli.main import main; main()", "migrate"]


@pytest.fixture
def line(tmp_path: Path) -> LineFolder:
    line = LineFolder(tmp_path / "line")
    line.tables("a", "b")
    return line


def events_of(run: Run) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run.out.splitlines()]


def test_a_deploy(dbkit: Command, line: LineFolder, postgres_url: str) -> None:
    before = dbkit(f"migrate status {postgres_url} --check --line {line.folder}")
    assert (before.code, before.err) == (1, "")
    assert "2 pending" in before.out
    run = dbkit(f"migrate apply {postgres_url} --line {line.folder}")
    assert (run.code, run.err) == (0, "")
    assert [each.partition(" (")[0] for each in run.out.splitlines()[:2]] == [
        "applied 20240101000001 create_a",
        "applied 20240101000002 create_b",
    ]
    again = dbkit(f"migrate apply {postgres_url} --line {line.folder}")
    assert again.out.startswith("nothing to do: postgresql://")
    assert dbkit(f"migrate status {postgres_url} --check --line {line.folder}").code == 0


def test_json(dbkit: Command, line: LineFolder, postgres_url: str) -> None:
    events = events_of(dbkit(f"migrate apply {postgres_url} --count 1 --json --line {line.folder}"))
    assert [each["event"] for each in events] == ["planned", "begins", "ends", "report"]
    applied = events[-1]
    assert (applied["error"], applied["resumable"]) == (None, False)
    assert (applied["before"], applied["after"], applied["pending"]) == (None, "20240101000001", 1)
    status = json.loads(dbkit(f"migrate status {postgres_url} --json --line {line.folder}").out)
    assert [each["revision"] for each in status["pending"]] == ["20240101000002"]
    history = json.loads(dbkit(f"migrate history {postgres_url} --json --line {line.folder}").out)
    assert [each["applied"] for each in history] == [True, False]
    down = events_of(dbkit(f"migrate down {postgres_url} --json --dev-url {postgres_url} --line {line.folder}"))[-1]
    assert [each["slug"] for each in down["steps"]] == ["create_a"]


def test_the_parts_of_releases(dbkit: Command, line: LineFolder, postgres_url: str) -> None:
    line.add("drop_a", "DROP TABLE a", phase="CONTRACT")
    rest = f"--line {line.folder}"
    refused = dbkit(f"migrate apply {postgres_url} --phase contract {rest}")
    assert (refused.code, refused.out) == (1, "")
    assert "20240101000001 create_a (expand) comes before the contracts" in refused.err
    assert dbkit(f"migrate apply {postgres_url} --phase expand {rest}").code == 0
    line.tables("c")
    found = dbkit(f"migrate apply {postgres_url} --before-contract --json {rest}")
    assert (found.code, events_of(found)[-1]["pending"]) == (1, 2)
    assert "create_c (expand) is of another release" in found.err
    assert dbkit(f"migrate apply {postgres_url} --phase contract {rest}").code == 0
    assert dbkit(f"migrate apply {postgres_url} --before-contract --phase contract {rest}").code == 2


def test_validate_finds_what_code_is_told_wrong(dbkit: Command, line: LineFolder) -> None:
    path = line.folder / "dbkit.line"
    path.write_text("20240101000001 expand\n")
    found = dbkit(f"migrate validate --line {line.folder}")
    assert (found.code, found.out) == (1, "dbkit.line is not of these revisions\n")
    path.unlink()
    assert "dbkit.line is missing" in dbkit(f"migrate validate --line {line.folder}").out
    assert dbkit(f"migrate hash --line {line.folder}").code == 0
    assert dbkit(f"migrate validate --line {line.folder}").code == 0


def test_a_count_by_position(
    dbkit: Command, line: LineFolder, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBKIT_URL", postgres_url)
    assert events_of(dbkit(f"migrate apply 1 --json --line {line.folder}"))[-1]["pending"] == 1
    assert events_of(dbkit(f"migrate apply {postgres_url} 1 --json --line {line.folder}"))[-1]["pending"] == 0
    down = f"migrate down {postgres_url} 2 --json --dev-url {postgres_url} --line {line.folder}"
    assert events_of(dbkit(down))[-1]["after"] is None


def test_history(dbkit: Command, line: LineFolder) -> None:
    run = dbkit(f"migrate history --line {line.folder}")
    assert run.out.splitlines()[0].split() == ["20240101000001", "expand", "transactional", "lossless", "create_a"]


@pytest.mark.parametrize("command", ["apply", "down", "status"])
def test_memory(dbkit: Command, line: LineFolder, command: str) -> None:
    run = dbkit(f"migrate {command} memory:// --line {line.folder}")
    assert (run.code, run.err) == (0, "")
    assert "needs no schema" in run.out


def test_validate_finds_what_is_wrong(dbkit: Command, line: LineFolder) -> None:
    assert dbkit(f"migrate validate --line {line.folder}").out == "all is well with 2 revisions\n"
    path = line.path("20240101000002", "create_b")
    path.write_text(path.read_text().replace("20240101000001", "20200101000001"))
    run = dbkit(f"migrate validate --line {line.folder}")
    assert run.code == 1
    assert run.out.splitlines() == [
        "20240101000002_create_b.py was edited",
        "20240101000002_create_b.py: it stands behind 20200101000001, and the file before it is 20240101000001",
    ]
    assert json.loads(dbkit(f"migrate validate --json --line {line.folder}").out)["findings"] == run.out.splitlines()


def test_an_edited_file_keeps_apply_from_running(dbkit: Command, line: LineFolder, postgres_url: str) -> None:
    path = line.path("20240101000001", "create_a")
    path.write_text(path.read_text() + "# edited\n")
    run = dbkit(f"migrate apply {postgres_url} --line {line.folder}")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("dbkit: 20240101000001_create_a.py was edited. Put the files back")
    hashed = dbkit(f"migrate hash --line {line.folder}")
    assert hashed.out == f"wrote {line.folder / 'dbkit.sum'}\n"
    assert dbkit(f"migrate apply {postgres_url} --line {line.folder}").code == 0


def test_new(dbkit: Command, line: LineFolder) -> None:
    told = json.loads(dbkit(f"migrate new add_rate_limits --json --line {line.folder}").out)
    assert Path(told["file"]).name.endswith("_add_rate_limits.py")
    run = dbkit(f"migrate validate --line {line.folder}")
    assert "its upgrade does nothing" in run.out


def test_rebase_with_nothing_to_move(dbkit: Command, line: LineFolder) -> None:
    run = dbkit(f"migrate rebase create_b --line {line.folder}")
    assert (run.code, run.out) == (0, "nothing to do: they are at the end already\n")


def test_a_folder_that_is_no_line(dbkit: Command, tmp_path: Path) -> None:
    run = dbkit(f"migrate history --line {tmp_path}")
    assert run.code == 2
    assert "holds no line of migrations" in run.err


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)]
)
@pytest.mark.parametrize("transactional", [True, False], ids=["transactional", "resumable"])
def test_a_run_that_is_ended(
    line: LineFolder, postgres_url: str, number: signal.Signals, code: int, transactional: bool
) -> None:
    slow = ("CREATE TABLE IF NOT EXISTS c (id int)", "SELECT pg_sleep(60) FROM b", "DELETE FROM b")
    line.add("slow", *slow, transactional=transactional)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        process = start(line, postgres_url)
        backend = wait_for_backend(connection, process)
        process.send_signal(number)
        out, err = process.communicate(timeout=120)
        assert process.returncode == code
        assert "applied 20240101000002 create_b" in out
        if number != signal.SIGKILL:
            assert f"stopped by {number.name}" in err
            assert "is at 20240101000002 create_b, 1 to go" in err
            assert ("half done" in err) is not transactional
        wait_for_end(connection, backend)
        assert (connection.execute("SELECT to_regclass('c')").fetchone() == (None,)) is transactional
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("20240101000002",)]
        connection.execute("DELETE FROM b")
    rest = subprocess.run(
        [*PROGRAM, "apply", postgres_url, "--line", str(line.folder)], capture_output=True, text=True, check=True
    )
    assert rest.stdout.startswith("applied 20240101000003 slow")


def start(line: LineFolder, url: str) -> subprocess.Popen[str]:
    """Start a run that sleeps in its third revision, because its second table has a row."""
    path = line.path("20240101000002", "create_b")
    path.write_text(path.read_text().replace("(id int)')", "AS SELECT 1 AS id')"))
    line.hash()
    command = [*PROGRAM, "apply", url, "--line", str(line.folder)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def wait_for_backend(connection: psycopg.Connection[Any], process: subprocess.Popen[str]) -> int:
    query = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"
    while process.poll() is None:
        found = connection.execute(query).fetchone()
        if found is not None:
            return int(found[0])
    raise AssertionError(process.communicate())


def wait_for_end(connection: psycopg.Connection[Any], backend: int) -> None:
    while connection.execute("SELECT FROM pg_stat_activity WHERE pid = %s", (backend,)).fetchone() is not None:
        pass
