"""The test kit makes its databases with a line that Alembic made."""

from __future__ import annotations

import pytest

from dbkit.testing import Setup
from tests.migrate.foreign.databases import Connection
from tests.migrate.foreign.shop import Project
from tests.migrate.runs import place


@pytest.fixture(scope="session")
def dbkit_setup(made_shop: Project) -> Setup:
    return Setup(lines=(made_shop.ini,))


@pytest.mark.dbkit(schema="empty")
def test_an_empty_database(connection: Connection) -> None:
    assert connection.execute("SELECT to_regclass('customers')").fetchone() == (None,)


def test_a_database_at_the_end_of_the_line(connection: Connection) -> None:
    assert place(connection) == ["7f7f7f7f7f7f"]
    assert connection.execute("SELECT to_regclass('open_orders')").fetchone() != (None,)
