from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dbkit import AsyncDatabase
from dbkit.events import OperationChange, PollBulkJob, ReadFinished
from dbkit.events.topics.notification import ReadBackfillDone, ReadTriggeredDone, ReadTriggeredError, WriteAsyncDone
from dbkit.types import (
    NewOperation,
    NotificationType,
    Operation,
    OperationStatus,
    OperationType,
    ReadType,
    ValueInvalid,
)
from tests.events._async.listener import AsyncListener
from tests.operations._async.world import NOON, AsyncTenant

RUNNING, COMPLETED, FAILED = OperationStatus.RUNNING, OperationStatus.COMPLETED, OperationStatus.FAILED


async def an_operation(tenant: AsyncTenant, **fields: Any) -> Operation:
    installation = await tenant.installation()
    new = NewOperation(
        project_id=tenant.project_id,
        integration_id=installation.integration_id,
        installation_id=installation.id,
        **{"type": OperationType.READ, **fields},
    )
    return await tenant.db.operations.create(new)


async def test_an_operation_tells_each_of_its_statuses(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    await listener.forget()
    operation = await an_operation(tenant)
    _, created = await listener.events()
    assert created == OperationChange(
        project_id=tenant.project_id,
        operation_id=operation.id,
        installation_id=operation.installation_id,
        type=OperationType.READ,
        from_status=None,
        to_status=OperationStatus.PENDING,
        attempt=1,
        version=1,
        result=None,
        changed_at=operation.updated_at,
    )
    running = await db.operations.transition(tenant.project_id, operation.id, RUNNING, expected_version=1)
    (began,) = await listener.events()
    assert isinstance(began, OperationChange)
    assert (began.from_status, began.to_status, began.version) == (OperationStatus.PENDING, RUNNING, 2)
    assert began.changed_at == running.updated_at
    await db.operations.update(tenant.project_id, operation.id, expected_version=2, result="half of it")
    await db.operations.update(tenant.project_id, operation.id, expected_version=3, status=RUNNING)
    assert await listener.events() == []


async def test_a_read_that_finishes_tells_what_it_read(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    metadata = {"object_name": "contact", "record_count": 40, "result_url": "https://x.example/1", "more": [1]}
    operation = await an_operation(tenant, status=RUNNING, metadata=metadata)
    await listener.forget()
    done = await db.operations.update(
        tenant.project_id, operation.id, expected_version=1, status=COMPLETED, completed_at=NOON
    )
    changed, finished = await listener.events()
    assert isinstance(changed, OperationChange)
    assert finished == ReadFinished(
        project_id=tenant.project_id,
        integration_id=operation.integration_id,
        installation_id=operation.installation_id,
        operation_id=done.id,
        object_name="contact",
        read_type=None,
        record_count=40,
        result_url="https://x.example/1",
        next_page_token=None,
        finished_at=NOON,
    )


async def test_a_count_that_is_none_fails_the_change(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    operation = await an_operation(tenant, status=RUNNING, metadata={"record_count": "many"})
    await listener.forget()
    with pytest.raises(ValueInvalid) as caught:
        await db.operations.transition(tenant.project_id, operation.id, COMPLETED, expected_version=1)
    assert caught.value.sqlstate == "22P02"
    assert (await db.operations.get(tenant.project_id, operation.id)).status is RUNNING
    assert await listener.events() == []


async def test_a_bulk_job_is_to_be_asked_about_whenever_its_time_is_set(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    await listener.forget()
    operation = await an_operation(tenant, type=OperationType.WRITE, provider_job_ref="job-1", next_poll_at=NOON)
    _, _, first = await listener.events()
    assert first == PollBulkJob(
        project_id=tenant.project_id,
        operation_id=operation.id,
        provider=tenant.provider,
        provider_job_ref="job-1",
        attempt=1,
        next_poll_at=NOON,
    )
    later = NOON + timedelta(minutes=1)
    await db.operations.update(tenant.project_id, operation.id, expected_version=1, next_poll_at=later)
    (again,) = await listener.events()
    assert isinstance(again, PollBulkJob)
    assert again.next_poll_at == later
    await db.operations.update(tenant.project_id, operation.id, expected_version=2, next_poll_at=None)
    assert await listener.events() == []


@pytest.mark.parametrize(
    ("fields", "end", "notified", "type_"),
    [
        ({"read_type": ReadType.BACKFILL}, COMPLETED, ReadBackfillDone, NotificationType.READ_BACKFILL_DONE),
        ({"read_type": ReadType.TRIGGERED}, COMPLETED, ReadTriggeredDone, NotificationType.READ_TRIGGERED_DONE),
        ({"read_type": ReadType.TRIGGERED}, FAILED, ReadTriggeredError, NotificationType.READ_TRIGGERED_ERROR),
        (
            {"type": OperationType.WRITE, "provider_job_ref": "job-1"},
            FAILED,
            WriteAsyncDone,
            NotificationType.WRITE_ASYNC_DONE,
        ),
    ],
    ids=str,
)
async def test_a_project_is_notified_of_an_end_that_it_has_a_route_for(
    db: AsyncDatabase,
    tenant: AsyncTenant,
    listener: AsyncListener,
    fields: dict[str, Any],
    end: OperationStatus,
    notified: Any,
    type_: NotificationType,
) -> None:
    unheard = await an_operation(tenant, status=RUNNING, **fields)
    heard = await db.operations.create(
        NewOperation(
            project_id=tenant.project_id,
            integration_id=unheard.integration_id,
            installation_id=unheard.installation_id,
            **{"type": OperationType.READ, **fields},
            status=RUNNING,
        )
    )
    await listener.forget()
    await db.operations.transition(tenant.project_id, unheard.id, end, expected_version=1)
    assert not [each for each in await listener.events() if isinstance(each, notified)]
    await listener.route(tenant.project_id, type_)
    done = await db.operations.transition(tenant.project_id, heard.id, end, expected_version=1)
    notification = (await listener.events())[-1]
    assert isinstance(notification, notified)
    assert (notification.data.operation_id, notification.data.status) == (heard.id, end)
    assert notification.data.completed_at == done.completed_at
