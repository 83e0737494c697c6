"""The suite's database by testcontainers: a container for each worker, all tables emptied after each test."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from testcontainers.postgres import PostgresContainer

import dbkit
from dbkit.migrate.runner import apply
from dbkit.models import Base

TRUNCATE = f"TRUNCATE {', '.join(Base.metadata.tables)} CASCADE"


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    with PostgresContainer("postgres:15", driver=None) as container:
        url = container.get_connection_url()
        apply(url)
        yield url


@pytest.fixture(scope="session")
def opened(url: str) -> Iterator[tuple[dbkit.Database, psycopg.Connection[tuple[object, ...]]]]:
    with dbkit.connect(url) as db, psycopg.connect(url, autocommit=True) as connection:
        yield db, connection


@pytest.fixture
def db(opened: tuple[dbkit.Database, psycopg.Connection[tuple[object, ...]]]) -> Iterator[dbkit.Database]:
    db, connection = opened
    yield db
    connection.execute(TRUNCATE)
