"""Where PostgreSQL comes from; a server that goes and one that never was."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from dbkit.embedded import find_binaries
from dbkit.embedded.locks import FileLock
from dbkit.testing import Setup, servers
from dbkit.testing.blueprint import Blueprint
from dbkit.testing.kit import Kit, Options
from dbkit.testing.lending import Loan
from dbkit.testing.servers import started
from dbkit.testing.wanted import Source, Wanted
from dbkit.types.errors import ConfigurationInvalid, Unavailable
from tests.testing.suites import Run


def lent(kit: Kit) -> Loan:
    return Loan(kit, Setup(lines=()), Wanted("postgres", "reset"))


def postmaster(folder: Path) -> int:
    (found,) = folder.glob("*/postgres/data/postmaster.pid")
    return int(found.read_text().splitlines()[0])


@pytest.fixture
def own_kit(own_folder: Path) -> Iterator[Kit]:
    """A kit on a server that no other test uses."""
    with closing(Kit(Options())) as kit:
        yield kit


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGKILL])
def test_a_server_that_went_between_two_tests_is_started_again(
    own_kit: Kit, own_folder: Path, signal_: signal.Signals
) -> None:
    loan = lent(own_kit)
    assert loan.end("first", keep=False).leaks == ()
    before = postmaster(own_folder)
    end_server(own_folder, before, signal_)
    loan = lent(own_kit)
    with psycopg.connect(loan.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert loan.end("second", keep=False).leaks == ()
    assert postmaster(own_folder) != before


def test_a_test_whose_server_went_meanwhile_leaves_nothing_to_the_next(own_kit: Kit, own_folder: Path) -> None:
    loan = lent(own_kit)
    end_server(own_folder, postmaster(own_folder), signal.SIGKILL)
    assert loan.end("first", keep=False).leaks == ()
    loan = lent(own_kit)
    assert loan.end("second", keep=False).leaks == ()


def end_server(folder: Path, pid: int, signal_: signal.Signals) -> None:
    """End it, and wait until its last process has gone."""
    os.kill(pid, signal_)
    (path,) = folder.glob("*/server.lock")
    with FileLock(path) as lock, lock.exclusive(10):
        pass


def test_a_url_of_a_server_that_is_not_there(kit: Kit) -> None:
    with closing(Kit(Options(url="postgresql://nobody@127.0.0.1:1/"))) as elsewhere:
        for _ in range(2):
            with pytest.raises(Unavailable):
                lent(elsewhere)


def test_a_url_that_nobody_can_read() -> None:
    with pytest.raises(ConfigurationInvalid) as caught:
        started("auto", "postgresql://user:secret@[host/")
    assert "--dbkit-url is malformed" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_url_is_used_and_left_alone(kit: Kit) -> None:
    loan = lent(kit)
    with closing(Kit(Options(url=loan.url))) as other:
        asked = lent(other)
        assert conninfo_to_dict(asked.url)["host"] == conninfo_to_dict(loan.url)["host"]
        assert asked.url != loan.url
        assert asked.end("a test", keep=False).leaks == ()
    with psycopg.connect(loan.url):
        pass
    assert loan.end("a test", keep=False).leaks == ()


@pytest.mark.parametrize(("source", "from_wheel"), [("local", False), ("embedded", True)])
def test_binaries_of_the_machine_or_the_wheel(own_folder: Path, source: Source, from_wheel: bool) -> None:
    try:
        binaries = find_binaries(origin="wheel" if from_wheel else "machine")
    except ConfigurationInvalid:
        pytest.skip("there is no PostgreSQL on this machine but the wheel's")
    with closing(Kit(Options(source))) as kit:
        loan = lent(kit)
        with psycopg.connect(loan.url) as connection:
            assert connection.info.server_version == binaries.version.major * 10_000 + binaries.version.minor
        assert loan.end("a test", keep=False).leaks == ()


def test_binaries_that_are_not_there(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBKIT_POSTGRES_BIN", str(tmp_path))
    monkeypatch.setenv("DOCKER_HOST", "")
    monkeypatch.setattr("dbkit.testing.containers._SOCKETS", ())
    result = run("def test_it(postgres_db): ...\ndef test_memory(db): fill(db)")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*ConfigurationInvalid: there are no server binaries*Install some with*"])


def test_data_of_another_boot_is_not_trusted(own_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without fsync a crash of the machine may damage it."""
    boot = tmp_path / "boot"
    boot.write_text("first")
    monkeypatch.setattr(servers, "_BOOT", boot)
    with closing(Kit(Options())) as kit:
        loan = lent(kit)
        asked = "SELECT current_setting('fsync'), system_identifier FROM pg_control_system()"
        with psycopg.connect(loan.url) as connection:
            first = connection.execute(asked).fetchone()
    boot.write_text("second")
    with closing(Kit(Options())) as kit, psycopg.connect(lent(kit).url) as connection:
        second = connection.execute(asked).fetchone()
    assert first is not None
    assert second is not None
    assert (first[0], second[0]) == ("off", "off")
    assert first[1] != second[1]
    monkeypatch.setattr(servers, "_BOOT", tmp_path / "absent")
    assert servers.settings_for(own_folder).get("fsync") is None


def test_what_was_refused_is_not_tried_again(kit: Kit) -> None:
    tried: list[str] = []

    def build(url: str) -> None:
        tried.append(url)
        raise ConfigurationInvalid("no")

    for _ in range(3):
        with pytest.raises(ConfigurationInvalid):
            kit.pooled(Blueprint("refused", build))
    assert len(tried) == 1


def test_a_folder_of_somebody_else_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(servers, "_memory_folder", lambda: tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    with pytest.raises(ConfigurationInvalid, match="belongs to another account"):
        servers.user_folder()
