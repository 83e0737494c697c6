"""Changes of one row at once."""

from __future__ import annotations

import asyncio

import pytest

from dbkit import AsyncDatabase
from dbkit.events.topics.notification import ConnectionCreated, ConnectionDeleted, ConnectionUpdated
from dbkit.types import AuthScheme, NewConnection, NotificationType, TransactionConflict
from dbkit.verbs.transaction import Isolation
from tests.events._async.listener import AsyncListener
from tests.operations._async.world import async_make_tenant


@pytest.mark.parametrize("fixture", ["async_memory_db", "async_postgres_db"])
async def test_upserts_of_one_row_at_once_each_tell_what_they_found(
    request: pytest.FixtureRequest, fixture: str
) -> None:
    db: AsyncDatabase = request.getfixturevalue(fixture)
    tenant, listener = await async_make_tenant(db), AsyncListener(db)
    await listener.route(tenant.project_id, *NotificationType)
    connection = await tenant.connection()
    news = [
        NewConnection(
            project_id=tenant.project_id,
            provider=connection.provider,
            group_ref=connection.group_ref,
            consumer_ref=connection.consumer_ref,
            provider_workspace_ref="shared",
            auth_scheme=AuthScheme.API_KEY,
            provider_metadata={"number": number},
        )
        for number in range(8)
    ]
    await listener.forget()
    upserts = [db.connections.upsert(new, on="uq_connections_identity_live") for new in news]
    await asyncio.gather(*upserts)
    told = [type(each) for each in await listener.events()]
    assert told == [ConnectionCreated, *[ConnectionUpdated] * 7]


@pytest.mark.parametrize("fixture", ["async_memory_db", "async_postgres_db"])
@pytest.mark.parametrize("isolation", ["repeatable read", "serializable"])
async def test_an_upsert_tells_nothing_of_a_row_that_others_have_deleted_since_its_snapshot(
    request: pytest.FixtureRequest, fixture: str, isolation: Isolation
) -> None:
    db: AsyncDatabase = request.getfixturevalue(fixture)
    tenant, listener = await async_make_tenant(db), AsyncListener(db)
    await listener.route(tenant.project_id, *NotificationType)
    connection = await tenant.connection()
    new = NewConnection.model_validate({name: getattr(connection, name) for name in NewConnection.model_fields})
    await listener.forget()
    with pytest.raises(TransactionConflict) as caught:
        async with db.transaction(isolation=isolation) as tx:
            assert await tx.connections.get(connection.project_id, connection.id) == connection
            await db.connections.purge(connection.project_id, connection.id)
            await tx.connections.upsert(new, on="pk_connections")
    assert caught.value.sqlstate == "40001"
    assert [type(each) for each in await listener.events()] == [ConnectionDeleted]
