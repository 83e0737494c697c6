"""What costs seconds: whole runs of pytest, by the kit and by others."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from benchmarks.kit.isolation import test_server
from benchmarks.results import Figure
from dbkit.testing.containers import docker_is_there

__all__ = ["suite_figures"]

_SUITES = Path(__file__).parent / "suites"
_COLLECT, _SUITE = "pytest --collect-only, nothing there", "1,000 small tests"
_DBKIT = "dbkit"
_COLLECT_SECONDS_MAX, _MEMORY_SECONDS_MAX, _RESET_SECONDS_MAX = 0.150, 3.0, 15.0
_RUNS = 3
_TWO_WORKERS = ("-n", "2")
# Each run has the plugins that it is about, and none of dbkit's own development.
_NO_DBKIT, _NO_POSTGRESQL = ("-p", "no:dbkit"), ("-p", "no:pytest_postgresql")
_NO_HYPOTHESIS = ("-p", "no:hypothesispytest")


def suite_figures(rounds: int) -> Iterator[Figure]:
    """Yield the seconds of whole processes. Raises `CalledProcessError` where a run of pytest fails."""
    yield from _collecting(rounds)
    # In memory a second process takes longer to start than its half of the tests.
    in_memory = (*_NO_POSTGRESQL, *_NO_HYPOTHESIS, "-n", "0", "--dbkit-backend", "memory")
    yield Figure(_SUITE, f"{_DBKIT}, memory, 1 process", _several(in_memory), _MEMORY_SECONDS_MAX)
    by_reset = (*_NO_POSTGRESQL, *_NO_HYPOTHESIS, *_TWO_WORKERS, "--dbkit-backend", "postgres")
    yield Figure(_SUITE, f"{_DBKIT}, reset, 2 workers", _several(by_reset), _RESET_SECONDS_MAX)
    with test_server() as server:
        parts = conninfo_to_dict(server.conninfo)
        environment = {"BENCHMARK_HOST": str(parts["host"]), "BENCHMARK_USER": str(parts["user"])}
        arguments = (*_NO_DBKIT, *_NO_HYPOTHESIS, *_TWO_WORKERS)
        yield Figure(_SUITE, "pytest-postgresql, 2 workers", [_seconds(arguments, "pytest_postgresql", environment)])
    if docker_is_there():
        # Its watchdog is an image of its own, which may not be there; the fixture removes the container.
        environment = {"TESTCONTAINERS_RYUK_DISABLED": "true"}
        arguments = (*_NO_DBKIT, *_NO_POSTGRESQL, *_NO_HYPOTHESIS, *_TWO_WORKERS)
        yield Figure(
            _SUITE, "testcontainers, TRUNCATE, 2 workers", [_seconds(arguments, "testcontainers", environment)]
        )


def _several(arguments: tuple[str, ...]) -> list[float]:
    return [_seconds(arguments) for _ in range(_RUNS)]


def _collecting(rounds: int) -> Iterator[Figure]:
    """Yield the time of collecting nothing with and without the plugin, and what it adds."""
    without: list[float] = []
    added: list[float] = []
    arguments = (*_NO_POSTGRESQL, "--collect-only")
    for _ in range(rounds + 1):
        without.append(_seconds((*arguments, *_NO_DBKIT), suite=None))
        added.append(_seconds(arguments, suite=None) - without[-1])
    # The first run compiles what Python has not seen yet.
    yield Figure(_COLLECT, "pytest", without[1:])
    yield Figure(_COLLECT, f"{_DBKIT} adds", added[1:], _COLLECT_SECONDS_MAX)


def _seconds(
    arguments: tuple[str, ...], suite: str | None = _DBKIT, environment: Mapping[str, str] | None = None
) -> float:
    """Run pytest on a suite, the kit's, another's or none, in a folder of its own."""
    no_tests = 5
    with tempfile.TemporaryDirectory(prefix="dbkit-benchmarks-") as folder:
        (Path(folder) / "pytest.ini").write_text("[pytest]\n")
        if suite is not None:
            shutil.copy(_SUITES / "test_small.py", folder)
        if suite not in (None, _DBKIT):
            shutil.copy(_SUITES / f"conftest_{suite}.py", Path(folder) / "conftest.py")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
        begin = time.perf_counter()
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, **(environment or {})}, capture_output=True, text=True, check=False
        )
        taken = time.perf_counter() - begin
    if done.returncode != (no_tests if suite is None else 0):
        sys.stderr.write(done.stdout[-2_000:] + done.stderr[-2_000:])
        done.check_returncode()
    return taken
