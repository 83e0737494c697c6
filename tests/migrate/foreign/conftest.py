from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dbkit.migrate.runner import apply
from dbkit.testing.templates import Databases
from tests.cli.conftest import dbkit
from tests.fix_server import database_url
from tests.migrate.foreign.shop import SHOP, Project, Written, shop

__all__ = ["dbkit"]


@pytest.fixture(scope="session")
def made_shop(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The shop's project; nobody changes it."""
    return shop(tmp_path_factory.mktemp("shop"))


@pytest.fixture
def project(made_shop: Project, tmp_path: Path) -> Project:
    """A copy of the shop's project, to be changed."""
    folder = shutil.copytree(made_shop.folder, tmp_path / "project")
    ini = folder / "alembic.ini"
    ini.write_text(ini.read_text().replace(str(made_shop.folder), "%(here)s"))
    return Project.at(folder)


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """A project that has a table, and rows in it."""
    project = Project(tmp_path / "small")
    project.write(
        Written("aaaa1111", "create a", 'op.execute("CREATE TABLE a (id int)")', 'op.execute("DROP TABLE a")'),
        Written("bbbb2222", "fill a", 'op.execute("INSERT INTO a VALUES (1), (2)")', 'op.execute("DELETE FROM a")'),
    )
    return project


@pytest.fixture
def other_url(server: Databases) -> Iterator[str]:
    """Another empty database."""
    with database_url(server) as url:
        yield url


@pytest.fixture
def other(other_url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(other_url, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def whole(made_shop: Project, server: Databases) -> Iterator[psycopg.Connection[Any]]:
    """A database to which dbkit has applied all of the shop's project; nobody changes it."""
    with database_url(server) as url, psycopg.connect(url, autocommit=True) as connection:
        apply(url, line=made_shop.line)
        yield connection


@pytest.fixture(scope="module")
def whole_by_alembic(made_shop: Project, server: Databases) -> Iterator[psycopg.Connection[Any]]:
    """A database to which Alembic's own command has applied it; nobody changes it."""
    with database_url(server) as url, psycopg.connect(url, autocommit=True) as connection:
        made_shop.alembic(url, "upgrade", "head")
        yield connection


@pytest.fixture(params=range(len(SHOP)), ids=lambda number: SHOP[number].id)
def number(request: pytest.FixtureRequest) -> int:
    """How many revisions of the shop come first."""
    found: int = request.param
    return found
