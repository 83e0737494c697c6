from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dbkit.migrate.report import Report
from dbkit.migrate.runner import apply
from tests.fix_server import dbkit_setup, server
from tests.migrate.endless import ENDLESS, released
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection

__all__ = ["dbkit_setup", "server"]


@pytest.fixture
def line(tmp_path: Path) -> LineFolder:
    return LineFolder(tmp_path / "line")


@pytest.fixture
def connection(postgres_url: str) -> Iterator[Connection]:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def run(postgres_url: str, line: LineFolder) -> Callable[..., Report]:
    """Apply the line to the database."""

    def run(function: Callable[..., Report] = apply, **arguments: Any) -> Report:
        return function(postgres_url, line=line.folder, **arguments)

    return run


@pytest.fixture
def endless() -> Iterator[str]:
    """A line of a revision that never ends; it does, with the test."""
    released.clear()
    yield ENDLESS
    released.set()
