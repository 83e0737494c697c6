from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dbkit.migrate.line import Line
from dbkit.migrate.trace.model import RevisionTrace
from dbkit.migrate.trace.walking import Seen, walk
from dbkit.testing.templates import Databases
from tests.cli.conftest import dbkit
from tests.migrate.lines import LineFolder

__all__ = ["dbkit"]

Look = Callable[[], list[Seen]]


@pytest.fixture
def line(tmp_path: Path) -> LineFolder:
    return LineFolder(tmp_path / "line")


@pytest.fixture
def seen(line: LineFolder, server: Databases) -> Look:
    """Walk the test's line on the tests' server."""
    return lambda: list(walk(Line.read(line.folder), dev_url=server.url_for("postgres")))


@pytest.fixture
def last(seen: Look) -> Callable[[], RevisionTrace]:
    """See what the last revision of the test's line does."""
    return lambda: seen()[-1].trace
