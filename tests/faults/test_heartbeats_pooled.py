"""A service behind PgBouncer in transaction mode: its schema is checked and its heartbeat is kept as without one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import dbkit
from dbkit.embedded.locks import ticks
from dbkit.migrate.bookkeeping import ensure
from dbkit.migrate.session import Session, Target
from dbkit.types.errors import SchemaMismatch
from tests.faults.fix_nodes import MakeNode, open_folder
from tests.faults.node import Node
from tests.faults.pgbouncer import PgBouncer
from tests.migrate.lines import LineFolder

SEARCH_PATH = "?pooler=pgbouncer&options=-csearch_path%3Dshop"
ROWS = "SELECT service, revision FROM shop.dbkit_service"


@pytest.fixture
def node(make_node: MakeNode) -> Node:
    """A server whose schema `shop` is at the first revision, in a schema that only the URL names."""
    node = make_node()
    node.execute("CREATE SCHEMA shop")
    node.execute("CREATE TABLE shop.alembic_version AS SELECT '20240101000001' AS version_num")
    with Session(Target(f"{node.conninfo()} options=-csearch_path=shop", "the server")) as session:
        ensure(session.connection)
    return node


@pytest.fixture
def pgbouncer(node: Node) -> Iterator[PgBouncer]:
    with open_folder() as folder:
        pooler = PgBouncer(folder, node)
        pooler.start()
        try:
            yield pooler
        finally:
            pooler.remove()


def test_settings_of_the_url_lead_check_and_heartbeat(pgbouncer: PgBouncer, node: Node, tmp_path: Path) -> None:
    line = LineFolder(tmp_path / "line")
    line.tables("a")
    shop = type("Shop", (dbkit.BaseDatabase,), {"line": line.folder})
    url = pgbouncer.url(parameters=SEARCH_PATH)
    with dbkit.connect(url, service="billing", database=shop):
        assert any(node.execute(ROWS) == [("billing", "20240101000001")] for _ in ticks(60))
    assert node.execute(ROWS) == []
    line.tables("b")
    with pytest.raises(SchemaMismatch, match="is at 20240101000001, and the code of billing needs 20240101000002"):
        dbkit.connect(url, service="billing", database=shop)
