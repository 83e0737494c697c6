from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from tests.fix_previews import drop_all, project, template, url

__all__ = ["project", "template", "url"]


@pytest.fixture
def modest_url(url: str, project: str) -> Iterator[str]:
    """The server, by a role that may create databases and roles and nothing else."""
    name = f"{project}_ci"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE").format(sql.Identifier(name)))
        yield as_role(url, name)
        drop_all(url, project)
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def as_role(url: str, name: str) -> str:
    return f"postgresql://{name}@{url.partition('@')[2]}"
