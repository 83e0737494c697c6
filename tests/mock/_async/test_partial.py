"""Partial mocks: what has no stub behaves as the repository of a database does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from dbkit import AsyncBaseDatabase, AsyncDatabase, connect_async, current_async, using
from dbkit.mock import AsyncMockAuditEvents, AsyncMockConnections, AsyncMockProviders, NotStubbed, StubInvalid
from dbkit.types import (
    Connection,
    ConnectionFilter,
    ConnectionStatus,
    LockNotAvailable,
    NewConnection,
    NewConsumer,
    NewGroup,
    NewOrganization,
    NewProject,
    NewProvider,
    NewTeam,
    NotFound,
    ProviderFilter,
    ProviderSlug,
    TeamId,
    uuid7,
)

PROVIDER = NewProvider(
    slug=ProviderSlug("salesforce"), display_name="Salesforce", base_url="https://salesforce.example"
)


@pytest.fixture
async def db() -> AsyncIterator[AsyncDatabase]:
    async with connect_async("memory://") as database:
        yield database


@pytest.fixture
async def stored(db: AsyncDatabase, new: NewConnection) -> Connection:
    """A connection in the database, with all that it refers to."""
    organization = NewOrganization(label="Acme", default_team_id=TeamId(uuid7()))
    async with db.transaction() as tx:
        await tx.organizations.create(organization)
        team_id = organization.default_team_id
        await tx.teams.create(NewTeam(organization_id=organization.id, id=team_id, name="Everybody"))
        await tx.projects.create(NewProject(organization_id=organization.id, id=new.project_id, name="shop"))
        await tx.providers.create(PROVIDER)
        await tx.groups.create(NewGroup(project_id=new.project_id, group_ref=new.group_ref))
        await tx.consumers.create(NewConsumer(project_id=new.project_id, consumer_ref=new.consumer_ref))
        return await tx.connections.create(new)


async def test_the_other_operations_are_those_of_the_database(db: AsyncDatabase, stored: Connection) -> None:
    mock = AsyncMockConnections().with_find(None).otherwise(db).build()
    assert await mock.find(stored.project_id, stored.id) is None
    assert await mock.get(stored.project_id, stored.id) == stored
    with pytest.raises(NotFound):
        await mock.get(stored.project_id, type(stored.id)(int=1))
    assert [call.called for call in mock.calls] == ["connections.find", "connections.get", "connections.get"]


async def test_all_kinds_of_arguments_go_on(db: AsyncDatabase, stored: Connection) -> None:
    mock = AsyncMockConnections().otherwise(db).build()
    updated = await mock.update(stored.project_id, stored.id, expected_version=1, status=ConnectionStatus.WORKING)
    assert updated.version == 2
    page = await mock.page(ConnectionFilter(project_id=stored.project_id), limit=5)
    assert page.items == (updated,)
    assert await mock.get_many(stored.project_id, [stored.id]) == [updated]
    asking = ConnectionFilter(project_id=stored.project_id)
    assert [found async for found in mock.iterate(asking)] == [updated]
    assert await AsyncMockProviders().otherwise(db).build().create_many(iter([_provider("hubspot")])) == 1


async def test_inside_a_transaction_it_is_the_transaction(db: AsyncDatabase) -> None:
    mock = AsyncMockProviders().with_count(7).otherwise(db).build()
    with using(db, providers=mock):
        with pytest.raises(RuntimeError):
            async with current_async().transaction() as tx:
                await tx.providers.create(PROVIDER)
                assert await tx.providers.get(PROVIDER.slug)
                assert await tx.providers.count(ProviderFilter()) == 7
                async with tx.transaction() as nested:
                    assert await nested.providers.lock(PROVIDER.slug)
                raise RuntimeError
        assert await current_async().providers.find(PROVIDER.slug) is None
    called = [call.called.partition(".")[2] for call in mock.calls]
    assert called == ["create", "get", "count", "lock", "find"]


async def test_a_savepoint_undoes_what_the_mock_passed_on(db: AsyncDatabase) -> None:
    mock = AsyncMockProviders().otherwise(db).build()
    async with db.replacing(providers=mock).transaction() as tx:
        await tx.providers.create(PROVIDER)
        with pytest.raises(RuntimeError):
            async with tx.transaction() as nested:
                await nested.providers.create(_provider("hubspot"))
                raise RuntimeError
    assert await db.providers.count(ProviderFilter()) == 1


async def test_operations_made_of_others_meet_the_stubs(db: AsyncDatabase, stored: Connection) -> None:
    mock = AsyncMockConnections().with_lock(LockNotAvailable).otherwise(db).build()
    with pytest.raises(LockNotAvailable):
        await mock.mark_working(stored.project_id, stored.id)
    async with db.replacing(connections=mock).transaction() as tx:
        with pytest.raises(LockNotAvailable):
            await tx.connections.mark_working(stored.project_id, stored.id)
    assert len(mock.calls.lock) == 2


async def test_operations_meet_the_mocks_of_other_entities(db: AsyncDatabase, stored: Connection) -> None:
    events = AsyncMockAuditEvents().otherwise(db).build()
    async with db.replacing(audit_events=events).transaction() as tx:
        await tx.connections.mark_bad_credentials(stored.project_id, stored.id, "401")
    assert [call.action for call in events.calls.record] == ["connection.bad_credentials"]


async def test_otherwise_of_a_transaction(db: AsyncDatabase) -> None:
    with pytest.raises(RuntimeError):
        async with db.transaction() as tx:
            mock = AsyncMockProviders().with_count(7).otherwise(tx).build()
            await mock.create(PROVIDER)
            assert await mock.count(ProviderFilter()) == 7
            assert mock.bound_to(tx) is not None
            assert await tx.providers.get(PROVIDER.slug)
            raise RuntimeError
    assert await db.providers.count(ProviderFilter()) == 0


async def test_a_transaction_of_another_database_is_refused(db: AsyncDatabase) -> None:
    mock = AsyncMockProviders().with_count(7).otherwise(db).unverified().build()
    async with connect_async("memory://") as other, other.replacing(providers=mock).transaction() as tx:
        assert await tx.providers.count(ProviderFilter()) == 7
        with pytest.raises(NotStubbed, match="transaction is of another database"):
            await tx.providers.create(PROVIDER)


async def test_a_database_without_the_entity_is_refused() -> None:
    class Empty(AsyncBaseDatabase[Any]):
        """A database of nothing."""

    async with connect_async("memory://", database=Empty) as empty:
        with pytest.raises(StubInvalid, match="Empty has no repository of providers"):
            AsyncMockProviders().otherwise(empty)


def _provider(slug: str) -> NewProvider:
    return NewProvider(slug=ProviderSlug(slug), display_name=slug, base_url="https://provider.example")
