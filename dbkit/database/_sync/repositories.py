# Generated from dbkit/database/_async/repositories.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The repositories of dbkit's own entities."""

from __future__ import annotations

from dbkit.database.repository import repository
from dbkit.models import (
    AUDIT_EVENTS,
    CONNECTIONS,
    CONSUMERS,
    GROUPS,
    INTEGRATIONS,
    ORGANIZATIONS,
    PROJECTS,
    PROVIDERS,
    REVISIONS,
    TEAMS,
)
from dbkit.types._sync.audit_event import AuditEventRepository, AuditEventTransactionRepository
from dbkit.types._sync.connection import ConnectionRepository, ConnectionTransactionRepository
from dbkit.types._sync.consumer import ConsumerRepository, ConsumerTransactionRepository
from dbkit.types._sync.group import GroupRepository, GroupTransactionRepository
from dbkit.types._sync.integration import IntegrationRepository, IntegrationTransactionRepository
from dbkit.types._sync.organization import OrganizationRepository, OrganizationTransactionRepository
from dbkit.types._sync.project import ProjectRepository, ProjectTransactionRepository
from dbkit.types._sync.provider import ProviderRepository, ProviderTransactionRepository
from dbkit.types._sync.revision import RevisionRepository, RevisionTransactionRepository
from dbkit.types._sync.team import TeamRepository, TeamTransactionRepository

__all__ = ["Repositories", "TransactionRepositories"]


class Repositories:
    """The repositories of a database."""

    organizations: OrganizationRepository = repository(ORGANIZATIONS)
    teams: TeamRepository = repository(TEAMS)
    projects: ProjectRepository = repository(PROJECTS)
    providers: ProviderRepository = repository(PROVIDERS)
    groups: GroupRepository = repository(GROUPS)
    consumers: ConsumerRepository = repository(CONSUMERS)
    connections: ConnectionRepository = repository(CONNECTIONS)
    integrations: IntegrationRepository = repository(INTEGRATIONS)
    revisions: RevisionRepository = repository(REVISIONS)
    audit_events: AuditEventRepository = repository(AUDIT_EVENTS)


class TransactionRepositories:
    """The repositories of a transaction."""

    organizations: OrganizationTransactionRepository = repository(ORGANIZATIONS)
    teams: TeamTransactionRepository = repository(TEAMS)
    projects: ProjectTransactionRepository = repository(PROJECTS)
    providers: ProviderTransactionRepository = repository(PROVIDERS)
    groups: GroupTransactionRepository = repository(GROUPS)
    consumers: ConsumerTransactionRepository = repository(CONSUMERS)
    connections: ConnectionTransactionRepository = repository(CONNECTIONS)
    integrations: IntegrationTransactionRepository = repository(INTEGRATIONS)
    revisions: RevisionTransactionRepository = repository(REVISIONS)
    audit_events: AuditEventTransactionRepository = repository(AUDIT_EVENTS)
