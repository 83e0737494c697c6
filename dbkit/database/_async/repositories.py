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
from dbkit.types._async.audit_event import AsyncAuditEventRepository, AsyncAuditEventTransactionRepository
from dbkit.types._async.connection import AsyncConnectionRepository, AsyncConnectionTransactionRepository
from dbkit.types._async.consumer import AsyncConsumerRepository, AsyncConsumerTransactionRepository
from dbkit.types._async.group import AsyncGroupRepository, AsyncGroupTransactionRepository
from dbkit.types._async.integration import AsyncIntegrationRepository, AsyncIntegrationTransactionRepository
from dbkit.types._async.organization import AsyncOrganizationRepository, AsyncOrganizationTransactionRepository
from dbkit.types._async.project import AsyncProjectRepository, AsyncProjectTransactionRepository
from dbkit.types._async.provider import AsyncProviderRepository, AsyncProviderTransactionRepository
from dbkit.types._async.revision import AsyncRevisionRepository, AsyncRevisionTransactionRepository
from dbkit.types._async.team import AsyncTeamRepository, AsyncTeamTransactionRepository

__all__ = ["AsyncRepositories", "AsyncTransactionRepositories"]


class AsyncRepositories:
    """The repositories of a database."""

    organizations: AsyncOrganizationRepository = repository(ORGANIZATIONS)
    teams: AsyncTeamRepository = repository(TEAMS)
    projects: AsyncProjectRepository = repository(PROJECTS)
    providers: AsyncProviderRepository = repository(PROVIDERS)
    groups: AsyncGroupRepository = repository(GROUPS)
    consumers: AsyncConsumerRepository = repository(CONSUMERS)
    connections: AsyncConnectionRepository = repository(CONNECTIONS)
    integrations: AsyncIntegrationRepository = repository(INTEGRATIONS)
    revisions: AsyncRevisionRepository = repository(REVISIONS)
    audit_events: AsyncAuditEventRepository = repository(AUDIT_EVENTS)


class AsyncTransactionRepositories:
    """The repositories of a transaction."""

    organizations: AsyncOrganizationTransactionRepository = repository(ORGANIZATIONS)
    teams: AsyncTeamTransactionRepository = repository(TEAMS)
    projects: AsyncProjectTransactionRepository = repository(PROJECTS)
    providers: AsyncProviderTransactionRepository = repository(PROVIDERS)
    groups: AsyncGroupTransactionRepository = repository(GROUPS)
    consumers: AsyncConsumerTransactionRepository = repository(CONSUMERS)
    connections: AsyncConnectionTransactionRepository = repository(CONNECTIONS)
    integrations: AsyncIntegrationTransactionRepository = repository(INTEGRATIONS)
    revisions: AsyncRevisionTransactionRepository = repository(REVISIONS)
    audit_events: AsyncAuditEventTransactionRepository = repository(AUDIT_EVENTS)
