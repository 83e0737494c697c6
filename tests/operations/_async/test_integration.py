from __future__ import annotations

import pytest

from dbkit import AsyncDatabase
from dbkit.types import (
    IntegrationFilter,
    IntegrationId,
    IntegrationManifest,
    NewIntegration,
    NewRevision,
    NotFound,
    ProviderSlug,
    ValueInvalid,
    uuid7,
)
from tests.operations._async.world import AsyncTenant


async def test_an_integration_is_found_by_id_and_by_name_whatever_its_case(
    db: AsyncDatabase, tenant: AsyncTenant
) -> None:
    integration = await tenant.integration("Contacts")
    for given in (integration.id, str(integration.id), "contacts", "CONTACTS"):
        assert await db.integrations.get_by_id_or_name(tenant.project_id, given) == integration
    await db.integrations.delete(tenant.project_id, integration.id)
    for given in (integration.id, "contacts"):
        with pytest.raises(NotFound):
            await db.integrations.get_by_id_or_name(tenant.project_id, given)


async def test_an_integration_and_its_first_revision_come_together(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    integration = NewIntegration(project_id=tenant.project_id, name="contacts", provider=tenant.provider)
    revision = NewRevision(project_id=tenant.project_id, integration_id=integration.id, content={}, number=1)
    created = await db.integrations.create_with_revision(integration, revision)
    assert created.latest_revision_id == revision.id
    assert (await db.revisions.get(tenant.project_id, revision.id)).number == 1


async def test_a_revision_of_another_integration_is_refused(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    integration = NewIntegration(project_id=tenant.project_id, name="contacts", provider=tenant.provider)
    revision = NewRevision(project_id=tenant.project_id, integration_id=IntegrationId(uuid7()), content={}, number=1)
    with pytest.raises(ValueInvalid):
        await db.integrations.create_with_revision(integration, revision)
    assert await db.integrations.find(tenant.project_id, integration.id) is None


def manifest(tenant: AsyncTenant, name: str, **content: str) -> IntegrationManifest:
    return IntegrationManifest(name=name, provider=tenant.provider, content=dict(content))


async def test_a_batch_creates_changes_and_leaves_alone(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    first = await db.integrations.batch_upsert(
        tenant.project_id, [manifest(tenant, "one", a="1"), manifest(tenant, "two", a="1")]
    )
    assert [integration.name for integration in first] == ["one", "two"]
    second = await db.integrations.batch_upsert(
        tenant.project_id, [manifest(tenant, "TWO", a="2"), manifest(tenant, "one", a="1")]
    )
    assert [integration.id for integration in second] == [first[1].id, first[0].id]
    assert second[1] == first[0]
    latest = await db.revisions.latest(tenant.project_id, second[0].id)
    assert latest is not None
    assert (latest.number, latest.content, latest.id) == (2, {"a": "2"}, second[0].latest_revision_id)


async def test_a_destructive_batch_deletes_what_it_does_not_name(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    await tenant.integration("old")
    await db.integrations.batch_upsert(tenant.project_id, [manifest(tenant, "new")])
    assert await db.integrations.count(IntegrationFilter(project_id=tenant.project_id)) == 2
    await db.integrations.batch_upsert(tenant.project_id, [manifest(tenant, "new")], destructive=True)
    live = IntegrationFilter(project_id=tenant.project_id)
    assert [integration.name async for integration in db.integrations.iterate(live)] == ["new"]


async def test_a_batch_is_all_or_nothing(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    await tenant.integration("kept")
    other = IntegrationManifest(name="kept", provider=ProviderSlug("another"), content={})
    with pytest.raises(ValueInvalid, match="provider"):
        await db.integrations.batch_upsert(tenant.project_id, [manifest(tenant, "fresh"), other])
    assert await db.integrations.count(IntegrationFilter(project_id=tenant.project_id)) == 1


async def test_a_batch_with_one_name_twice_is_refused(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    with pytest.raises(ValueInvalid, match="same name"):
        await db.integrations.batch_upsert(tenant.project_id, [manifest(tenant, "a"), manifest(tenant, "A")])
