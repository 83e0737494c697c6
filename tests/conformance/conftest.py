from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from dbkit.embedded import EmbeddedServer
from dbkit.migrate.schema import create_schema
from dbkit.models import Base
from tests.fix_server import server
from tests.widget.models import ShopBase

__all__ = ["server"]

# Triggers are off in this session, so foreign keys do not ask for an order, and it is one round trip.
_EMPTY = "SET session_replication_role = replica; SET lock_timeout = '5s';" + "".join(
    f'DELETE FROM "{table.name}";' for base in (Base, ShopBase) for table in base.metadata.sorted_tables
)


@pytest.fixture(scope="session")
def filled_url(server: EmbeddedServer) -> str:
    """The URL of a database with all tables, which cases may fill."""
    server.create_database("conformance")
    parts = conninfo_to_dict(server.conninfo_for("conformance"))
    url = f"postgresql://{parts['user']}@/conformance?host={quote(str(parts['host']))}&port={parts['port']}"
    create_schema(url)
    create_schema(url, metadata=ShopBase.metadata)
    return url


@pytest.fixture(scope="session")
def emptying(filled_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(filled_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def postgresql_url(filled_url: str, emptying: psycopg.Connection) -> Iterator[str]:
    """The URL of a database with all tables, empty."""
    yield filled_url
    emptying.execute(_EMPTY)
