from __future__ import annotations

from datetime import timedelta

import pytest

from dbkit import AsyncDatabase
from dbkit.types import IllegalTransition, NewOperationLog, NotFound, OperationStatus, StaleVersion
from tests.operations._async.world import AsyncTenant

RUNNING, COMPLETED, FAILED = OperationStatus.RUNNING, OperationStatus.COMPLETED, OperationStatus.FAILED


async def test_an_operation_notes_when_it_began_and_ended(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    operation = await tenant.operation(await tenant.installation())
    running = await db.operations.transition(tenant.project_id, operation.id, RUNNING, expected_version=1)
    assert running.started_at is not None
    assert running.completed_at is None
    done = await db.operations.transition(
        tenant.project_id, operation.id, COMPLETED, expected_version=2, result="40 records"
    )
    assert done.completed_at is not None
    assert (done.result, done.started_at) == ("40 records", running.started_at)
    with pytest.raises(IllegalTransition):
        await db.operations.transition(tenant.project_id, operation.id, RUNNING, expected_version=3)
    with pytest.raises(StaleVersion):
        await db.operations.transition(tenant.project_id, operation.id, FAILED, expected_version=1)


async def test_one_that_fails_at_once_never_began(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    operation = await tenant.operation(await tenant.installation())
    failed = await db.operations.transition(tenant.project_id, operation.id, FAILED, expected_version=1)
    assert failed.started_at is None
    assert failed.completed_at is not None


async def test_a_chain_of_retries_is_the_same_from_each_of_its_attempts(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    installation = await tenant.installation()
    first = await tenant.operation(installation)
    second = await tenant.operation(installation, first)
    third = await tenant.operation(installation, second)
    await tenant.operation(installation)
    for each in (first, second, third):
        assert await db.operations.retry_chain(tenant.project_id, each.id) == [first, second, third]
    await db.operations.delete(tenant.project_id, first.id)
    chain = await db.operations.retry_chain(tenant.project_id, third.id)
    assert [each.id for each in chain] == [second.id, third.id]
    with pytest.raises(NotFound):
        await db.operations.retry_chain(tenant.project_id, first.id)


async def test_operations_are_counted_by_status(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    installation = await tenant.installation()
    made = [await tenant.operation(installation) for _ in range(3)]
    await db.operations.transition(tenant.project_id, made[0].id, RUNNING, expected_version=1)
    since = made[0].created_at
    assert await db.operations.count_by_status(tenant.project_id, since) == {
        OperationStatus.PENDING: 2,
        RUNNING: 1,
        COMPLETED: 0,
        FAILED: 0,
    }
    later = await db.operations.count_by_status(tenant.project_id, since + timedelta(days=1))
    assert sum(later.values()) == 0


async def test_old_operations_go_with_their_logs(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    installation = await tenant.installation()
    made = [await tenant.operation(installation) for _ in range(3)]
    await db.operation_logs.create(
        NewOperationLog(project_id=tenant.project_id, operation_id=made[0].id, message="read 40 records")
    )
    end = made[-1].created_at + timedelta(seconds=1)
    assert await db.operations.delete_older_than(tenant.project_id, made[0].created_at, 10) == 0
    assert await db.operations.delete_older_than(tenant.project_id, end, 2) == 2
    assert [await db.operations.exists(tenant.project_id, each.id) for each in made] == [False, False, True]
    assert await db.operations.delete_older_than(tenant.project_id, end, 2) == 1


async def test_bulk_jobs_are_claimed_when_due(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    installation = await tenant.installation()
    early, late, never = [await tenant.operation(installation) for _ in range(3)]
    for operation, hours in ((early, -2), (late, 2)):
        at = operation.created_at + timedelta(hours=hours)
        await db.operations.update(tenant.project_id, operation.id, expected_version=1, next_poll_at=at)
    async with db.transaction() as tx:
        assert [each.id for each in await tx.operations.claim_polling(10)] == [early.id]
        assert await tx.operations.claim_polling(0) == []
    assert (await db.operations.get(tenant.project_id, never.id)).next_poll_at is None
