from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import psycopg
import pytest
from sqlalchemy import Table

from dbkit.testing.templates import Databases
from tests.fix_server import database_url, server
from tests.memory.both import Asked
from tests.memory.judge import Answers, ask
from tests.recorded.answers import Heard, heard

__all__ = ["asked", "connection", "heard", "judge", "server"]


@pytest.fixture
def asked(request: pytest.FixtureRequest, heard: Heard) -> Asked:
    """Give what PostgreSQL answers in a test, with a server to ask where its answers are not recorded."""
    return Asked(heard, None if heard.is_recorded else request.getfixturevalue("server"))


@pytest.fixture(scope="module")
def connection(server: Databases) -> Iterator[psycopg.Connection[Any]]:
    with database_url(server) as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET timezone = 'UTC'")
        yield connection


@pytest.fixture
def judge(request: pytest.FixtureRequest, heard: Heard) -> Callable[[Table, Any], Answers]:
    """Give what lets both evaluate an expression; PostgreSQL's answers may be recorded ones."""
    return partial(ask, heard, lambda: request.getfixturevalue("connection"))
