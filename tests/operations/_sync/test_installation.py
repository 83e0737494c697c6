# Generated from tests/operations/_async/test_installation.py by tools/unasync.py; edit that file instead.
"""Installations, their configurations, read states, subscriptions and object schemas."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from dbkit import Database
from dbkit.types import (
    InstallationConfigId,
    NewReadState,
    NewSubscription,
    OutboxEventFilter,
    OutboxTopic,
    StaleVersion,
    SubscriptionEventType,
    SubscriptionStatus,
    ValueInvalid,
    uuid7,
)
from tests.operations._sync.world import NOON, Tenant


def test_an_installation_and_its_configuration_come_together(db: Database, tenant: Tenant) -> None:
    installation, config = tenant.new_installation()
    created = db.installations.create_with_config(installation, config)
    assert created == db.installations.get(tenant.project_id, installation.id)
    latest = db.installation_configs.latest(tenant.project_id, installation.id)
    assert latest is not None
    assert latest.id == created.config_id
    other = config.model_copy(update={"id": InstallationConfigId(uuid7())})
    with pytest.raises(ValueInvalid):
        db.installations.create_with_config(installation, other)


def test_each_reconfiguration_is_numbered_and_kept(db: Database, tenant: Tenant) -> None:
    installation = tenant.installation()
    content = {"read": {"objects": {"contact": {"schedule": "@daily"}}}, "a/b": True}
    changed = db.installations.reconfigure(
        tenant.project_id, installation.id, content, expected_version=installation.version, created_by="consumer:1"
    )
    latest = db.installation_configs.latest(tenant.project_id, installation.id)
    assert latest is not None
    assert (latest.number, latest.content, latest.id) == (2, content, changed.config_id)
    found = db.installation_configs.diff(tenant.project_id, installation.config_id, changed.config_id)
    assert [(each.path, each.before, each.after) for each in found] == [
        ("/a~1b", (), (True,)),
        ("/read/objects/contact", (), ({"schedule": "@daily"},)),
    ]
    with pytest.raises(StaleVersion):
        db.installations.reconfigure(
            tenant.project_id, installation.id, {}, expected_version=installation.version, created_by="consumer:1"
        )
    assert db.installation_configs.latest(tenant.project_id, installation.id) == latest


def test_paused_reads_keep_when_they_were_paused(db: Database, tenant: Tenant) -> None:
    installation = tenant.installation()
    paused = db.installations.pause_reads(tenant.project_id, installation.id)
    assert paused.read_paused_at is not None
    assert db.installations.pause_reads(tenant.project_id, installation.id) == paused
    resumed = db.installations.unpause_reads(tenant.project_id, installation.id)
    assert resumed.read_paused_at is None
    assert db.installations.unpause_reads(tenant.project_id, installation.id) == resumed


def test_groups_know_their_live_installations(db: Database, tenant: Tenant) -> None:
    installation = tenant.installation("acme")
    tenant.installation("else")
    found = db.groups.installations(tenant.project_id, installation.group_ref)
    assert [each for each in found] == [installation]
    db.installations.delete(tenant.project_id, installation.id)
    found = db.groups.installations(tenant.project_id, installation.group_ref)
    assert [each for each in found] == []


def test_a_read_starts_at_nothing_and_advances(db: Database, tenant: Tenant) -> None:
    installation = tenant.installation()
    operation = tenant.operation(installation)
    key = (tenant.project_id, installation.id, "contact")
    started = db.read_states.start(*key, operation.id, 300)
    assert (started.records_processed, started.percent_complete) == (0, Decimal("0.00"))
    advanced = db.read_states.advance(*key, next_page_token="p2", processed=100, expected_version=started.version)
    assert (advanced.records_processed, advanced.percent_complete) == (100, Decimal("33.33"))
    with pytest.raises(StaleVersion):
        db.read_states.advance(*key, next_page_token="p3", processed=1, expected_version=started.version)
    again = db.read_states.start(*key, operation.id)
    assert (again.records_processed, again.next_page_token, again.percent_complete) == (0, "p2", None)


def test_reads_of_several_objects_are_apart(db: Database, tenant: Tenant) -> None:
    installation = tenant.installation()
    db.read_states.create(
        NewReadState(project_id=tenant.project_id, installation_id=installation.id, object_name="account")
    )
    operation = tenant.operation(installation)
    db.read_states.start(tenant.project_id, installation.id, "contact", operation.id)
    account = db.read_states.get(tenant.project_id, installation.id, "account")
    assert account.progress_operation_id is None


def test_subscriptions_are_renewed_by_their_end(db: Database, tenant: Tenant) -> None:
    installation = tenant.installation()
    made = [
        db.subscriptions.create(
            NewSubscription(
                project_id=tenant.project_id,
                installation_id=installation.id,
                object_name=f"object {hours}",
                provider_subscription_ref=f"ref {hours}",
                event_types=(SubscriptionEventType.CREATE,),
                status=SubscriptionStatus.ACTIVE if hours < 9 else SubscriptionStatus.PENDING,
                expires_at=NOON + timedelta(hours=hours),
            )
        )
        for hours in (3, 1, 9)
    ]
    with db.transaction() as tx:
        assert tx.subscriptions.due_for_renewal(NOON + timedelta(days=1), 10) == [made[1], made[0]]
        assert tx.subscriptions.due_for_renewal(NOON + timedelta(hours=3), 10) == [made[1]]
    assert db.subscriptions.find_by_provider_ref(tenant.project_id, "ref 9") == made[2]
    assert db.subscriptions.find_by_provider_ref(tenant.project_id, "ref") is None


def test_a_schema_changes_only_where_its_hash_does(db: Database, tenant: Tenant) -> None:
    connection = tenant.connection()
    key = (tenant.project_id, connection.id, "contact")
    first = db.object_schemas.record(*key, {"name": "text", "age": "number"})
    same = db.object_schemas.record(*key, {"age": "number", "name": "text"})
    assert (same.changed_at, same.version) == (first.changed_at, 2)
    assert same.checked_at >= first.checked_at
    changed = db.object_schemas.record(*key, {"name": "text"})
    assert changed.fields_hash != first.fields_hash
    assert changed.changed_at == changed.checked_at
    assert db.outbox_events.count() == 0


def test_a_change_of_a_watched_schema_is_told(db: Database, tenant: Tenant) -> None:
    connection = tenant.connection()
    key = (tenant.project_id, connection.id, "contact")
    first = db.object_schemas.record(*key, {"name": "text", "age": "number"})
    db.object_schemas.update(*key, expected_version=first.version, watched=True)
    db.object_schemas.record(*key, {"name": "string", "mail": "text"})
    (event,) = (db.outbox_events.page(OutboxEventFilter(topic=OutboxTopic.PROVIDER_SCHEMA_CHANGED))).items
    assert event.key == str(connection.id)
    parts = (event.payload["added"], event.payload["removed"], event.payload["changed"])
    assert parts == (["/mail"], ["/age"], ["/name"])
    with db.transaction() as tx:
        (due,) = tx.object_schemas.due_for_watch(NOON + timedelta(days=36_500), 10)
        assert due.watched
