"""`dbkit migrate` as a process of its own, and waiting for what it does on the server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg

_COMMAND = (sys.executable, "-c", "from dbkit.cli.main import main; main()", "migrate")
_SECONDS_MAX = 60
_LOOKS_MAX = 150

_LOOK = """
DO $$ BEGIN
    FOR i IN 1..100 LOOP
        IF {condition} THEN RETURN; END IF;
        PERFORM pg_stat_clear_snapshot();
        PERFORM pg_sleep(0.002);
    END LOOP;
    RAISE no_data_found;
END $$"""
_OURS = "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'dbkit migrate%' AND datname = current_database()"
WAITS = f"EXISTS (SELECT FROM pg_locks WHERE NOT granted AND locktype <> 'advisory' AND pid IN ({_OURS}))"
"""A condition: a backend of the command waits for a lock."""
GONE = f"NOT EXISTS ({_OURS})"
"""A condition: the command has no backend any more."""


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Start the command; if it still runs where the block ends, kill it."""
    with subprocess.Popen(
        [*_COMMAND, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={
            name: value for name, value in os.environ.items() if not name.startswith(("PG", "DBKIT_URL", "DBKIT_ENV"))
        },
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def end_of(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for the end of the process, and return its exit code and all that it said."""
    out, err = process.communicate(timeout=_SECONDS_MAX)
    return process.returncode, out + err


def run(*arguments: str) -> tuple[int, str]:
    """Run the command to its end."""
    with started(*arguments) as process:
        return end_of(process)


def wait_until(connection: psycopg.Connection[Any], condition: str) -> None:
    """Wait until a condition holds on the server; an error if it never does."""
    for _ in range(_LOOKS_MAX):
        with suppress(psycopg.errors.NoDataFound):
            connection.execute(_LOOK.format(condition=condition).encode())
            return
    raise AssertionError(f"it did not come to this: {condition}")
