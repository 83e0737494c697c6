# Generated from tests/typing/_async/refused.py by tools/unasync.py; edit that file instead.
"""What type checkers refuse: each line that ends in `refused`, and no other. Never run."""

from __future__ import annotations

from uuid import UUID

from dbkit import Database, Transaction
from dbkit.types import (
    AnyOf,
    AuthScheme,
    Connection,
    ConnectionFilter,
    ConnectionId,
    ConnectionStatus,
    ConsumerRef,
    Contains,
    GroupFilter,
    GroupRef,
    IgnoringCase,
    IntegrationFilter,
    NewConnection,
    NewGroup,
    NewRevision,
    NullTest,
    OrganizationId,
    Prefix,
    ProjectId,
    ProviderSlug,
    Range,
    RevisionId,
)


def keys(db: Database, organization: OrganizationId, project: ProjectId, key: ConnectionId) -> None:
    db.connections.get(organization, key)  # refused
    db.connections.get(key, project)  # refused
    db.connections.get(project)  # refused
    db.connections.get(project, UUID(int=1))  # refused
    db.connections.get(project_id=project, id=key)  # refused
    db.connections.get_many(project, key)  # refused
    db.projects.find(organization)  # refused
    db.groups.find(project, "group")  # refused
    db.groups.find(project, ConsumerRef("consumer"))  # refused


def found(db: Database, project: ProjectId, key: ConnectionId) -> str:
    connection = db.connections.find(project, key)
    return connection.provider  # refused


def changes(db: Database, project: ProjectId, key: ConnectionId) -> None:
    db.connections.update(project, key, status=ConnectionStatus.WORKING)  # refused
    db.connections.update(project, key, expected_version="1", status=ConnectionStatus.WORKING)  # refused
    db.connections.update(project, key, expected_version=1, status="working")  # refused
    db.connections.update(project, key, expected_version=1, status=None)  # refused
    db.connections.update(project, key, expected_version=1, provider=ProviderSlug("hubspot"))  # refused
    db.connections.update(project, key, expected_version=1, version=2)  # refused
    db.connections.update(project, key, expected_version=1, nickname="crm")  # refused
    db.groups.update(project, GroupRef("group"), expected_version=1, group_name="Acme")  # refused
    db.groups.delete(project, GroupRef("group"), expected_version=1)  # refused


def absent_verbs(db: Database, project: ProjectId, key: ConnectionId, revision: RevisionId) -> None:
    db.revisions.update(project, revision, spec_version="2.0.0")  # refused
    db.revisions.upsert()  # refused
    db.revisions.delete(project, revision)  # refused
    db.audit_events.update()  # refused
    db.groups.restore(project, GroupRef("group"))  # refused
    db.groups.purge(project, GroupRef("group"))  # refused
    db.connections.lock(project, key)  # refused


def absent_in_a_transaction(tx: Transaction) -> None:
    tx.audit_events.lock()  # refused
    tx.audit_events.update()  # refused
    tx.revisions.update()  # refused


def filters(organization: OrganizationId, project: ProjectId) -> None:
    ConnectionFilter()  # refused
    ConnectionFilter(project_id=None)  # refused
    ConnectionFilter(project_id=organization)  # refused
    ConnectionFilter(project_id=project, status=Prefix("work"))  # refused
    ConnectionFilter(project_id=project, status=NullTest.IS_NULL)  # refused
    ConnectionFilter(project_id=project, status=AnyOf(AuthScheme.NONE))  # refused
    ConnectionFilter(project_id=project, group_ref=Contains(GroupRef("group")))  # refused
    ConnectionFilter(project_id=project, created_at=Range(at_least="monday"))  # refused
    ConnectionFilter(project_id=project, version=1)  # refused
    IntegrationFilter(project_id=project, name="crm")  # refused
    IntegrationFilter(project_id=project, name=IgnoringCase(text=5))  # refused


def queries(db: Database, project: ProjectId) -> None:
    asked = ConnectionFilter(project_id=project)
    db.connections.page()  # refused
    db.connections.page(GroupFilter(project_id=project))  # refused
    db.connections.page(asked, order="created_at")  # refused
    db.connections.page(asked, limit="50")  # refused
    db.connections.page(asked, after=50)  # refused
    db.connections.count(project)  # refused
    for group in db.connections.iterate(asked, order="status"):  # refused
        del group


def new_values(db: Database, project: ProjectId, connection: NewConnection) -> None:
    NewGroup(project_id=project)  # refused
    NewGroup(project_id=project, group_ref=ConsumerRef("consumer"))  # refused
    NewGroup(project_id=project, group_ref=GroupRef("group"), nickname="Acme")  # refused
    NewRevision(project_id=project, integration_id=connection.id, content={}, number=1)  # refused
    db.groups.create(connection)  # refused
    db.groups.create_many([connection])  # refused
    db.connections.upsert(connection)  # refused
    db.connections.upsert(connection, on="uq_connections_identity")  # refused
    db.connections.upsert(connection, on="pk_groups")  # refused
    count: int = db.connections.create_many([connection], returning=True)  # refused
    values: list[Connection] = db.connections.create_many([connection])  # refused
    del count, values


def transactions(db: Database, project: ProjectId, key: ConnectionId) -> None:
    db.transaction(isolation="read uncommitted")  # refused
    with db.transaction() as tx:
        tx.commit()  # refused
        tx.connections.lock(key, project)  # refused
        tx.connections.lock(project, key, "nowait")  # refused
        tx.connections.lock(project, key, strength="exclusive")  # refused
        tx.connections.lock(project, key, nowait=True, skip_locked=True)  # refused
        held: Connection = tx.connections.lock(project, key, skip_locked=True)  # refused
        del held


def databases(db: Database) -> None:
    db.conections.count()  # refused
    db.after_commit(print)  # refused
