"""Partitions of a database: made, retired and dropped while others use the tables."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

import dbkit
from dbkit.migrate.catalog import Catalog
from dbkit.migrate.partitions.keeping import Patience, Report, keep_partitions, look_at_partitions
from dbkit.migrate.partitions.marking import mark
from dbkit.mock.factories import Factories
from dbkit.operations.months import month_of
from dbkit.types import EntitlementKey
from tests.migrate.runs import Connection

pytestmark = pytest.mark.dbkit(isolation="clone")

MODELS = "dbkit.models:Base"
THIS_MONTH = f"{month_of(datetime.now(UTC)):%Y_%m}"


def kept(url: str, **patience: float) -> Report:
    return keep_partitions(url, MODELS, Patience(**patience))  # type: ignore[arg-type]


def parts(connection: Connection, table: str) -> set[str]:
    rows = connection.execute(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", (table,)
    ).fetchall()
    return {name for (name,) in rows}


def test_looking_changes_nothing_and_keeping_leaves_nothing_to_do(postgres_url: str, connection: Connection) -> None:
    before = parts(connection, "operation_logs")
    looked = look_at_partitions(postgres_url, MODELS)
    assert looked.is_finding
    assert parts(connection, "operation_logs") == before
    done = kept(postgres_url)
    assert not done.is_finding
    assert [str(task) for task in done.done] == [str(task) for task in looked.to_do]
    after = parts(connection, "operation_logs")
    assert f"operation_logs_{THIS_MONTH}" in after
    assert "operation_logs_2025_03" not in after
    assert "usage_events_2024" in parts(connection, "usage_events")
    again = kept(postgres_url)
    assert (again.done, again.left, again.to_do) == ((), (), ())


def test_rows_that_came_before_their_partition_move_into_it(postgres_url: str, connection: Connection) -> None:
    with dbkit.connect(postgres_url) as db:
        Factories(seed="moved").usage_event.create(db, occurred_at=datetime.now(UTC))
    kept(postgres_url)
    found = connection.execute("SELECT tableoid::regclass::text FROM usage_events").fetchall()
    assert found == [(f"usage_events_{THIS_MONTH}",)]


def test_a_retired_partition_waits_for_its_grace_and_is_no_drift(postgres_url: str, connection: Connection) -> None:
    kept(postgres_url)
    assert connection.execute("SELECT to_regclass('operation_logs_2025_03') IS NOT NULL").fetchone() == (True,)
    compared = Catalog.read(connection).without_dated_partitions()
    assert not [name for name in compared.objects if "operation_logs_2025_03" in name]
    long_ago = mark("operation_logs", datetime.now(UTC) - timedelta(days=8))
    connection.execute(f"COMMENT ON TABLE operation_logs_2025_03 IS '{long_ago}'".encode())
    done = kept(postgres_url)
    assert [f"{task.kind} {task.partition}" for task in done.done] == ["drop operation_logs_2025_03"]
    assert connection.execute("SELECT to_regclass('operation_logs_2025_03')").fetchone() == (None,)


def test_lines_that_a_project_was_promised_are_kept(postgres_url: str, connection: Connection) -> None:
    with dbkit.connect(postgres_url) as db:
        Factories(seed="kept").project_entitlement.create(db, key=EntitlementKey.LOG_RETENTION_DAYS, value=3650)
    kept(postgres_url)
    assert "operation_logs_2025_03" in parts(connection, "operation_logs")


def test_what_is_in_use_is_left_and_nobody_waits_behind_it(postgres_url: str, connection: Connection) -> None:
    with psycopg.connect(postgres_url) as reader, ThreadPoolExecutor() as threads:
        reader.execute("SELECT count(*) FROM operation_logs")
        keeping = threads.submit(kept, postgres_url, seconds=0.5, stall_milliseconds_max=50)
        slowest = 0.0
        while not keeping.done():
            started = time.monotonic()
            connection.execute("SELECT count(*) FROM operation_logs")
            slowest = max(slowest, time.monotonic() - started)
        report = keeping.result()
    assert {each.task.table for each in report.left} == {"operation_logs"}
    assert "its tables are in use by" in str(report.left[0])
    assert {task.table for task in report.done} == {"usage_events"}
    assert slowest < 0.5
    assert not kept(postgres_url).is_finding


def test_a_statement_that_would_stall_others_for_longer_is_given_up(postgres_url: str, connection: Connection) -> None:
    before = parts(connection, "usage_events")
    report = kept(postgres_url, stall_milliseconds_max=1)
    assert "others would have waited for longer than 1 ms" in str(report.left[0])
    assert f"usage_events_{THIS_MONTH}" not in before | parts(connection, "usage_events")


def test_two_jobs_at_once_share_the_work(postgres_url: str) -> None:
    wanted = {str(task) for task in look_at_partitions(postgres_url, MODELS).to_do}
    with ThreadPoolExecutor() as threads:
        reports = list(threads.map(kept, [postgres_url] * 2))
    assert {str(task) for report in reports for task in report.done} == wanted
    assert sum(len(report.done) for report in reports) == len(wanted)
    assert not any(report.is_finding for report in reports)
