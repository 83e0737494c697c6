"""What type checkers refuse: each line that ends in `refused`, and no other. Never run."""

from __future__ import annotations

from uuid import UUID

from dbkit import AsyncDatabase, AsyncTransaction
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


async def keys(db: AsyncDatabase, organization: OrganizationId, project: ProjectId, key: ConnectionId) -> None:
    await db.connections.get(organization, key)  # refused
    await db.connections.get(key, project)  # refused
    await db.connections.get(project)  # refused
    await db.connections.get(project, UUID(int=1))  # refused
    await db.connections.get(project_id=project, id=key)  # refused
    await db.connections.get_many(project, key)  # refused
    await db.projects.find(organization)  # refused
    await db.groups.find(project, "group")  # refused
    await db.groups.find(project, ConsumerRef("consumer"))  # refused


async def found(db: AsyncDatabase, project: ProjectId, key: ConnectionId) -> str:
    connection = await db.connections.find(project, key)
    return connection.provider  # refused


async def changes(db: AsyncDatabase, project: ProjectId, key: ConnectionId) -> None:
    await db.connections.update(project, key, status=ConnectionStatus.WORKING)  # refused
    await db.connections.update(project, key, expected_version="1", status=ConnectionStatus.WORKING)  # refused
    await db.connections.update(project, key, expected_version=1, status="working")  # refused
    await db.connections.update(project, key, expected_version=1, status=None)  # refused
    await db.connections.update(project, key, expected_version=1, provider=ProviderSlug("hubspot"))  # refused
    await db.connections.update(project, key, expected_version=1, version=2)  # refused
    await db.connections.update(project, key, expected_version=1, nickname="crm")  # refused
    await db.groups.update(project, GroupRef("group"), expected_version=1, group_name="Acme")  # refused
    await db.groups.delete(project, GroupRef("group"), expected_version=1)  # refused


async def absent_verbs(db: AsyncDatabase, project: ProjectId, key: ConnectionId, revision: RevisionId) -> None:
    await db.revisions.update(project, revision, spec_version="2.0.0")  # refused
    await db.revisions.upsert()  # refused
    await db.revisions.delete(project, revision)  # refused
    await db.audit_events.update()  # refused
    await db.groups.restore(project, GroupRef("group"))  # refused
    await db.groups.purge(project, GroupRef("group"))  # refused
    await db.connections.lock(project, key)  # refused


async def absent_in_a_transaction(tx: AsyncTransaction) -> None:
    await tx.audit_events.lock()  # refused
    await tx.audit_events.update()  # refused
    await tx.revisions.update()  # refused


async def filters(organization: OrganizationId, project: ProjectId) -> None:
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


async def queries(db: AsyncDatabase, project: ProjectId) -> None:
    asked = ConnectionFilter(project_id=project)
    await db.connections.page()  # refused
    await db.connections.page(GroupFilter(project_id=project))  # refused
    await db.connections.page(asked, order="created_at")  # refused
    await db.connections.page(asked, limit="50")  # refused
    await db.connections.page(asked, after=50)  # refused
    await db.connections.count(project)  # refused
    async for group in db.connections.iterate(asked, order="status"):  # refused
        del group


async def new_values(db: AsyncDatabase, project: ProjectId, connection: NewConnection) -> None:
    NewGroup(project_id=project)  # refused
    NewGroup(project_id=project, group_ref=ConsumerRef("consumer"))  # refused
    NewGroup(project_id=project, group_ref=GroupRef("group"), nickname="Acme")  # refused
    NewRevision(project_id=project, integration_id=connection.id, content={}, number=1)  # refused
    await db.groups.create(connection)  # refused
    await db.groups.create_many([connection])  # refused
    await db.connections.upsert(connection)  # refused
    await db.connections.upsert(connection, on="uq_connections_identity")  # refused
    await db.connections.upsert(connection, on="pk_groups")  # refused
    count: int = await db.connections.create_many([connection], returning=True)  # refused
    values: list[Connection] = await db.connections.create_many([connection])  # refused
    del count, values


async def transactions(db: AsyncDatabase, project: ProjectId, key: ConnectionId) -> None:
    db.transaction(isolation="read uncommitted")  # refused
    async with db.transaction() as tx:
        await tx.commit()  # refused
        await tx.connections.lock(key, project)  # refused
        await tx.connections.lock(project, key, "nowait")  # refused
        await tx.connections.lock(project, key, strength="exclusive")  # refused
        await tx.connections.lock(project, key, nowait=True, skip_locked=True)  # refused
        held: Connection = await tx.connections.lock(project, key, skip_locked=True)  # refused
        del held


async def databases(db: AsyncDatabase) -> None:
    await db.conections.count()  # refused
    await db.after_commit(print)  # refused
