"""What is kept of a statement's text."""

from __future__ import annotations

import pytest

from dbkit.migrate.trace.shapes import (
    concurrent_target,
    inserts_values,
    is_look,
    needs_autocommit,
    shape,
    was_shortened,
)


def test_lines_are_indented_as_if_they_began_at_the_margin() -> None:
    assert shape("  CREATE TABLE t (\n        id int,\n          v int)\n") == "CREATE TABLE t (\n  id int,\n    v int)"


def test_long_values_of_rows_are_cut() -> None:
    text = shape(f"INSERT INTO t VALUES ('short', '{'x' * 50}', 'it''s {'y' * 50}')")
    assert text == f"INSERT INTO t VALUES ('short', '{'x' * 19}…', 'it''s {'y' * 13}…')"
    assert was_shortened(text)
    assert len(shape(f"INSERT INTO t VALUES {', '.join(['(1)'] * 1000)}")) <= 1001


@pytest.mark.parametrize(
    "statement",
    [
        f"COMMENT ON TABLE t IS '{'x' * 100}'",
        f"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT '{'x' * 100}' $$",
        f"ALTER TABLE t ADD CHECK (v IN ('{'x' * 100}'))",
    ],
)
def test_what_says_how_the_schema_is_stays_whole(statement: str) -> None:
    assert shape(statement) == statement
    assert not was_shortened(statement)


@pytest.mark.parametrize(
    ("statement", "target"),
    [
        ("CREATE UNIQUE INDEX CONCURRENTLY ix ON t (v)", "t"),
        ("create index concurrently if not exists ix on only t (v)", "t"),
        ("-- why\nDROP INDEX CONCURRENTLY IF EXISTS ix", "ix"),
        ("REINDEX (VERBOSE) TABLE CONCURRENTLY t", "t"),
        ("VACUUM (ANALYZE) t", "t"),
        ("ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY", "p"),
        ("CREATE INDEX ix ON t (v)", None),
        ("REFRESH MATERIALIZED VIEW CONCURRENTLY m", None),
    ],
)
def test_what_runs_outside_of_transactions(statement: str, target: str | None) -> None:
    assert concurrent_target(statement) == target
    assert needs_autocommit(statement) is (target is not None)


def test_looks() -> None:
    assert is_look("SELECT 1")
    assert is_look("/* why */ SET lock_timeout = 0")
    assert not is_look("UPDATE t SET v = 1")


def test_rows_that_a_statement_holds() -> None:
    assert inserts_values("INSERT INTO t VALUES ('select', 1)")
    assert not inserts_values("INSERT INTO t SELECT 1 FROM r")
    assert not inserts_values("UPDATE t SET v = 1")
