"""The SQLAlchemy models: the only place where a column, a constraint or an index is written."""

from __future__ import annotations

from typing import Any

from dbkit.models.audit_event import AUDIT_EVENTS, AuditEventModel
from dbkit.models.base import NAMING_CONVENTION, Base
from dbkit.models.connection import CONNECTIONS, ConnectionModel
from dbkit.models.consumer import CONSUMERS, ConsumerModel
from dbkit.models.entity import Entity, Verb
from dbkit.models.group import GROUPS, GroupModel
from dbkit.models.integration import INTEGRATIONS, IntegrationModel
from dbkit.models.organization import ORGANIZATIONS, OrganizationModel
from dbkit.models.project import PROJECTS, ProjectModel
from dbkit.models.provider import PROVIDERS, ProviderModel
from dbkit.models.revision import REVISIONS, RevisionModel
from dbkit.models.team import TEAMS, TeamModel

__all__ = [
    "AUDIT_EVENTS",
    "CONNECTIONS",
    "CONSUMERS",
    "ENTITIES",
    "GROUPS",
    "INTEGRATIONS",
    "NAMING_CONVENTION",
    "ORGANIZATIONS",
    "PROJECTS",
    "PROVIDERS",
    "REVISIONS",
    "TEAMS",
    "AuditEventModel",
    "Base",
    "ConnectionModel",
    "ConsumerModel",
    "Entity",
    "GroupModel",
    "IntegrationModel",
    "OrganizationModel",
    "ProjectModel",
    "ProviderModel",
    "RevisionModel",
    "TeamModel",
    "Verb",
]

ENTITIES: tuple[Entity[Any, Any, Any], ...] = (
    ORGANIZATIONS,
    TEAMS,
    PROJECTS,
    PROVIDERS,
    GROUPS,
    CONSUMERS,
    CONNECTIONS,
    INTEGRATIONS,
    REVISIONS,
    AUDIT_EVENTS,
)
"""All entities, parents before children."""
