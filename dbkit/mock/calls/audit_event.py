# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of audit_events."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.audit_event import ActorType, AuditEventFilter, NewAuditEvent
from dbkit.types.calls.audit_event import AuditEventOrder
from dbkit.types.identifiers import AuditEventId, OrganizationId, ProjectId
from dbkit.types.value import JsonObject

__all__ = [
    "AuditEventCalls",
    "AuditEventCountCall",
    "AuditEventCreateCall",
    "AuditEventCreateManyCall",
    "AuditEventExistsCall",
    "AuditEventFindCall",
    "AuditEventGetCall",
    "AuditEventGetManyCall",
    "AuditEventIterateCall",
    "AuditEventPageCall",
    "AuditEventRecordCall",
    "AuditEventTrailCall",
]


class AuditEventGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "audit_events.get"

    organization_id: OrganizationId
    audit_event_id: AuditEventId


class AuditEventFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "audit_events.find"

    organization_id: OrganizationId
    audit_event_id: AuditEventId


class AuditEventGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "audit_events.get_many"

    organization_id: OrganizationId
    audit_event_ids: tuple[AuditEventId, ...]


class AuditEventExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "audit_events.exists"

    organization_id: OrganizationId
    audit_event_id: AuditEventId


class AuditEventPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "audit_events.page"

    filter: AuditEventFilter
    order: AuditEventOrder
    limit: int
    after: str | None


class AuditEventIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "audit_events.iterate"

    filter: AuditEventFilter
    order: AuditEventOrder


class AuditEventCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "audit_events.count"

    filter: AuditEventFilter


class AuditEventCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "audit_events.create"

    new: NewAuditEvent


class AuditEventCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "audit_events.create_many"

    new: tuple[NewAuditEvent, ...]
    returning: bool


class AuditEventTrailCall(Call):
    """A call of `trail`."""

    called: ClassVar[str] = "audit_events.trail"

    organization_id: OrganizationId
    entity: str
    entity_id: str
    limit: int
    after: str | None


class AuditEventRecordCall(Call):
    """A call of `record`."""

    called: ClassVar[str] = "audit_events.record"

    organization_id: OrganizationId
    actor_type: ActorType
    action: str
    entity: str
    entity_id: str
    actor_id: str | None
    project_id: ProjectId | None
    changes: JsonObject | None


class AuditEventCalls(Calls):
    """The calls of a mock of audit_events, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        AuditEventGetCall,
        AuditEventFindCall,
        AuditEventGetManyCall,
        AuditEventExistsCall,
        AuditEventPageCall,
        AuditEventIterateCall,
        AuditEventCountCall,
        AuditEventCreateCall,
        AuditEventCreateManyCall,
        AuditEventTrailCall,
        AuditEventRecordCall,
    )

    @property
    def get(self) -> tuple[AuditEventGetCall, ...]:
        """The calls of `get`."""
        return self._of(AuditEventGetCall)

    @property
    def find(self) -> tuple[AuditEventFindCall, ...]:
        """The calls of `find`."""
        return self._of(AuditEventFindCall)

    @property
    def get_many(self) -> tuple[AuditEventGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(AuditEventGetManyCall)

    @property
    def exists(self) -> tuple[AuditEventExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(AuditEventExistsCall)

    @property
    def page(self) -> tuple[AuditEventPageCall, ...]:
        """The calls of `page`."""
        return self._of(AuditEventPageCall)

    @property
    def iterate(self) -> tuple[AuditEventIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(AuditEventIterateCall)

    @property
    def count(self) -> tuple[AuditEventCountCall, ...]:
        """The calls of `count`."""
        return self._of(AuditEventCountCall)

    @property
    def create(self) -> tuple[AuditEventCreateCall, ...]:
        """The calls of `create`."""
        return self._of(AuditEventCreateCall)

    @property
    def create_many(self) -> tuple[AuditEventCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(AuditEventCreateManyCall)

    @property
    def trail(self) -> tuple[AuditEventTrailCall, ...]:
        """The calls of `trail`."""
        return self._of(AuditEventTrailCall)

    @property
    def record(self) -> tuple[AuditEventRecordCall, ...]:
        """The calls of `record`."""
        return self._of(AuditEventRecordCall)
