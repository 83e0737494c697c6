"""One schema has one fingerprint: whatever way led there, and on every version of PostgreSQL."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from benchmarks.fingerprint import wide_schema
from dbkit.embedded import EmbeddedServer
from dbkit.embedded.binaries import find_binaries
from dbkit.embedded.cluster import Launch
from dbkit.migrate.catalog import Catalog, differences
from dbkit.migrate.fingerprint.tree import Tree, fingerprint
from dbkit.migrate.schema import schema_sql
from dbkit.types.errors import ConfigurationInvalid
from tests.migrate.fingerprint.shop import shop_sql

Connection = psycopg.Connection[Any]

# What versions print in different words, or keep in different places.
FURTHER = """
CREATE VIEW whole AS SELECT w.id, upper(w.name) AS name FROM widgets w WHERE w.size > 1 ORDER BY w.name;
CREATE VIEW inner_one AS SELECT x.id FROM (SELECT o.id FROM owners o WHERE o.label <> 'o.id') x;
CREATE VIEW joined AS SELECT w.id, o.label FROM widgets w JOIN owners o ON o.id = w.owner_id;
CREATE VIEW both_of AS SELECT id FROM widgets UNION SELECT id FROM owners;
CREATE VIEW correlated AS SELECT o.id, (SELECT count(*) FROM widgets w WHERE w.owner_id = o.id) AS number FROM owners o;
CREATE VIEW named AS WITH q AS (SELECT id FROM owners) SELECT q.id FROM q;
CREATE MATERIALIZED VIEW stored AS SELECT name, count(*) FROM widgets GROUP BY name HAVING count(*) > 1;
CREATE FUNCTION many() RETURNS SETOF bigint LANGUAGE sql BEGIN ATOMIC SELECT w.id FROM widgets w; END;
ALTER TABLE owners ALTER COLUMN label SET STATISTICS 5;
CREATE TABLE heirs (more int NOT NULL) INHERITS (owners);
"""
SHOP = f"{shop_sql()}{FURTHER}"
MAJORS = [16, 18]


def made(connection: Connection, script: str) -> Catalog:
    """Make a schema on an empty one, and read it."""
    connection.execute(script.encode())
    return Catalog.read(connection)


@pytest.fixture(scope="module", params=MAJORS)
def newer(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """A connection to a server of a later version."""
    try:
        binaries = find_binaries(request.param, origin="wheel")
    except ConfigurationInvalid:
        pytest.skip(f"the wheel has no PostgreSQL {request.param}")
    # Not in the tests' own folder: the server of root cannot get there.
    with (
        tempfile.TemporaryDirectory(prefix="dbkit-newer-") as folder,
        EmbeddedServer.start(Path(folder), Launch(binaries=binaries)) as server,
        psycopg.connect(server.conninfo, autocommit=True) as connection,
    ):
        assert connection.info.server_version // 10_000 == request.param
        yield connection


@pytest.fixture
def connection(postgres_url: str) -> Iterator[Connection]:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize("script", [schema_sql(), SHOP, "".join(wide_schema(3))], ids=["dbkit", "shop", "wide"])
def test_a_schema_has_one_fingerprint_on_all_versions(connection: Connection, newer: Connection, script: str) -> None:
    with connection.transaction(force_rollback=True), newer.transaction(force_rollback=True):
        here, there = made(connection, script), made(newer, script)
    assert differences(here, there) == []
    assert fingerprint(here) == fingerprint(there)
    assert len(here.objects) > 40


def test_columns_are_told_apart_in_views_of_several(connection: Connection) -> None:
    with connection.transaction(force_rollback=True):
        one = made(connection, SHOP)
        connection.execute(
            "CREATE OR REPLACE VIEW joined AS SELECT o.id, o.label FROM widgets w JOIN owners o ON o.id = w.owner_id"
        )
        assert [each.name for each in one.compare(Catalog.read(connection))] == ["view joined"]


def test_a_fingerprint_is_a_tree(connection: Connection) -> None:
    with connection.transaction(force_rollback=True):
        before = made(connection, SHOP)
        connection.execute("ALTER TABLE widgets ALTER COLUMN name SET NOT NULL")
        same = fingerprint(Catalog.read(connection))
        connection.execute("DROP INDEX ix_widgets_name")
        after = fingerprint(Catalog.read(connection))
    tree = fingerprint(before)
    assert same == tree != after
    assert str(tree).startswith("f1:")
    assert [name for name in tree.parts if tree.parts[name] != after.parts.get(name)] == ["widgets"]
    gone = tree.parts["widgets"].parts.keys() - after.parts["widgets"].parts.keys()
    assert gone == {"index ix_widgets_name"}


def test_the_order_in_which_things_were_made_does_not_count() -> None:
    one, other = Tree("1"), Tree("2")
    assert Tree.of_parts({"a": one, "b": other}) == Tree.of_parts({"b": other, "a": one})
    assert Tree.of_parts({"a": one, "b": other}).hash != Tree.of_parts({"a": other, "b": one}).hash


def test_a_tree_for_machines() -> None:
    catalog = Catalog(
        {"table t": "TABLE", "column t.a": "int", "view v": "SELECT"}, {"table t": "t", "column t.a": "t"}
    )
    tree = fingerprint(catalog)
    found = tree.as_json()
    assert list(found) == ["t", "view v"]
    assert found["t"]["hash"] == tree.parts["t"].hash[:16]
    assert list(found["t"]["parts"]) == ["column t.a", "table t"]


def test_partitions_for_values_can_be_left_out(connection: Connection) -> None:
    with connection.transaction(force_rollback=True):
        before = made(connection, SHOP)
        connection.execute("CREATE TABLE logs_2024 PARTITION OF logs FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')")
        connection.execute("COMMENT ON COLUMN logs_2024.line IS 'of a year'")
        after = Catalog.read(connection, rights=True)
    names = {name for name in after.objects if "logs_2024" in name}
    assert {
        "partition logs_2024",
        "owner of partition logs_2024",
        "comment on partition logs_2024 column logs_2024.line",
    } < names
    left = after.without_dated_partitions().only(lambda name: not name.startswith(("owner of", "grants on")))
    assert left == before
    assert "partition logs_rest" in left.objects
