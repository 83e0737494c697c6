"""Nothing is taken back that a running service needs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dbkit.migrate.deploys.errors import ServicesBehind
from dbkit.migrate.report import Options, Report
from dbkit.migrate.runner import down
from tests.migrate.deploys.services import beat, make_table
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection, place

A, B, DROP_A = "20240101000001", "20240101000002", "20240101000003"


@pytest.mark.parametrize("needs", [B, "20250101000000", "1975ea83b712", ""])
def test_a_service_needs_what_it_was_built_with(
    run: Callable[..., Report], line: LineFolder, connection: Connection, needs: str
) -> None:
    line.tables("a", "b")
    run()
    make_table(connection)
    beat(connection, needs, host="pod-7")
    with pytest.raises(ServicesBehind, match=r"running services may need 20240101000002 create_b \(expand\): billing"):
        run(down)
    assert place(connection) == [B]
    connection.execute("DELETE FROM dbkit_service")
    assert run(down).pending == 1


def test_older_code_needs_it_not(run: Callable[..., Report], line: LineFolder, connection: Connection) -> None:
    line.tables("a", "b")
    run()
    make_table(connection)
    beat(connection, A)
    assert run(down).pending == 1


def test_no_code_needs_a_contract(run: Callable[..., Report], released: LineFolder, connection: Connection) -> None:
    path = released.path(DROP_A, "drop_a")
    path.write_text(path.read_text().replace("    pass", "    op.execute('CREATE TABLE a (id int)')"))
    connection.execute("UPDATE dbkit_migration_history SET hash = ''")
    released.hash()
    beat(connection, DROP_A)
    assert run(down).pending == 1


def test_a_reason_breaks_the_glass(run: Callable[..., Report], line: LineFolder, connection: Connection) -> None:
    line.tables("a", "b")
    run()
    make_table(connection)
    beat(connection, B)
    assert run(down, options=Options(break_glass="nobody is left there")).pending == 1
