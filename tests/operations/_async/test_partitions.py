from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dbkit import AsyncDatabase
from dbkit.operations.months import month_of, months_from
from dbkit.types import NewOperationLog, OperationLogFilter
from tests.operations._async.test_platform import usage
from tests.operations._async.world import AsyncTenant


async def test_lines_move_into_their_months_partition_and_stay_readable(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    operation = await tenant.operation(await tenant.installation())
    this_month = month_of(operation.created_at)
    moments = [this_month - timedelta(days=40), this_month, this_month + timedelta(days=40)]
    lines = [
        NewOperationLog(project_id=tenant.project_id, operation_id=operation.id, logged_at=moment, message="line")
        for moment in moments
    ]
    assert await db.operation_logs.append_many(lines) == 3
    everything = OperationLogFilter(project_id=tenant.project_id)
    before = [line async for line in db.operation_logs.iterate(everything)]
    with db.expect_queries(3):
        await db.operation_logs.ensure_partitions(2)
    await db.operation_logs.ensure_partitions(2)
    assert [line async for line in db.operation_logs.iterate(everything)] == before
    await db.operation_logs.append_many(
        [NewOperationLog(project_id=tenant.project_id, operation_id=operation.id, message="later")]
    )
    assert await db.operation_logs.count(everything) == 4


async def test_lines_that_come_again_add_nothing(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    operation = await tenant.operation(await tenant.installation())
    lines = [
        NewOperationLog(project_id=tenant.project_id, operation_id=operation.id, message=str(number))
        for number in range(3)
    ]
    assert await db.operation_logs.append_many(lines[:2]) == 2
    assert await db.operation_logs.append_many(lines) == 1
    async with db.transaction() as tx:
        assert await tx.operation_logs.append_many([*lines, lines[0]]) == 0
        # The transaction goes on.
        assert await tx.operation_logs.count(OperationLogFilter(project_id=tenant.project_id)) == 3


async def test_lines_before_a_month_go_whole_partitions_or_not(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    operation = await tenant.operation(await tenant.installation())
    await db.operation_logs.ensure_partitions(1)
    (begin, next_begin), _ = months_from(operation.created_at, 1)
    moments = [begin - timedelta(days=1), begin, next_begin - timedelta(seconds=1), next_begin]
    await db.operation_logs.append_many(
        NewOperationLog(project_id=tenant.project_id, operation_id=operation.id, logged_at=moment, message="line")
        for moment in moments
    )
    await db.operation_logs.drop_partitions_before(begin + timedelta(days=3))
    found = db.operation_logs.iterate(OperationLogFilter(project_id=tenant.project_id))
    assert sorted([line.logged_at async for line in found]) == moments[1:]
    with db.expect_queries(at_most=9) as sent:
        await db.operation_logs.drop_partitions_before(next_begin)
    assert "drop" in sent[0].sql.lower()
    found = db.operation_logs.iterate(OperationLogFilter(project_id=tenant.project_id))
    assert [line.logged_at async for line in found] == moments[3:]
    await db.operation_logs.ensure_partitions(1)


async def test_usage_has_partitions_too(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    await db.usage_events.ensure_partitions(0)
    await db.usage_events.ensure_partitions(1)
    begin, end = months_from(datetime.now(UTC), 0)[0]
    assert await db.usage_events.append_many([usage(tenant, "1", 0).model_copy(update={"occurred_at": begin})]) == 1
    assert await db.usage_events.totals(tenant.organization_id, "records", begin, end) == 1
