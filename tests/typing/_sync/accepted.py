# Generated from tests/typing/_async/accepted.py by tools/unasync.py; edit that file instead.
"""What callers may write, and the types they get. Never run: type checkers read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, assert_type

from sqlalchemy import select
from sqlalchemy.orm import Session

from dbkit import Database, Transaction
from dbkit.models import ConnectionModel
from dbkit.types import (
    EVERY_TENANT,
    ActorType,
    AnyOf,
    AuditEvent,
    AuditEventFilter,
    AuthScheme,
    Connection,
    ConnectionFilter,
    ConnectionId,
    ConnectionStatus,
    ConsumerRef,
    Contains,
    Cursor,
    Deleted,
    Group,
    GroupFilter,
    GroupRef,
    IgnoringCase,
    IntegrationFilter,
    JsonObject,
    LockStrength,
    NewAuditEvent,
    NewConnection,
    NewGroup,
    NullTest,
    OrganizationId,
    Page,
    Prefix,
    Project,
    ProjectId,
    Provider,
    ProviderAction,
    ProviderFilter,
    ProviderSlug,
    Range,
    Revision,
    RevisionId,
    TeamFilter,
    TeamId,
    Upserted,
)


def reads(db: Database, project: ProjectId, key: ConnectionId) -> None:
    assert_type(db.connections.get(project, key), Connection)
    assert_type(db.connections.get(project_id=project, connection_id=key), Connection)
    assert_type(db.connections.find(project, key), Connection | None)
    assert_type(db.connections.get_many(project, [key]), list[Connection])
    assert_type(db.connections.exists(project, key), bool)
    assert_type(db.groups.get(project, GroupRef("group")), Group)
    assert_type(db.projects.get(project_id=project), Project)
    assert_type(db.providers.find(ProviderSlug("salesforce")), Provider | None)
    assert_type(db.revisions.get(project, RevisionId(key)), Revision)


def values(connection: Connection) -> None:
    assert_type(connection.project_id, ProjectId)
    assert_type(connection.id, ConnectionId)
    assert_type(connection.status, ConnectionStatus)
    assert_type(connection.provider_workspace_ref, str | None)
    assert_type(connection.provider_metadata, JsonObject)
    assert_type(connection.version, int)
    assert_type(connection.created_at, datetime)
    assert_type(connection.deleted_at, datetime | None)


def pages(db: Database, project: ProjectId, organization: OrganizationId, cursor: Cursor) -> None:
    asked = ConnectionFilter(project_id=project, status=ConnectionStatus.WORKING)
    page = db.connections.page(asked, order="-group_ref", limit=100, after=cursor)
    assert_type(page, Page[Connection])
    assert_type(page.items, tuple[Connection, ...])
    assert_type(page.next, Cursor | None)
    assert_type(db.connections.count(asked), int)
    for connection in db.connections.iterate(asked):
        assert_type(connection, Connection)
    assert_type(db.providers.page(), Page[Provider])
    for event in db.audit_events.iterate(AuditEventFilter(organization_id=organization), order="-occurred_at"):
        assert_type(event, AuditEvent)


def filters(project: ProjectId, monday: datetime) -> None:
    ConnectionFilter(project_id=project, status=AnyOf(ConnectionStatus.CREATED, ConnectionStatus.WORKING))
    ConnectionFilter(project_id=EVERY_TENANT, provider_app_id=NullTest.IS_NULL, deleted=Deleted.ANY)
    ConnectionFilter(project_id=project, created_at=Range(at_least=monday))
    IntegrationFilter(project_id=project, name=Prefix("crm-"))
    IntegrationFilter(project_id=project, name=IgnoringCase("CRM"))
    TeamFilter(organization_id=EVERY_TENANT, parent_team_id=NullTest.IS_NULL)
    ProviderFilter(supports=Contains(ProviderAction.READ))
    GroupFilter(project_id=project, group_name="Acme")


def writes(db: Database, project: ProjectId, key: ConnectionId) -> None:
    new = NewConnection(
        project_id=project,
        provider=ProviderSlug("salesforce"),
        group_ref=GroupRef("group"),
        consumer_ref=ConsumerRef("consumer"),
        auth_scheme=AuthScheme.NONE,
    )
    connection = db.connections.create(new)
    assert_type(connection, Connection)
    version = connection.version
    assert_type(db.connections.create_many([new]), int)
    assert_type(db.connections.create_many((new,), returning=False), int)
    assert_type(db.connections.create_many(iter([new]), returning=True), list[Connection])
    assert_type(db.connections.update(project, key, expected_version=version, provider_app_id=None), Connection)
    changed = db.connections.update(
        project_id=project,
        connection_id=key,
        expected_version=version,
        status=ConnectionStatus.WORKING,
        provider_metadata={"seats": [1, None]},
    )
    assert_type(changed, Connection)
    assert_type(db.connections.upsert(new, on="uq_connections_identity_live"), Upserted[Connection])
    assert_type(db.connections.restore(project, key), Connection)
    db.connections.delete(project, key)
    db.connections.delete(project, key, expected_version=version)
    db.connections.purge(project, key)


def writes_without_a_version(db: Database, project: ProjectId) -> None:
    ref = GroupRef("group")
    new = NewGroup(project_id=project, group_ref=ref)
    upserted = db.groups.upsert(new, on="pk_groups")
    assert_type(upserted.value, Group)
    assert_type(upserted.inserted, bool)
    assert_type(db.groups.update(project, ref, group_name="Acme"), Group)
    db.groups.delete(project, ref)


def transactions(db: Database, project: ProjectId, key: ConnectionId) -> None:
    with db.transaction(isolation="serializable", read_only=True, deferrable=True) as tx:
        assert_type(tx, Transaction)
        assert_type(tx.connections.lock(project, key), Connection)
        assert_type(tx.connections.lock(project_id=project, connection_id=key, nowait=True), Connection)
        assert_type(tx.connections.lock(project, key, strength="no key update"), Connection)
        assert_type(tx.connections.lock(project, key, strength="key share", skip_locked=False), Connection)
        assert_type(tx.connections.lock(project, key, skip_locked=True), Connection | None)
        strength: LockStrength = "share"
        assert_type(tx.connections.lock(project, key, strength=strength, skip_locked=True), Connection | None)
        assert_type(tx.connections.get(project, key), Connection)
        with tx.transaction() as nested:
            assert_type(nested, Transaction)
            assert_type(nested.groups.page(GroupFilter(project_id=project)), Page[Group])
        tx.after_commit(lambda: stored(key))


def stored(key: ConnectionId) -> None:
    assert_type(key, ConnectionId)


def records(tx: Transaction, organization: OrganizationId) -> None:
    event = NewAuditEvent(
        organization_id=organization, actor_type=ActorType.SERVICE, action="made", entity="teams", entity_id="1"
    )
    assert_type(tx.audit_events.create(event), AuditEvent)


def work(tx: Transaction) -> int:
    return tx.providers.count()


def runs(db: Database) -> None:
    assert_type(db.run(work), int)
    assert_type(db.run(work, isolation="serializable"), int)


def doors(db: Database) -> None:
    statement = select(ConnectionModel.id)
    assert_type(db.execute(statement), Sequence[Mapping[str, Any]])
    with db.session() as session:
        assert_type(session, Session)


def members(team: TeamId) -> None:
    assert_type(TeamFilter(organization_id=EVERY_TENANT, parent_team_id=AnyOf(team)).deleted, Deleted)
