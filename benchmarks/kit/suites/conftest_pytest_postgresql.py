"""The suite's database by pytest-postgresql: a template for each worker, cloned for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from pytest_postgresql import factories

import dbkit
from dbkit.migrate.runner import apply

HOST, USER = os.environ["BENCHMARK_HOST"], os.environ["BENCHMARK_USER"]


def url_of(name: str) -> str:
    return f"postgresql://{USER}@/{name}?host={quote(HOST)}"


def load(dbname: str, **_: Any) -> None:
    apply(url_of(dbname))


postgresql_noproc = factories.postgresql_noproc(host=HOST, port=5432, user=USER, dbname="tests", load=[load])
postgresql = factories.postgresql("postgresql_noproc")


@pytest.fixture
def db(postgresql: Any) -> Iterator[dbkit.Database]:
    with dbkit.connect(url_of(postgresql.info.dbname)) as db:
        yield db
