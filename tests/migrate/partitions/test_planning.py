"""What there is to do for partitions, from what is there and what is declared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Column, DateTime, MetaData, Table

from dbkit.migrate.header import Lock
from dbkit.migrate.partitions.layout import Layout, Part, Retired
from dbkit.migrate.partitions.marking import mark, marked_at
from dbkit.migrate.partitions.planning import Kind, tasks_of
from dbkit.models.operation_log import OPERATION_LOGS
from dbkit.models.partition import Months, months_of
from dbkit.models.usage_event import USAGE_EVENTS
from dbkit.operations.months import months_back

NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)


def layout_of(
    months: Months,
    parts: Iterable[tuple[str, str]] = (),
    retired: Iterable[Retired] = (),
    kept_days: int | None = None,
) -> Layout:
    table = Table(
        "readings",
        MetaData(),
        Column("at", DateTime, primary_key=True),
        postgresql_partition_by="RANGE (at)",
        info=months.info,
    )
    bounds = (
        (datetime.fromisoformat(f"{low}T00:00Z"), datetime.fromisoformat(f"{high}T00:00Z")) for low, high in parts
    )
    made = tuple(Part(f"readings_{low:%Y_%m}", low, high) for low, high in bounds)
    return Layout(table, NOW, made, tuple(retired), kept_days)


def planned(layout: Layout) -> list[str]:
    return [f"{task.kind} {task.partition}" for task in tasks_of(layout)]


def test_this_month_and_those_ahead_are_made() -> None:
    assert planned(layout_of(Months(ahead=2))) == [
        "make readings_2026_11",
        "make readings_2026_12",
        "make readings_2027_01",
    ]


def test_a_month_that_a_longer_partition_takes_is_not_made() -> None:
    year = [("2026-01-01", "2027-01-01")]
    assert planned(layout_of(Months(ahead=2), year)) == ["make readings_2027_01"]


def test_what_is_older_than_it_is_kept_is_retired_the_oldest_first() -> None:
    parts = [("2025-09-01", "2025-10-01"), ("2025-10-01", "2025-11-01"), ("2025-11-01", "2025-12-01")]
    layout = layout_of(Months(ahead=0, kept=12), [*parts, ("2026-11-01", "2026-12-01")])
    assert planned(layout) == ["retire readings_2025_09", "retire readings_2025_10"]


def test_nothing_is_retired_that_somebody_was_promised_for_longer() -> None:
    parts = [("2025-09-01", "2025-10-01"), ("2025-10-01", "2025-11-01"), ("2026-11-01", "2026-12-01")]
    # 400 days before is 22 October 2025.
    assert planned(layout_of(Months(ahead=0, kept=12), parts, kept_days=400)) == ["retire readings_2025_09"]
    assert planned(layout_of(Months(ahead=0, kept=12), parts, kept_days=30)) == [
        "retire readings_2025_09",
        "retire readings_2025_10",
    ]


def test_without_a_retention_nothing_is_retired() -> None:
    assert planned(layout_of(Months(ahead=0), [("2011-01-01", "2011-02-01"), ("2026-11-01", "2026-12-01")])) == []


def test_what_was_retired_is_dropped_after_its_grace() -> None:
    retired = [Retired("readings_2025_01", NOW - timedelta(days=7)), Retired("readings_2025_02", NOW)]
    layout = layout_of(Months(ahead=0, kept=12), [("2026-11-01", "2026-12-01")], retired)
    assert planned(layout) == ["drop readings_2025_01"]


def test_a_task_says_what_it_locks_against_others() -> None:
    make = tasks_of(Layout(OPERATION_LOGS.table, NOW, (), ()))[0]
    assert make.kind is Kind.MAKE
    assert make.locks == {"operation_logs_default": Lock.ACCESS_EXCLUSIVE, "operations": Lock.SHARE_ROW_EXCLUSIVE}


def test_logs_are_retired_and_usage_is_not() -> None:
    assert months_of(OPERATION_LOGS.table).kept == 12
    assert months_of(USAGE_EVENTS.table) == Months(ahead=3, kept=None)


@pytest.mark.parametrize("comment", ["", "Retired partition of readings at noon", mark("others", NOW), "kept by hand"])
def test_what_is_no_mark_of_the_table_is_none(comment: str) -> None:
    assert marked_at("readings", comment) is None


def test_a_mark_says_when() -> None:
    assert marked_at("readings", mark("readings", NOW)) == NOW


def test_months_are_counted_back_over_years() -> None:
    assert months_back(datetime(2026, 1, 1, tzinfo=UTC), 14) == datetime(2024, 11, 1, tzinfo=UTC)
