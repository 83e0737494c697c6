"""Definitions are told as PostgreSQL tells them after a dump was restored."""

from __future__ import annotations

import pytest

from dbkit.migrate.catalog import Catalog
from dbkit.migrate.fingerprint.restated import restated
from tests.migrate.runs import Connection

CHECKS = (
    "n BETWEEN 1 AND 9 AND n % 2 = 0",
    "n % 2 = 0 AND (n BETWEEN 1 AND 9 OR n IS NULL)",
    "b AND (c AND n NOT BETWEEN 3 AND 4) OR (b OR (c OR n = 1))",
    "CASE WHEN b THEN n BETWEEN 1 AND 9 AND (c AND b) ELSE NOT (b AND (c AND b)) END",
    "s IN ('a', 'b''(', 'c AND d')",
    "s NOT IN ('a', 'b') AND t IN ('a', 'b') AND s = ANY ('{x,y}')",
    "length(s) > 1 AND coalesce(b AND c AND b, c) AND (b AND c) IS TRUE",
)


@pytest.mark.parametrize("check", CHECKS)
def test_what_is_read_back_is_told_as_before(connection: Connection, check: str) -> None:
    create = "CREATE TABLE {} (n int, b bool, c bool, s varchar(9), t text, CONSTRAINT k {})"
    connection.execute(create.format("first", f"CHECK ({check})").encode())
    first = Catalog.read(connection).objects["constraint first.k"]
    told = connection.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'k'").fetchone()
    assert told is not None
    connection.execute(create.format("second", told[0]).encode())
    assert Catalog.read(connection).objects["constraint second.k"] == first


@pytest.mark.parametrize(
    "definition",
    ["CHECK (((a AND b) OR (c AND d)))", "CHECK ((x = 'a) AND ((b) AND c'::text))", "integer DEFAULT 1 NOT NULL"],
)
def test_what_is_told_so_anyway_stays(definition: str) -> None:
    assert restated(definition) == definition
