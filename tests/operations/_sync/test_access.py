# Generated from tests/operations/_async/test_access.py by tools/unasync.py; edit that file instead.
"""Domains, billing accounts, entitlements, API keys, JWT keys and the catalogue of providers."""

from __future__ import annotations

import hashlib

import pytest

from dbkit import Database
from dbkit.types import (
    ApiKeyScope,
    BillingProvider,
    EntitlementKey,
    NewApiKey,
    NewBillingAccount,
    NewClaimedDomain,
    NewJwtKey,
    NewProjectEntitlement,
    NewProvider,
    NotFound,
    OrganizationId,
    ProviderAction,
    ProviderSlug,
    uuid7,
)
from tests.operations._sync.world import Tenant

PEM = "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n"


def test_a_domain_is_found_for_whoever_claims_it(db: Database, tenant: Tenant) -> None:
    claim = db.claimed_domains.create(NewClaimedDomain(organization_id=tenant.organization_id, domain="example.com"))
    assert db.claimed_domains.find_by_domain("Example.COM") == claim
    assert db.claimed_domains.find_by_domain("example.org") is None


def test_an_organization_has_its_billing_account(db: Database, tenant: Tenant) -> None:
    account = db.billing_accounts.create(
        NewBillingAccount(
            organization_id=tenant.organization_id,
            display_name="Acme",
            billing_provider=BillingProvider.ORB,
            billing_provider_ref="cus_1",
        )
    )
    assert db.billing_accounts.get_by_organization(tenant.organization_id) == account
    with pytest.raises(NotFound):
        db.billing_accounts.get_by_organization(OrganizationId(uuid7()))


def test_an_entitlement_has_a_value_without_a_row(db: Database, tenant: Tenant) -> None:
    days = EntitlementKey.LOG_RETENTION_DAYS
    assert db.project_entitlements.value_of(tenant.project_id, days) == 30
    assert db.project_entitlements.value_of(tenant.project_id, EntitlementKey.BRANDING_REMOVAL) is False
    db.project_entitlements.create(NewProjectEntitlement(project_id=tenant.project_id, key=days, value=90))
    assert db.project_entitlements.value_of(tenant.project_id, days) == 90


def test_an_api_key_is_found_by_its_hash_and_ends_inactive(db: Database, tenant: Tenant) -> None:
    digest = hashlib.sha256(b"secret").digest()
    key = db.api_keys.create(
        NewApiKey(
            project_id=tenant.project_id,
            label="ci",
            scopes=(ApiKeyScope.READ,),
            key_prefix="secret__",
            key_hash=digest,
        )
    )
    assert db.api_keys.find_by_hash(digest) == key
    assert db.api_keys.find_by_hash(b"") is None
    ended = db.api_keys.deactivate(tenant.project_id, key.id)
    assert not ended.active
    assert not (db.api_keys.deactivate(tenant.project_id, key.id)).active


def test_tokens_are_verified_with_active_keys_only(db: Database, tenant: Tenant) -> None:
    active, ended = [
        db.jwt_keys.create(
            NewJwtKey(project_id=tenant.project_id, label=label, public_key_pem=PEM, active=label == "new")
        )
        for label in ("new", "old")
    ]
    assert db.jwt_keys.active_keys(tenant.project_id) == [active]
    db.jwt_keys.update(tenant.project_id, ended.id, active=True)
    assert len(db.jwt_keys.active_keys(tenant.project_id)) == 2


def test_a_catalogue_is_brought_in_and_changes_are_told(db: Database, tenant: Tenant) -> None:
    hubspot = NewProvider(slug=ProviderSlug("hubspot"), display_name="HubSpot", base_url="https://api.hubapi.com")
    zendesk = NewProvider(slug=ProviderSlug("zendesk"), display_name="Zendesk", base_url="https://zendesk.com")
    assert db.providers.sync([zendesk, hubspot]) == ["hubspot", "zendesk"]
    assert db.providers.sync([zendesk, hubspot]) == []
    reading = zendesk.model_copy(update={"supports": (ProviderAction.READ,)})
    assert db.providers.sync([reading]) == ["zendesk"]
    assert (db.providers.get(zendesk.slug)).supports == (ProviderAction.READ,)
    assert db.providers.exists(tenant.provider)
