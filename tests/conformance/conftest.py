from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import quote

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from dbkit.embedded import EmbeddedServer
from dbkit.migrate.runner import apply
from dbkit.migrate.schema import create_schema
from tests.conformance.kept import Kept
from tests.fix_server import server
from widget_service.models import Base as ShopBase

__all__ = ["server"]


@pytest.fixture(scope="session")
def filled_url(server: EmbeddedServer) -> str:
    """The URL of a database with all tables, for the cases to fill."""
    server.create_database("conformance")
    parts = conninfo_to_dict(server.conninfo_for("conformance"))
    url = f"postgresql://{parts['user']}@/conformance?host={quote(str(parts['host']))}&port={parts['port']}"
    # What production has: the tables as the line of revisions made them.
    apply(url)
    create_schema(url, metadata=ShopBase.metadata)
    return url


@pytest.fixture(scope="session")
async def kept(filled_url: str) -> AsyncIterator[Kept]:
    with psycopg.connect(filled_url, autocommit=True) as emptying:
        kept = Kept(filled_url, emptying)
        yield kept
        await kept.close()
