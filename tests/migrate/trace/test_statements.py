"""What each kind of statement locks, writes anew, scans and builds: measured, and known from the reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from dbkit.migrate.header import Lock
from dbkit.migrate.trace.measuring import Measure
from dbkit.migrate.trace.model import Statement

AX, SRX, S, SUX = (
    Lock.ACCESS_EXCLUSIVE,
    Lock.SHARE_ROW_EXCLUSIVE,
    Lock.SHARE,
    Lock.SHARE_UPDATE_EXCLUSIVE,
)
SCHEMA = """
CREATE TABLE r (id bigint PRIMARY KEY);
CREATE TABLE t (
  id bigint PRIMARY KEY, o_id bigint, v int, w int NOT NULL DEFAULT 1, s varchar(50), t text, n numeric(10,2),
  ts timestamp, j json);
ALTER TABLE t ADD CONSTRAINT given CHECK (w > 0) NOT VALID;
CREATE INDEX t_v ON t (v);
CREATE TABLE p (k int) PARTITION BY RANGE (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (100);
CREATE VIEW vw AS SELECT v FROM t;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
INSERT INTO r SELECT generate_series(1, 100);
INSERT INTO t SELECT n, n, n, 1, 's', 't', n, now(), '{}' FROM generate_series(1, 100) n
"""


@pytest.fixture
def connection(postgres_url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(postgres_url, autocommit=True, options="-c timezone=UTC") as connection:
        connection.execute(SCHEMA)
        yield connection


def seen(connection: psycopg.Connection[Any], *statements: str) -> Statement:
    """Return what the last of the statements does."""
    with Measure(connection) as measure:
        for statement in statements:
            connection.execute(statement.encode())
    return measure.statements[-1]


@pytest.mark.parametrize(
    ("statement", "locks"),
    [
        ("ALTER TABLE t ADD x int", {"t": AX}),
        ("ALTER TABLE t ADD x int NOT NULL DEFAULT 7", {"t": AX}),
        ("ALTER TABLE t ADD IF NOT EXISTS v int", {"t": AX}),
        ("ALTER TABLE t DROP t", {"t": AX}),
        ("ALTER TABLE t ALTER v SET DEFAULT 3", {"t": AX}),
        ("ALTER TABLE t ALTER w DROP NOT NULL", {"t": AX}),
        ("ALTER TABLE t ALTER v SET STATISTICS 500", {"t": SUX}),
        ("ALTER TABLE t ALTER s TYPE varchar(100)", {"t": AX}),
        ("ALTER TABLE t ALTER s TYPE text", {"t": AX}),
        ("ALTER TABLE t ALTER ts TYPE timestamptz", {"t": AX}),
        ("ALTER TABLE t ADD CONSTRAINT c CHECK (v > 0) NOT VALID", {"t": AX}),
        (
            "ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (o_id) REFERENCES r NOT VALID",
            {"t": SRX, "r": SRX},
        ),
        ("ALTER TABLE t RENAME TO renamed", {"t": AX}),
        ("ALTER TABLE t SET (fillfactor = 80)", {"t": SUX}),
        ("ALTER INDEX t_v RENAME TO other", {}),
        ("DROP INDEX t_v", {"t": AX}),
        ("CREATE TABLE z (o_id bigint REFERENCES r)", {"r": SRX}),
        ("CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (100) TO (200)", {"p": AX}),
        ("CREATE TRIGGER tg BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()", {"t": SRX}),
        ("COMMENT ON COLUMN t.v IS 'a value'", {"t": SUX}),
        ("DROP VIEW vw", {"view vw": AX}),
        ("DROP TABLE r", {"r": AX}),
    ],
)
def test_what_takes_a_lock_and_works_on_no_rows(
    connection: psycopg.Connection[Any], statement: str, locks: dict[str, Lock]
) -> None:
    found = seen(connection, statement)
    assert (found.locks, found.rewrites, found.scans, found.builds) == (locks, (), (), ())
    assert found.milliseconds > 0


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE t ALTER v TYPE bigint",
        "ALTER TABLE t ALTER s TYPE varchar(20)",
        "ALTER TABLE t ALTER j TYPE jsonb",
        "ALTER TABLE t ALTER n TYPE numeric(12,3)",
        "ALTER TABLE t ADD x uuid DEFAULT gen_random_uuid()",
        "ALTER TABLE t ADD x bigint GENERATED ALWAYS AS IDENTITY",
        "ALTER TABLE t ADD x int GENERATED ALWAYS AS (v * 2) STORED",
        "CLUSTER t USING t_pkey",
    ],
)
def test_what_writes_a_table_anew(connection: psycopg.Connection[Any], statement: str) -> None:
    found = seen(connection, "DROP VIEW vw", statement)
    assert found.locks == {"t": AX}
    assert (found.rewrites, found.builds) == (("t",), ())
    assert found.wal_bytes > 8000


@pytest.mark.parametrize(
    ("statement", "locks", "scans"),
    [
        ("ALTER TABLE t ALTER v SET NOT NULL", {"t": AX}, ("t",)),
        ("ALTER TABLE t ADD CONSTRAINT c CHECK (v > 0)", {"t": AX}, ("t",)),
        ("ALTER TABLE t ADD x int CHECK (x > 0)", {"t": AX}, ("t",)),
        ("ALTER TABLE t VALIDATE CONSTRAINT given", {"t": SUX}, ("t",)),
        ("ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (o_id) REFERENCES r", {"t": SRX, "r": SRX}, ("r", "t")),
        ("CREATE TABLE z AS SELECT * FROM t", {}, ("t",)),
    ],
)
def test_what_scans(
    connection: psycopg.Connection[Any], statement: str, locks: dict[str, Lock], scans: tuple[str, ...]
) -> None:
    found = seen(connection, statement)
    assert (found.locks, found.scans, found.rewrites, found.builds) == (locks, scans, (), ())


@pytest.mark.parametrize(
    ("statement", "locks", "builds"),
    [
        ("CREATE INDEX ix ON t (w)", {"t": S}, "ix of t"),
        ("CREATE INDEX CONCURRENTLY ix ON t (w)", {"t": SUX}, "ix of t"),
        ("ALTER TABLE t ADD CONSTRAINT u UNIQUE (v)", {"t": AX}, "u of t"),
        ("REINDEX INDEX t_v", {"t": S, "t_v of t": AX}, "t_v of t"),
        ("REINDEX INDEX CONCURRENTLY t_v", {"t": SUX}, "t_v of t"),
    ],
)
def test_what_builds_an_index(
    connection: psycopg.Connection[Any], statement: str, locks: dict[str, Lock], builds: str
) -> None:
    found = seen(connection, statement)
    assert (found.locks, found.builds, found.scans) == (locks, (builds,), ("t",))


def test_an_index_dropped_beside_others(connection: psycopg.Connection[Any]) -> None:
    found = seen(connection, "DROP INDEX CONCURRENTLY t_v")
    assert (found.locks, found.builds, found.scans) == ({"t": SUX}, (), ())


def test_what_writes_rows(connection: psycopg.Connection[Any]) -> None:
    found = seen(connection, "UPDATE t SET v = v + 1 WHERE w = 1")
    assert (found.locks, found.writes, found.scans) == ({}, ("t",), ("t",))
    by_key = seen(connection, "UPDATE t SET w = 2 WHERE id BETWEEN 1 AND 10")
    assert (by_key.writes, by_key.scans) == (("t",), ())
    of_all_keys = seen(connection, "UPDATE t SET w = 2 WHERE id BETWEEN 1 AND 100")
    assert (of_all_keys.writes, of_all_keys.scans) == (("t",), ("t",))


def test_what_would_write_rows_if_there_were_any(connection: psycopg.Connection[Any]) -> None:
    connection.execute("TRUNCATE t")
    assert seen(connection, "UPDATE t SET v = 1 WHERE w = 2").writes == ("t",)
    assert seen(connection, "DO $$ BEGIN DELETE FROM t WHERE id = 1; END $$").writes == ("t",)
    assert seen(connection, "INSERT INTO t SELECT id FROM r WHERE id < 0").writes == ("t",)


def test_looking_up_what_rows_refer_to_is_no_scan(connection: psycopg.Connection[Any]) -> None:
    connection.execute("ALTER TABLE t ADD FOREIGN KEY (o_id) REFERENCES r")
    assert seen(connection, "UPDATE t SET o_id = 101 - o_id").scans == ("t",)
    assert seen(connection, "INSERT INTO t SELECT id + 1000 FROM r").scans == ("r",)


def test_partitions_count_as_their_table(connection: psycopg.Connection[Any]) -> None:
    assert seen(connection, "CREATE INDEX ix ON p (k)").locks == {"p": S}


def test_names_are_those_of_before(connection: psycopg.Connection[Any]) -> None:
    with connection.transaction():
        found = seen(connection, "ALTER TABLE t RENAME TO other", "ALTER TABLE other ADD CONSTRAINT c CHECK (v > 0)")
    assert (found.locks, found.scans, found.transaction) == ({}, ("t",), 1)


def test_a_new_table_is_nobodys(connection: psycopg.Connection[Any]) -> None:
    assert seen(connection, "CREATE TABLE z (id int)", "CREATE INDEX z_id ON z (id)").does_something is False


def test_looks_are_left_out_and_repetitions_told_once(connection: psycopg.Connection[Any]) -> None:
    with Measure(connection) as measure:
        connection.execute("SELECT 1 FROM pg_class")
        for key in (1, 2):
            connection.execute("UPDATE t SET w = 3 WHERE id = %(key)s", {"key": key})
    (found,) = measure.statements
    assert (found.sql, found.repeated) == ("UPDATE t SET w = 3 WHERE id = %(key)s", True)


def test_a_statement_that_fails_is_rolled_back(connection: psycopg.Connection[Any]) -> None:
    with Measure(connection) as measure, pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute("ALTER TABLE nowhere ADD x int")
    assert measure.statements == ()
    assert connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
