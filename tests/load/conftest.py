from __future__ import annotations

from collections.abc import Iterator

import pytest

from dbkit.testing.templates import Databases
from tests.cli.conftest import dbkit
from tests.faults.fix_nodes import make_folder, make_node
from tests.fix_server import database_url, dbkit_setup, server

__all__ = ["dbkit", "dbkit_setup", "make_folder", "make_node", "server"]


@pytest.fixture(scope="session")
def url(server: Databases) -> Iterator[str]:
    """The URL of an empty database, which no test changes."""
    with database_url(server) as url:
        yield url


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine that runs the tests may have an environment of its own."""
    for variable in ("DBKIT_URL", "DBKIT_ENV", "DBKIT_SERVICE", "DBKIT_POOL_PROFILES", "DBKIT_POOL_CORES"):
        monkeypatch.delenv(variable, raising=False)
