"""The story: what a service does with a database, step by step, whatever the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from dbkit import Database, Transaction
from dbkit.cli.story.cast import Cast
from dbkit.types import (
    AlreadyExists,
    CheckFailed,
    Connection,
    ConnectionFilter,
    ConnectionStatus,
    CursorInvalid,
    DbkitError,
    IllegalTransition,
    IntegrationFilter,
    ReferenceMissing,
    StaleVersion,
    StillReferenced,
    TransactionAborted,
)

__all__ = ["CHAPTERS", "Refusal", "Step"]


@dataclass(frozen=True, slots=True)
class Step:
    """What was done, and the database's answer: a value, an error, or several of them."""

    title: str
    answer: object


Chapter: TypeAlias = Callable[[Database, Cast], Iterator[Step]]


class Refusal:
    """The error that a block was left with."""

    error: DbkitError | None = None


@contextmanager
def _refused(expected: type[DbkitError]) -> Iterator[Refusal]:
    """Expect the block to be refused with this error, and keep it."""
    refusal = Refusal()
    try:
        yield refusal
    except expected as error:
        refusal.error = error
    if refusal.error is None:
        raise DbkitError(f"the database accepted what it has to refuse with {expected.__name__}")


def _tenant(db: Database, cast: Cast) -> Iterator[Step]:
    with db.transaction() as tx:
        organization = tx.organizations.create(cast.organization)
        team = tx.teams.create(cast.team)
    yield Step(
        f"organization {organization.label} and its default team: one transaction",
        (organization, team),
    )
    projects = [db.projects.create(cast.project), db.projects.create(cast.other_project)]
    yield Step(f"projects {projects[0].name} and {projects[1].name}", projects)
    providers = db.providers.create_many(cast.providers, returning=True)
    yield Step(f"providers {' and '.join(provider.slug for provider in providers)}", providers)
    groups, consumers = db.groups.create_many(cast.groups), db.consumers.create_many(cast.consumers)
    yield Step(f"{groups} groups and {consumers} consumers", (groups, consumers))


def _integrations(db: Database, cast: Cast) -> Iterator[Step]:
    integration = db.integrations.create(cast.integration)
    yield Step(f"integration {integration.name}", integration)
    with db.transaction() as tx:
        locked = tx.integrations.lock(cast.project.id, integration.id)
        revision = tx.revisions.create(cast.revision)
        published = tx.integrations.update(
            cast.project.id, integration.id, expected_version=locked.version, latest_revision_id=revision.id
        )
        event = tx.audit_events.create(cast.publication)
    yield Step(
        f"revision {revision.number} published under a lock, with an audit event",
        (revision, published, event),
    )
    stored = db.connections.create_many(cast.connections)
    yield Step(f"{stored} connections in one call, all or none", stored)


def _pages(db: Database, cast: Cast) -> Iterator[Step]:
    working = ConnectionFilter(project_id=cast.project.id, status=ConnectionStatus.WORKING)
    page = db.connections.page(working, limit=5)
    yield Step(f"first page of working connections: {len(page)} and a cursor", page)
    sizes = [len(page)]
    cursor = page.next
    while cursor is not None:
        page = db.connections.page(working, limit=5, after=cursor)
        sizes.append(len(page))
        cursor = page.next
    yield Step(f"the cursor followed to the end: {' + '.join(map(str, sizes))}", (sizes, page))
    everything = ConnectionFilter(project_id=cast.project.id)
    connections = list(db.connections.iterate(everything, order="consumer_ref"))
    yield Step(f"all {len(connections)} iterated in the order of their consumers", connections)
    first = db.connections.page(working, limit=5)
    with _refused(CursorInvalid) as refusal:
        db.connections.page(everything, limit=5, after=first.next)
    yield Step("the cursor given to another query", refusal.error)


def _refused_writes(db: Database, cast: Cast) -> Iterator[Step]:
    with _refused(AlreadyExists) as refusal:
        db.connections.create(cast.same_connection)
    yield Step("a second connection of the same group and provider", refusal.error)
    with _refused(AlreadyExists) as refusal:
        db.integrations.create(cast.same_name)
    yield Step("an integration of the same name in other case", refusal.error)
    with _refused(ReferenceMissing) as refusal:
        db.connections.create(cast.connection_of_nobody)
    yield Step("a connection of a group that is not there", refusal.error)
    with _refused(ReferenceMissing) as refusal:
        db.revisions.create(cast.foreign_revision)
    yield Step("a revision of another project's integration", refusal.error)
    with _refused(CheckFailed) as refusal:
        db.providers.create(cast.odd_provider)
    yield Step("a provider with an OAuth 2 grant and no OAuth 2", refusal.error)
    with _refused(StillReferenced) as refusal:
        db.providers.delete(cast.connections[-1].provider)
    yield Step("the deletion of a provider in use", refusal.error)
    working = db.connections.get(cast.project.id, cast.connections[-1].id)
    with _refused(IllegalTransition) as refusal:
        db.connections.update(
            cast.project.id, working.id, expected_version=working.version, status=ConnectionStatus.CREATED
        )
    yield Step("a working connection set back to created", refusal.error)


class _ChangedMind(Exception):
    """Leaves a transaction's block."""


def _transactions(db: Database, cast: Cast) -> Iterator[Step]:
    integrations = IntegrationFilter(project_id=cast.project.id)
    inside = 0
    with suppress(_ChangedMind), db.transaction() as tx:
        tx.integrations.create(cast.abandoned)
        inside = tx.integrations.count(integrations)
        raise _ChangedMind
    after = db.integrations.count(integrations)
    yield Step(f"left by an exception: {inside} integrations inside, {after} after it", (inside, after))
    with db.transaction() as tx:
        tx.groups.create(cast.late_group)
        with _refused(AlreadyExists) as refusal, tx.transaction() as savepoint:
            savepoint.connections.create(cast.same_connection)
    kept = db.groups.exists(cast.project.id, cast.late_group.group_ref)
    yield Step(f"a refused write in a savepoint: the rest is {'stored' if kept else 'lost'}", (refusal.error, kept))
    with _refused(TransactionAborted) as refusal, db.transaction() as tx:
        tx.groups.create(cast.lost_group)
        with suppress(AlreadyExists):
            tx.connections.create(cast.same_connection)
    kept = db.groups.exists(cast.project.id, cast.lost_group.group_ref)
    yield Step("an error swallowed inside the block", (refusal.error, kept))


def _versions(db: Database, cast: Cast) -> Iterator[Step]:
    project_id, connection_id = cast.project.id, cast.connections[0].id
    read = db.connections.get(project_id, connection_id)
    theirs = db.connections.update(
        project_id, connection_id, expected_version=read.version, status=ConnectionStatus.WORKING
    )
    yield Step(f"read at version {read.version}; somebody else makes it version {theirs.version}", theirs)
    with _refused(StaleVersion) as refusal:
        db.connections.update(
            project_id, connection_id, expected_version=read.version, provider_metadata={"plan": "pro"}
        )
    yield Step("an update with the version that was read", refusal.error)

    def change(tx: Transaction) -> Connection:
        current = tx.connections.lock(project_id, connection_id)
        return tx.connections.update(
            project_id, connection_id, expected_version=current.version, provider_metadata={"plan": "pro"}
        )

    resolved = db.run(change)
    yield Step(f"read again under a lock, updated: version {resolved.version}, {resolved.status}", resolved)


CHAPTERS: Mapping[str, Chapter] = MappingProxyType(
    {
        "A tenant": _tenant,
        "Integrations and connections": _integrations,
        "Pages": _pages,
        "Refused": _refused_writes,
        "Transactions": _transactions,
        "A version conflict": _versions,
    }
)
"""The story's parts in order, by title; each builds on those before it."""
