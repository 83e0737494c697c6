# Generated from tests/operations/_async/test_integration.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

import pytest

from dbkit import Database
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
from tests.operations._sync.world import Tenant


def test_an_integration_is_found_by_id_and_by_name_whatever_its_case(db: Database, tenant: Tenant) -> None:
    integration = tenant.integration("Contacts")
    for given in (integration.id, str(integration.id), "contacts", "CONTACTS"):
        assert db.integrations.get_by_id_or_name(tenant.project_id, given) == integration
    db.integrations.delete(tenant.project_id, integration.id)
    for given in (integration.id, "contacts"):
        with pytest.raises(NotFound):
            db.integrations.get_by_id_or_name(tenant.project_id, given)


def test_an_integration_and_its_first_revision_come_together(db: Database, tenant: Tenant) -> None:
    integration = NewIntegration(project_id=tenant.project_id, name="contacts", provider=tenant.provider)
    revision = NewRevision(project_id=tenant.project_id, integration_id=integration.id, content={}, number=1)
    created = db.integrations.create_with_revision(integration, revision)
    assert created.latest_revision_id == revision.id
    assert (db.revisions.get(tenant.project_id, revision.id)).number == 1


def test_a_revision_of_another_integration_is_refused(db: Database, tenant: Tenant) -> None:
    integration = NewIntegration(project_id=tenant.project_id, name="contacts", provider=tenant.provider)
    revision = NewRevision(project_id=tenant.project_id, integration_id=IntegrationId(uuid7()), content={}, number=1)
    with pytest.raises(ValueInvalid):
        db.integrations.create_with_revision(integration, revision)
    assert db.integrations.find(tenant.project_id, integration.id) is None


def manifest(tenant: Tenant, name: str, **content: str) -> IntegrationManifest:
    return IntegrationManifest(name=name, provider=tenant.provider, content=dict(content))


def test_a_batch_creates_changes_and_leaves_alone(db: Database, tenant: Tenant) -> None:
    first = db.integrations.batch_upsert(
        tenant.project_id, [manifest(tenant, "one", a="1"), manifest(tenant, "two", a="1")]
    )
    assert [integration.name for integration in first] == ["one", "two"]
    second = db.integrations.batch_upsert(
        tenant.project_id, [manifest(tenant, "TWO", a="2"), manifest(tenant, "one", a="1")]
    )
    assert [integration.id for integration in second] == [first[1].id, first[0].id]
    assert second[1] == first[0]
    latest = db.revisions.latest(tenant.project_id, second[0].id)
    assert latest is not None
    assert (latest.number, latest.content, latest.id) == (2, {"a": "2"}, second[0].latest_revision_id)


def test_a_destructive_batch_deletes_what_it_does_not_name(db: Database, tenant: Tenant) -> None:
    tenant.integration("old")
    db.integrations.batch_upsert(tenant.project_id, [manifest(tenant, "new")])
    assert db.integrations.count(IntegrationFilter(project_id=tenant.project_id)) == 2
    db.integrations.batch_upsert(tenant.project_id, [manifest(tenant, "new")], destructive=True)
    live = IntegrationFilter(project_id=tenant.project_id)
    assert [integration.name for integration in db.integrations.iterate(live)] == ["new"]


def test_a_batch_is_all_or_nothing(db: Database, tenant: Tenant) -> None:
    tenant.integration("kept")
    other = IntegrationManifest(name="kept", provider=ProviderSlug("another"), content={})
    with pytest.raises(ValueInvalid, match="provider"):
        db.integrations.batch_upsert(tenant.project_id, [manifest(tenant, "fresh"), other])
    assert db.integrations.count(IntegrationFilter(project_id=tenant.project_id)) == 1


def test_a_batch_with_one_name_twice_is_refused(db: Database, tenant: Tenant) -> None:
    with pytest.raises(ValueInvalid, match="same name"):
        db.integrations.batch_upsert(tenant.project_id, [manifest(tenant, "a"), manifest(tenant, "A")])
