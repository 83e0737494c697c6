"""Every way in which a row can change tells the same."""

from __future__ import annotations

import pytest

from dbkit import AsyncDatabase
from dbkit.events import OperationChange
from dbkit.events.topics.notification import ConnectionCreated, ConnectionUpdated
from dbkit.types import (
    AuthScheme,
    Installation,
    NewConnection,
    NewDestination,
    NewOperation,
    NotificationType,
    OperationStatus,
    OperationType,
    ReferenceMissing,
    StaleVersion,
    uuid7,
)
from tests.events._async.listener import AsyncListener
from tests.operations._async.world import AsyncTenant


def operations_of(installation: Installation, count: int) -> list[NewOperation]:
    return [
        NewOperation(
            project_id=installation.project_id,
            integration_id=installation.integration_id,
            installation_id=installation.id,
            type=OperationType.READ,
        )
        for _ in range(count)
    ]


@pytest.mark.parametrize("returning", [False, True])
async def test_many_rows_tell_one_by_one_and_in_order(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener, returning: bool
) -> None:
    new = operations_of(await tenant.installation(), 5)
    await listener.forget()
    await db.operations.create_many(new, returning=returning)
    told = await listener.events()
    assert [each.operation_id for each in told if isinstance(each, OperationChange)] == [each.id for each in new]
    async with db.transaction() as tx:
        more = operations_of(await tenant.installation("two"), 2)
        await listener.forget()
        await tx.operations.create_many(more, returning=returning)
    assert len(await listener.events()) == 2


async def test_rows_that_are_refused_tell_nothing(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    installation = await tenant.installation()
    new = operations_of(installation, 3)
    wrong = new[1].model_copy(update={"installation_id": uuid7()})
    await listener.forget()
    for returning in (False, True):
        with pytest.raises(ReferenceMissing):
            await db.operations.create_many([new[0], wrong, new[2]], returning=returning)
    with pytest.raises(ReferenceMissing):
        await db.operations.create(wrong)
    operation = await db.operations.create(new[0])
    await listener.forget()
    with pytest.raises(StaleVersion):
        await db.operations.update(
            operation.project_id, operation.id, expected_version=2, status=OperationStatus.RUNNING
        )
    assert await listener.events() == []


async def test_what_is_rolled_back_was_never_told(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    first, second = operations_of(await tenant.installation(), 2)
    await listener.forget()
    async with db.transaction() as tx:
        with pytest.raises(KeyError):
            async with tx.transaction() as inner:
                await inner.operations.create(first)
                raise KeyError
        await tx.operations.create(second)
        assert await listener.events() == []
    (told,) = await listener.events()
    assert isinstance(told, OperationChange)
    assert told.operation_id == second.id


async def test_an_upsert_tells_what_it_came_to(db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener) -> None:
    (new,) = operations_of(await tenant.installation(), 1)
    await listener.forget()
    await db.operations.upsert(new, on="pk_operations")
    await db.operations.upsert(new, on="pk_operations")
    running = new.model_copy(update={"status": OperationStatus.RUNNING})
    await db.operations.upsert(running, on="pk_operations")
    told = [each for each in await listener.events() if isinstance(each, OperationChange)]
    assert [(each.from_status, each.to_status) for each in told] == [
        (None, OperationStatus.PENDING),
        (OperationStatus.PENDING, OperationStatus.RUNNING),
    ]


async def test_an_upsert_on_another_key_tells_it_as_well(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    await listener.route(tenant.project_id, *NotificationType)
    connection = await tenant.connection()
    new = NewConnection(
        project_id=tenant.project_id,
        provider=connection.provider,
        group_ref=connection.group_ref,
        consumer_ref=connection.consumer_ref,
        provider_workspace_ref=connection.provider_workspace_ref,
        auth_scheme=AuthScheme.API_KEY,
        provider_metadata={"realm": 2},
    )
    await db.connections.upsert(new, on="uq_connections_identity_live")
    other = new.model_copy(update={"provider_workspace_ref": "elsewhere", "id": uuid7()})
    await db.connections.upsert(other, on="uq_connections_identity_live")
    told = [type(each) for each in await listener.events()]
    assert told == [ConnectionCreated, ConnectionUpdated, ConnectionCreated]


async def test_a_change_and_its_events_are_one_query(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    (new,) = operations_of(await tenant.installation(), 1)
    with db.expect_queries(2):
        await db.operations.create(new)
        await db.operations.update(new.project_id, new.id, expected_version=1, status=OperationStatus.RUNNING)
    assert len([each for each in await listener.events() if isinstance(each, OperationChange)]) == 2


async def test_many_rows_that_have_nothing_to_tell_are_one_query(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    new = [
        NewDestination(project_id=tenant.project_id, name=name, metadata={"url": "https://example.com"})
        for name in ("one", "two")
    ]
    with db.expect_queries(1):
        await db.destinations.create_many(new)


async def test_an_upsert_beside_others_tells_a_row_that_is_new(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    (new,) = operations_of(await tenant.installation(), 1)
    await listener.forget()
    async with db.transaction() as tx:
        assert (await tx.operations.upsert(new, on="pk_operations")).inserted
    (told,) = await listener.events()
    assert isinstance(told, OperationChange)
    assert told.from_status is None


async def test_what_goes_with_another_row_tells_nothing(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    await listener.route(tenant.project_id, *NotificationType)
    installation = await tenant.installation()
    await db.operations.create_many(operations_of(installation, 2))
    await listener.forget()
    await db.projects.purge(tenant.project_id)
    assert await listener.events() == []
