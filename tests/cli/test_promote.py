"""`dbkit migrate promote`, and what `apply` does with its record: output and exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from dbkit.migrate.deploys.keys import PRIVATE_KEY, PUBLIC_KEY
from dbkit.testing.templates import Databases
from tests.cli.run import Command
from tests.fix_server import database_url, server
from tests.migrate.deploys.services import beat, make_table
from tests.migrate.lines import LineFolder

__all__ = ["server"]


@pytest.fixture
def line(tmp_path: Path) -> LineFolder:
    line = LineFolder(tmp_path / "line")
    line.tables("a", "b")
    return line


@pytest.fixture
def with_keys(dbkit: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Make a pair of keys and name it, as whoever deploys does."""

    def with_keys() -> None:
        made = json.loads(dbkit(f"migrate promote --new-key --output {tmp_path} --json").out)
        for name in (PRIVATE_KEY, PUBLIC_KEY):
            monkeypatch.setenv(name, made[name])

    return with_keys


def test_a_chain_is_promoted_and_applied(
    dbkit: Command,
    line: LineFolder,
    postgres_url: str,
    server: Databases,
    with_keys: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_keys()
    dbkit(f"migrate apply {postgres_url} --line {line.folder}")
    record = tmp_path / "staging.json"
    promote = f"migrate promote {postgres_url} --line {line.folder} --dev-url {postgres_url} --output {record}"
    done = dbkit(f"{promote} --to staging")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"wrote {record}: give it to")
    skipped = dbkit(f"{promote} --to prod")
    assert (skipped.code, skipped.out) == (1, "")
    assert "needs the record of the promotion to staging" in skipped.err
    with database_url(server) as staging:
        monkeypatch.setenv("DBKIT_ENV", "staging")
        refused = dbkit(f"migrate apply {staging} --line {line.folder}")
        assert (refused.code, refused.out) == (1, "")
        assert "no record that promotes this chain to staging" in refused.err
        assert dbkit(f"migrate apply {staging} --line {line.folder} --promotion {record}").code == 0


def test_without_a_target_or_a_key_nothing_is_promoted(
    dbkit: Command, postgres_url: str, line: LineFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PRIVATE_KEY, raising=False)
    assert dbkit(f"migrate promote {postgres_url}").code == 2
    without = dbkit(f"migrate promote {postgres_url} --to staging --line {line.folder}")
    assert without.code == 2
    assert f"{PRIVATE_KEY} is not set" in without.err


def test_new_keys_say_which_variables_name_them(dbkit: Command, tmp_path: Path) -> None:
    made = dbkit(f"migrate promote --new-key --output {tmp_path}")
    assert made.code == 0
    assert f"{tmp_path}/promotion-key.public.pem, which checks: {PUBLIC_KEY}" in made.out
    assert "already" in dbkit(f"migrate promote --new-key --output {tmp_path}").err
    assert dbkit(f"migrate promote --new-key --output {tmp_path}/none").code == 2


def test_the_glass_is_broken_for_a_reason(dbkit: Command, line: LineFolder, postgres_url: str) -> None:
    dbkit(f"migrate apply {postgres_url} --line {line.folder}")
    line.add("drop_a", "DROP TABLE a", phase="CONTRACT")
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        make_table(connection)
        beat(connection, "20240101000002")
    contract = f"migrate apply {postgres_url} --phase contract --line {line.folder}"
    refused = dbkit(contract)
    assert (refused.code, refused.out) == (1, "")
    assert "billing" in refused.err
    assert dbkit(contract, "--break-glass", "why").code == 2
    reason = "billing is to be ended, and cannot be"
    done = dbkit(f"{contract} --json", "--break-glass", reason)
    assert done.code == 0
    events = [json.loads(line) for line in done.out.splitlines()]
    assert (events[-1]["event"], events[-1]["break_glass"]) == ("report", reason)
    told = next(each["text"] for each in events if each["event"] == "note")
    assert told.startswith(f"break-glass ({reason}): 20240101000003 drop_a (contract)")
