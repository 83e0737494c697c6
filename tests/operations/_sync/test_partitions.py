# Generated from tests/operations/_async/test_partitions.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dbkit import Database
from dbkit.operations.months import month_of, months_from
from dbkit.types import NewOperationLog, OperationLogFilter
from tests.operations._sync.test_platform import usage
from tests.operations._sync.world import Tenant


def test_lines_move_into_their_months_partition_and_stay_readable(db: Database, tenant: Tenant) -> None:
    operation = tenant.operation(tenant.installation())
    this_month = month_of(operation.created_at)
    moments = [this_month - timedelta(days=40), this_month, this_month + timedelta(days=40)]
    lines = [
        NewOperationLog(project_id=tenant.project_id, operation_id=operation.id, logged_at=moment, message="line")
        for moment in moments
    ]
    assert db.operation_logs.append_many(lines) == 3
    everything = OperationLogFilter(project_id=tenant.project_id)
    before = [line for line in db.operation_logs.iterate(everything)]
    with db.expect_queries(3):
        db.operation_logs.ensure_partitions(2)
    db.operation_logs.ensure_partitions(2)
    assert [line for line in db.operation_logs.iterate(everything)] == before
    db.operation_logs.append_many(
        [NewOperationLog(project_id=tenant.project_id, operation_id=operation.id, message="later")]
    )
    assert db.operation_logs.count(everything) == 4


def test_lines_that_come_again_add_nothing(db: Database, tenant: Tenant) -> None:
    operation = tenant.operation(tenant.installation())
    lines = [
        NewOperationLog(project_id=tenant.project_id, operation_id=operation.id, message=str(number))
        for number in range(3)
    ]
    assert db.operation_logs.append_many(lines[:2]) == 2
    assert db.operation_logs.append_many(lines) == 1
    with db.transaction() as tx:
        assert tx.operation_logs.append_many([*lines, lines[0]]) == 0
        # The transaction goes on.
        assert tx.operation_logs.count(OperationLogFilter(project_id=tenant.project_id)) == 3


def test_lines_before_a_month_go_whole_partitions_or_not(db: Database, tenant: Tenant) -> None:
    operation = tenant.operation(tenant.installation())
    db.operation_logs.ensure_partitions(1)
    (begin, next_begin), _ = months_from(operation.created_at, 1)
    moments = [begin - timedelta(days=1), begin, next_begin - timedelta(seconds=1), next_begin]
    db.operation_logs.append_many(
        NewOperationLog(project_id=tenant.project_id, operation_id=operation.id, logged_at=moment, message="line")
        for moment in moments
    )
    db.operation_logs.drop_partitions_before(begin + timedelta(days=3))
    found = db.operation_logs.iterate(OperationLogFilter(project_id=tenant.project_id))
    assert sorted([line.logged_at for line in found]) == moments[1:]
    with db.expect_queries(at_most=9) as sent:
        db.operation_logs.drop_partitions_before(next_begin)
    assert "drop" in sent[0].sql.lower()
    found = db.operation_logs.iterate(OperationLogFilter(project_id=tenant.project_id))
    assert [line.logged_at for line in found] == moments[3:]
    db.operation_logs.ensure_partitions(1)


def test_usage_has_partitions_too(db: Database, tenant: Tenant) -> None:
    db.usage_events.ensure_partitions(0)
    db.usage_events.ensure_partitions(1)
    begin, end = months_from(datetime.now(UTC), 0)[0]
    assert db.usage_events.append_many([usage(tenant, "1", 0).model_copy(update={"occurred_at": begin})]) == 1
    assert db.usage_events.totals(tenant.organization_id, "records", begin, end) == 1
