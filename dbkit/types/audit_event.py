"""Audit events: who did what to which row."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from dbkit.types.filter import AnyOf, EveryTenant, Filter, NullTest, Range
from dbkit.types.identifiers import AuditEventId, OrganizationId, ProjectId, identifier
from dbkit.types.value import Instant, JsonObject, Text, Value

__all__ = ["ActorType", "AuditEvent", "AuditEventFilter", "NewAuditEvent"]


class ActorType(StrEnum):
    """Who acted; only a service may act without an id."""

    BUILDER = "builder"
    API_KEY = "api_key"
    JWT = "jwt"
    SERVICE = "service"
    ADMIN = "admin"


class NewAuditEvent(Value):
    """An event to record, in the transaction of the change that it tells of."""

    organization_id: OrganizationId
    id: AuditEventId = Field(default_factory=identifier(AuditEventId))
    project_id: ProjectId | None = None
    actor_type: ActorType
    actor_id: Text | None = None
    action: Text
    entity: Text
    entity_id: Text
    changes: JsonObject = Field(default_factory=dict)


class AuditEvent(NewAuditEvent):
    """A stored event; it is never changed and never deleted."""

    occurred_at: Instant


class AuditEventFilter(Filter):
    """Which events to list."""

    organization_id: OrganizationId | EveryTenant
    project_id: ProjectId | AnyOf[ProjectId] | NullTest | None = None
    entity: Text | AnyOf[Text] | None = None
    entity_id: Text | AnyOf[Text] | None = None
    actor_type: ActorType | AnyOf[ActorType] | None = None
    actor_id: Text | AnyOf[Text] | NullTest | None = None
    action: Text | AnyOf[Text] | None = None
    occurred_at: Range[Instant] | None = None
