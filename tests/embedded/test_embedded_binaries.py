from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from dbkit.embedded import EmbeddedServer, binaries, cluster, find_binaries
from dbkit.embedded.account import Account, require_name, server_account
from dbkit.types.errors import ConfigurationInvalid, Unavailable

OWN = server_account(Path("/nonexistent"))


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has no PostgreSQL; the wheel is there."""
    monkeypatch.delenv("DBKIT_POSTGRES_BIN", raising=False)
    monkeypatch.setattr(binaries, "_machine_folders", lambda: iter(()))


def scripts(folder: Path, **bodies: str) -> Path:
    folder.mkdir(mode=0o755)
    for name, body in bodies.items():
        (folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.mark.usefixtures("bare_machine")
def test_the_wheel_serves_a_bare_machine(new_folder: Path) -> None:
    found = find_binaries()
    assert found.from_wheel
    with EmbeddedServer.start(new_folder) as server:
        assert server.version == found.version


@pytest.mark.usefixtures("bare_machine")
def test_the_wheel_is_copied_where_the_account_cannot_read_it(
    new_folder: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Account, "can_execute", lambda _self, _file: False)
    monkeypatch.setattr(cluster, "_WHEEL_CACHE", scratch / "cache")
    previous = os.umask(0o077)
    try:
        with EmbeddedServer.start(new_folder) as server:
            [copy] = (scratch / "cache").iterdir()
            made = copy.stat().st_ctime_ns
            again = binaries.readable_by(OWN, find_binaries(), scratch / "cache")
            assert (copy.stat().st_ctime_ns, again.version) == (made, server.version)
    finally:
        os.umask(previous)
    assert again.folder.is_relative_to(copy)
    assert subprocess.run(["ldd", again.postgres], capture_output=True, check=True)
    assert str(copy) in subprocess.run(["ldd", again.initdb], capture_output=True, check=True, text=True).stdout


@pytest.mark.usefixtures("bare_machine")
def test_nothing_at_all_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "_WHEEL", "no_such_wheel")
    with pytest.raises(ConfigurationInvalid, match=r"pip install 'dbkit\[embedded\]'") as caught:
        find_binaries()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("version", ["14.2", "9.6.24"])
def test_servers_older_than_15_are_refused(scratch: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    old = scripts(scratch / "bin", postgres=f"echo 'postgres (PostgreSQL) {version}'", initdb="exit 1")
    monkeypatch.setenv("DBKIT_POSTGRES_BIN", str(old))
    with pytest.raises(ConfigurationInvalid, match=r"PostgreSQL 15 or newer in .*DBKIT_POSTGRES_BIN"):
        find_binaries()


def test_a_development_version_counts(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beta = scripts(scratch / "bin", postgres="echo 'postgres (PostgreSQL) 19beta1'", initdb="exit 1")
    monkeypatch.setenv("DBKIT_POSTGRES_BIN", str(beta))
    assert find_binaries().version == (19, 0)


def test_a_data_folder_gets_the_binaries_of_its_version(new_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [oldest, *_] = sorted(binaries._in_wheel(), key=lambda each: each.version)
    monkeypatch.setenv("DBKIT_POSTGRES_BIN", str(oldest.folder))
    EmbeddedServer.start(new_folder).close()
    monkeypatch.delenv("DBKIT_POSTGRES_BIN")
    with EmbeddedServer.start(new_folder) as server:
        assert server.version.major == oldest.version.major


@pytest.mark.parametrize(("major", "message"), [("14", "needs 15 or newer"), ("99", "no server binaries .* 99")])
def test_data_of_a_version_without_binaries_is_refused(folder: Path, major: str, message: str) -> None:
    (folder / "postgres/data/PG_VERSION").write_text(f"{major}\n")
    with pytest.raises(ConfigurationInvalid, match=message):
        EmbeddedServer.start(folder)


def test_a_failing_initdb_shows_its_last_words(
    new_folder: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = scripts(
        scratch / "bin", postgres="echo 'postgres (PostgreSQL) 15.1'", initdb="echo No space left on device; exit 1"
    )
    monkeypatch.setenv("DBKIT_POSTGRES_BIN", str(full))
    with pytest.raises(ConfigurationInvalid, match=r"initdb failed(.|\n)*No space left on device"):
        EmbeddedServer.start(new_folder)
    monkeypatch.delenv("DBKIT_POSTGRES_BIN")
    EmbeddedServer.start(new_folder).close()


def test_a_server_that_ends_at_once_shows_its_last_words(folder: Path) -> None:
    configuration = folder / "postgres/data/postgresql.conf"
    configuration.write_text("shared_buffers = nonsense")
    with pytest.raises(Unavailable, match=r'ended while starting(.|\n)*"shared_buffers": "nonsense"'):
        EmbeddedServer.start(folder)
    configuration.write_text("")
    EmbeddedServer.start(folder).close()


def test_a_folder_of_something_else_is_refused(scratch: Path) -> None:
    (scratch / "letter.txt").touch()
    with pytest.raises(ConfigurationInvalid, match="holds something else"):
        EmbeddedServer.start(scratch)
    assert [each.name for each in scratch.iterdir()] == ["letter.txt"]


def test_a_file_is_refused(scratch: Path) -> None:
    (scratch / "letter.txt").touch()
    with pytest.raises(ConfigurationInvalid, match="cannot be used"):
        EmbeddedServer.start(scratch / "letter.txt")


def test_a_folder_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(ConfigurationInvalid, match="cannot be used"):
        EmbeddedServer.start(Path("/proc/dbkit"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as another account")
def test_a_folder_that_is_closed_to_the_account_is_refused(scratch: Path) -> None:
    (scratch / "closed").mkdir(mode=0o700)
    with pytest.raises(ConfigurationInvalid, match="closed is closed to the account"):
        EmbeddedServer.start(scratch / "closed" / "server")
    assert not any((scratch / "closed").iterdir())


def test_an_account_without_a_name_is_refused() -> None:
    with pytest.raises(ConfigurationInvalid, match="4000000000 has no entry in /etc/passwd"):
        require_name(Account(4_000_000_000, 0, is_other=True))
