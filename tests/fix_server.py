from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
from psycopg.conninfo import conninfo_to_dict

from dbkit.embedded import EmbeddedServer

__all__ = ["database_url", "postgresql_url", "server"]


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedServer]:
    """A PostgreSQL for all tests, outside of pytest's own folder, which the server of root cannot reach."""
    with tempfile.TemporaryDirectory(prefix="dbkit-test-") as folder, EmbeddedServer.start(Path(folder)) as server:
        yield server


@contextmanager
def database_url(server: EmbeddedServer) -> Iterator[str]:
    """Give the URL of an empty database, which goes where the block ends."""
    name = f"test_{uuid4().hex}"
    server.create_database(name)
    parts = conninfo_to_dict(server.conninfo_for(name))
    try:
        yield f"postgresql://{parts['user']}@/{name}?host={quote(str(parts['host']))}&port={parts['port']}"
    finally:
        server.drop_database(name)


@pytest.fixture
def postgresql_url(server: EmbeddedServer) -> Iterator[str]:
    """The URL of an empty database."""
    with database_url(server) as url:
        yield url
