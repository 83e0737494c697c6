from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from dbkit.migrate.previews.removing import drop, previews
from dbkit.testing.templates import Databases
from tests.fix_server import database_url

__all__ = ["drop_all", "exists", "name_of", "project", "template", "url"]

THINGS = """
    CREATE SCHEMA "Odd schema";
    CREATE TYPE colour AS ENUM ('red');
    CREATE DOMAIN "Odd schema".positive AS int CHECK (VALUE > 0);
    CREATE TYPE pair AS (a int, b int);
    CREATE TABLE toys (id serial PRIMARY KEY, number int GENERATED ALWAYS AS IDENTITY, colour colour DEFAULT 'red');
    CREATE TABLE days (day date) PARTITION BY RANGE (day);
    CREATE TABLE days_2026 PARTITION OF days FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    CREATE SEQUENCE "Odd schema"."Free one";
    CREATE VIEW reds AS SELECT id FROM toys WHERE colour = 'red';
    CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM toys;
    CREATE FUNCTION twice(int, VARIADIC text[]) RETURNS int LANGUAGE sql AS 'SELECT 2 * $1';
    CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
    INSERT INTO toys DEFAULT VALUES
"""


@pytest.fixture(scope="module")
def url(server: Databases) -> str:
    """The server, by a role that may do everything."""
    return server.url_for("postgres")


@pytest.fixture
def project(url: str) -> Iterator[str]:
    """A project of the test's own, as servers are shared."""
    name = f"t{secrets.token_hex(4)}"
    yield name
    drop_all(url, name)


@pytest.fixture(scope="module")
def template(server: Databases) -> Iterator[str]:
    """The name of a database with one thing of each kind in it."""
    with database_url(server) as url:
        with psycopg.connect(url) as connection:
            connection.execute(THINGS)
        yield name_of(url)


def drop_all(url: str, project: str) -> None:
    for found in previews(url, project=project):
        assert found.mark is not None
        drop(found.mark.branch, url, project=project)


def name_of(url: str) -> str:
    return str(conninfo_to_dict(url)["dbname"])


def exists(url: str, table: Any, column: Any, name: str) -> bool:
    with psycopg.connect(url) as connection:
        look = sql.SQL("SELECT FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(column))
        return connection.execute(look, (name,)).fetchone() is not None
