"""Which entities' changes are recorded with who made them, and what a record says."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import LargeBinary

from dbkit.events.actors import Actor
from dbkit.models.entity import Entity
from dbkit.types.audit_event import NewAuditEvent
from dbkit.types.identifiers import OrganizationId
from dbkit.types.value import JsonObject

__all__ = ["Audit", "record_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Audit:
    """The entities whose changes are recorded, and those that it takes to record them."""

    events: Entity[Any, Any, Any]
    organizations: Entity[Any, Any, Any]
    projects: Entity[Any, Any, Any]
    entities: frozenset[Entity[Any, Any, Any]]


def record_of(
    entity: Entity[Any, Any, Any],
    value: Any,
    action: str,
    names: Collection[str],
    *,
    actor: Actor,
    organization_id: OrganizationId,
) -> NewAuditEvent:
    """Return the record of a change of a row; `names` are the columns that were changed."""
    changes: JsonObject = {"fields": _told(entity, value, names)} if names else {}
    if actor.reason is not None:
        changes["reason"] = actor.reason
    return NewAuditEvent(
        organization_id=organization_id,
        project_id=value.id if entity.name == "projects" else getattr(value, "project_id", None),
        actor_type=actor.type,
        actor_id=actor.id,
        action=action,
        entity=entity.name,
        entity_id=_id_of(entity, value),
        changes=changes,
    )


def _told(entity: Entity[Any, Any, Any], value: Any, names: Iterable[str]) -> JsonObject:
    """Return the new values of columns; of bytes, which may be sealed, only that they were changed."""
    plain = [name for name in names if not isinstance(entity.table.c[name].type, LargeBinary)]
    told: JsonObject = value.model_dump(mode="json", include=set(plain))
    return {name: told.get(name) for name in names}


def _id_of(entity: Entity[Any, Any, Any], value: Any) -> str:
    """Return the key of a row below its tenant."""
    own = [name for name in entity.key if name not in ("organization_id", "project_id")] or list(entity.key)
    return "/".join(str(getattr(value, name)) for name in own)
