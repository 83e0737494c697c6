from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from dbkit.migrate.roles.audit import Audit, apply_roles, audit_roles, entities_of
from dbkit.migrate.roles.cast import Cast
from dbkit.migrate.roles.grants import Entities
from dbkit.testing import Setup
from tests.migrate.roles.logins import LogIn, as_role, dropped_after
from tests.migrate.runs import Connection


@pytest.fixture(scope="session")
def dbkit_setup() -> Setup:
    """Databases with dbkit's schema, as its line makes it."""
    return Setup()


@pytest.fixture
def cast(postgres_url: str) -> Iterator[Cast]:
    """Roles of the test's own, with one service."""
    cast = Cast(f"roles_{uuid.uuid4().hex[:12]}", services=("api",))
    with dropped_after(postgres_url, *cast.names):
        yield cast


@pytest.fixture
def admin(postgres_url: str, cast: Cast) -> Iterator[str]:
    """The name of a role that may make roles, and nothing else yet."""
    name = f"{cast.prefix}_admin"
    with dropped_after(postgres_url, name):
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(SQL("CREATE ROLE {} LOGIN CREATEROLE").format(Identifier(name)))
        yield name


@pytest.fixture(scope="session")
def entities() -> Entities:
    return entities_of("dbkit.models:Base")


@pytest.fixture
def applied(postgres_url: str, cast: Cast, entities: Entities) -> Audit:
    """What came of making the test's roles."""
    return apply_roles(postgres_url, cast, entities)


@pytest.fixture
def audit(postgres_url: str, cast: Cast, entities: Entities) -> Callable[[], Audit]:
    return lambda: audit_roles(postgres_url, cast, entities)


@pytest.fixture
def superuser(postgres_url: str) -> Iterator[Connection]:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def log_in(postgres_url: str) -> Iterator[LogIn]:
    """Connect as a role."""
    opened: list[psycopg.Connection[Any]] = []

    def log_in(role: str) -> Connection:
        opened.append(psycopg.connect(as_role(postgres_url, role), autocommit=True))
        return opened[-1]

    yield log_in
    for connection in opened:
        connection.close()
