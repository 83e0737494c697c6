# Generated from tests/operations/_async/test_operation.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

from datetime import timedelta

import pytest

from dbkit import Database
from dbkit.types import IllegalTransition, NewOperationLog, NotFound, OperationStatus, StaleVersion
from tests.operations._sync.world import Tenant

RUNNING, COMPLETED, FAILED = OperationStatus.RUNNING, OperationStatus.COMPLETED, OperationStatus.FAILED


def test_an_operation_notes_when_it_began_and_ended(db: Database, tenant: Tenant) -> None:
    operation = tenant.operation(tenant.installation())
    running = db.operations.transition(tenant.project_id, operation.id, RUNNING, expected_version=1)
    assert running.started_at is not None
    assert running.completed_at is None
    done = db.operations.transition(tenant.project_id, operation.id, COMPLETED, expected_version=2, result="40 records")
    assert done.completed_at is not None
    assert (done.result, done.started_at) == ("40 records", running.started_at)
    with pytest.raises(IllegalTransition):
        db.operations.transition(tenant.project_id, operation.id, RUNNING, expected_version=3)
    with pytest.raises(StaleVersion):
        db.operations.transition(tenant.project_id, operation.id, FAILED, expected_version=1)


def test_one_that_fails_at_once_never_began(db: Database, tenant: Tenant) -> None:
    operation = tenant.operation(tenant.installation())
    failed = db.operations.transition(tenant.project_id, operation.id, FAILED, expected_version=1)
    assert failed.started_at is None
    assert failed.completed_at is not None


def test_a_chain_of_retries_is_the_same_from_each_of_its_attempts(db: Database, tenant: Tenant) -> None:
    installation = tenant.installation()
    first = tenant.operation(installation)
    second = tenant.operation(installation, first)
    third = tenant.operation(installation, second)
    tenant.operation(installation)
    for each in (first, second, third):
        assert db.operations.retry_chain(tenant.project_id, each.id) == [first, second, third]
    db.operations.delete(tenant.project_id, first.id)
    chain = db.operations.retry_chain(tenant.project_id, third.id)
    assert [each.id for each in chain] == [second.id, third.id]
    with pytest.raises(NotFound):
        db.operations.retry_chain(tenant.project_id, first.id)


def test_operations_are_counted_by_status(db: Database, tenant: Tenant) -> None:
    installation = tenant.installation()
    made = [tenant.operation(installation) for _ in range(3)]
    db.operations.transition(tenant.project_id, made[0].id, RUNNING, expected_version=1)
    since = made[0].created_at
    assert db.operations.count_by_status(tenant.project_id, since) == {
        OperationStatus.PENDING: 2,
        RUNNING: 1,
        COMPLETED: 0,
        FAILED: 0,
    }
    later = db.operations.count_by_status(tenant.project_id, since + timedelta(days=1))
    assert sum(later.values()) == 0


def test_old_operations_go_with_their_logs(db: Database, tenant: Tenant) -> None:
    installation = tenant.installation()
    made = [tenant.operation(installation) for _ in range(3)]
    db.operation_logs.create(
        NewOperationLog(project_id=tenant.project_id, operation_id=made[0].id, message="read 40 records")
    )
    end = made[-1].created_at + timedelta(seconds=1)
    assert db.operations.delete_older_than(tenant.project_id, made[0].created_at, 10) == 0
    assert db.operations.delete_older_than(tenant.project_id, end, 2) == 2
    assert [db.operations.exists(tenant.project_id, each.id) for each in made] == [False, False, True]
    assert db.operations.delete_older_than(tenant.project_id, end, 2) == 1


def test_bulk_jobs_are_claimed_when_due(db: Database, tenant: Tenant) -> None:
    installation = tenant.installation()
    early, late, never = [tenant.operation(installation) for _ in range(3)]
    for operation, hours in ((early, -2), (late, 2)):
        at = operation.created_at + timedelta(hours=hours)
        db.operations.update(tenant.project_id, operation.id, expected_version=1, next_poll_at=at)
    with db.transaction() as tx:
        assert [each.id for each in tx.operations.claim_polling(10)] == [early.id]
        assert tx.operations.claim_polling(0) == []
    assert (db.operations.get(tenant.project_id, never.id)).next_poll_at is None
