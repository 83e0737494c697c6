from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from dbkit.embedded import EmbeddedServer
from dbkit.migrate.schema import create_schema
from dbkit.models import Base
from tests.fix_server import server

__all__ = ["server"]

# Triggers are off in this session, so foreign keys do not ask for an order, and it is one round trip.
_EMPTY = "SET session_replication_role = replica; SET lock_timeout = '5s';" + "".join(
    f'DELETE FROM "{table.name}";' for table in Base.metadata.sorted_tables
)


@pytest.fixture(scope="session")
def operations_url(server: EmbeddedServer) -> str:
    """The URL of a database with all tables."""
    server.create_database("operations")
    parts = conninfo_to_dict(server.conninfo_for("operations"))
    url = f"postgresql://{parts['user']}@/operations?host={quote(str(parts['host']))}&port={parts['port']}"
    create_schema(url)
    return url


@pytest.fixture(scope="session")
def empty_tables(operations_url: str) -> Iterator[Callable[[], object]]:
    """Removes all rows of that database."""
    with psycopg.connect(operations_url, autocommit=True) as connection:
        yield lambda: connection.execute(_EMPTY)
