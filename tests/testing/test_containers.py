"""PostgreSQL in a container: for real where Docker is, and what is said where it is not, or is broken."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

# Loaded here, once: a test's suite runs in this process, which then forgets what the suite has imported.
import testcontainers.core.container  # noqa: F401

from dbkit.testing import containers
from dbkit.testing.containers import docker_is_there, joined
from dbkit.types.errors import Unavailable
from tests.testing.suites import Run

SUITE = "def test_it(postgres_db):\n    fill(postgres_db)\n"

ASKS_VERSION = """
    assert postgres_db.execute(text("SHOW server_version_num"))[0]["server_version_num"].startswith("15")
"""

needs_docker = pytest.mark.skipif(not docker_is_there(), reason="there is no Docker on this machine")


@pytest.fixture
def no_docker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOCKER_HOST", raising=False)
    monkeypatch.setattr(containers, "_SOCKETS", ())


@pytest.fixture
def silent_docker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A socket at which somebody listens and nobody answers."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "docker.sock"))
        listening.listen()
        monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/docker.sock")
        monkeypatch.setattr(containers, "_PING_SECONDS", 0.2)
        yield


def test_without_docker_tests_that_want_a_container_are_skipped(run: Run, no_docker: None) -> None:
    result = run(SUITE, "--dbkit-postgres=container", "-rs")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["SKIPPED*there is no Docker on this machine: neither a socket of it nor DOCKER_HOST*"])


def test_a_docker_that_does_not_answer_is_an_error_that_says_so(run: Run, silent_docker: None) -> None:
    result = run(SUITE, "--dbkit-postgres=container")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*Unavailable: Docker is there, but does not answer (*"])


def test_a_docker_that_refuses_is_an_error_that_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:1")
    result = run(SUITE, "--dbkit-postgres=container")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*Unavailable: Docker is there, but does not answer (*"])


@needs_docker
def test_an_image_that_docker_cannot_get(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "_IMAGE", "127.0.0.1:1/postgres:15")
    with pytest.raises(Unavailable, match="Docker could not start 127"):
        joined(own_folder)


@needs_docker
def test_one_postgresql_15_for_all_processes_and_the_last_removes_it(run: Run, own_folder: Path) -> None:
    # What a process left that was killed: a note of a container that does not serve.
    (own_folder / "container.json").write_text('{"id": "gone", "conninfo": "host=127.0.0.1 port=1"}')
    first, second = joined(own_folder), joined(own_folder)
    assert first.conninfo == second.conninfo
    first.close()
    run(SUITE + ASKS_VERSION, "--dbkit-postgres=container").assert_outcomes(passed=1)
    with psycopg.connect(second.conninfo):
        second.close()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(second.conninfo, connect_timeout=2)
    assert not (own_folder / "container.json").exists()
