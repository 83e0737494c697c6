"""From empty to head the line leads to the schema that the models make."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import NullPool, create_engine

from dbkit.migrate.catalog import Catalog, differences
from dbkit.migrate.line import Line
from dbkit.migrate.place import VERSION_TABLE
from dbkit.migrate.schema import create_schema
from dbkit.models import Base
from dbkit.testing.kit import Kit, Options
from dbkit.testing.templates import Databases
from tests.fix_server import database_url
from tests.migrations.stepping import go_up, opened

_PARTITIONS = "SELECT relname FROM pg_class WHERE relispartition AND relnamespace = current_schema()::regnamespace"
_EYES_OPEN = {
    "compare_type": True,
    "compare_server_default": True,
    "autogenerate_plugins": ["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname"],
    "version_table": VERSION_TABLE,
}


@pytest.fixture(scope="module", params=["server", "newest"])
def some_server(request: pytest.FixtureRequest, server: Databases) -> Iterator[Databases]:
    """The server that all tests have, and the newest of the wheel."""
    if request.param == "server":
        yield server
        return
    with closing(Kit(Options("embedded"))) as newest:
        yield newest.databases()


@pytest.fixture(scope="module")
def url_at_head(some_server: Databases) -> Iterator[str]:
    with database_url(some_server) as url:
        for revision in Line.read().revisions:
            go_up(url, revision)
        yield url


def test_catalogues_are_equal(some_server: Databases, url_at_head: str) -> None:
    """Partitions aside: maintenance makes them."""
    with database_url(some_server) as url_of_models:
        create_schema(url_of_models)
        line, models = _catalog(url_at_head), _catalog(url_of_models)
    assert differences(line.without_partitions(), models.without_partitions()) == []


# It compares the text of a generated column with what PostgreSQL makes of it; the catalogues compare like with like.
@pytest.mark.filterwarnings("ignore:Computed default on:UserWarning")
def test_autogenerate_finds_nothing(url_at_head: str) -> None:
    with opened(url_at_head) as connection:
        partitions = {name for (name,) in connection.execute(_PARTITIONS)}

    def is_compared(name: str | None, kind: str, _: Any) -> bool:
        return kind != "table" or name not in partitions

    engine = create_engine(url_at_head.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={**_EYES_OPEN, "include_name": is_compared})
        assert compare_metadata(context, Base.metadata) == []


def _catalog(url: str) -> Catalog:
    with opened(url) as connection:
        return Catalog.read(connection)
