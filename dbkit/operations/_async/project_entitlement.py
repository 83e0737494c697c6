"""Entitlements beyond the verbs: what holds where nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.identifiers import ProjectId
from dbkit.types.project_entitlement import EntitlementKey, ProjectEntitlement

__all__ = ["AsyncProjectEntitlementOperations"]

_WITHOUT: Mapping[EntitlementKey, JsonValue] = {
    EntitlementKey.BRANDING_REMOVAL: False,
    EntitlementKey.LOG_RETENTION_DAYS: 30,
}
"""What a project without the row is entitled to."""


class AsyncProjectEntitlementOperations(AsyncOwnOperations):
    """The operations of entitlements."""

    async def value_of(self, project_id: ProjectId, key: EntitlementKey) -> JsonValue:
        """Return what a project is entitled to; where nothing is stored, no branding removal and 30 days of logs."""
        found: ProjectEntitlement | None = await self.find(project_id, key)
        return _WITHOUT[key] if found is None else found.value
