from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator

import pytest

from dbkit.migrate.report import Report
from tests.migrate.deploys.services import LogIn, make_table
from tests.migrate.lines import LineFolder
from tests.migrate.roles.logins import as_role, dropped_after
from tests.migrate.runs import Connection


@pytest.fixture
def released(run: Callable[..., Report], line: LineFolder, connection: Connection) -> LineFolder:
    """A line of two tables and the contract that drops the first, applied, and a table of heartbeats."""
    line.tables("a", "b")
    line.add("drop_a", "DROP TABLE a", phase="CONTRACT")
    run()
    make_table(connection)
    return line


@pytest.fixture
def log_in(postgres_url: str, connection: Connection) -> Iterator[LogIn]:
    role = f"dbkit_test_{uuid.uuid4().hex[:12]}"

    def log_in(url: str, but: str) -> str:
        connection.execute(f"CREATE ROLE {role} LOGIN")
        connection.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}")
        connection.execute(f"REVOKE ALL ON {but} FROM {role}")
        return as_role(url, role)

    with dropped_after(postgres_url, role):
        yield log_in
