from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from dbkit.testing import Setup
from dbkit.testing.kit import Kit
from dbkit.testing.templates import Databases

__all__ = ["database_url", "dbkit_setup", "server"]


@pytest.fixture(scope="session")
def dbkit_setup() -> Setup:
    """Databases without a schema, for tests of what makes one."""
    return Setup(lines=())


@pytest.fixture(scope="session")
def server(dbkit_kit: Kit) -> Databases:
    """The databases of the tests' server, for those that need several, or one for many tests."""
    return dbkit_kit.databases()


@contextmanager
def database_url(server: Databases) -> Iterator[str]:
    """Give the URL of an empty database, which goes after the block."""
    name = server.clone()
    try:
        yield server.url_for(name)
    finally:
        server.give_up(name)
