# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of installations take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.identifiers import ConnectionId, InstallationConfigId
from dbkit.types.installation import HealthStatus, LastOperationStatus
from dbkit.types.value import Instant

__all__ = ["InstallationChanges", "InstallationOrder", "InstallationUniqueKey"]


class InstallationChanges(TypedDict, total=False):
    """What an update can change."""

    connection_id: ConnectionId
    config_id: InstallationConfigId
    health_status: HealthStatus
    last_operation_status: LastOperationStatus | None
    read_paused_at: Instant | None


InstallationOrder: TypeAlias = Literal[
    "id",
    "-id",
    "connection_id",
    "-connection_id",
    "-created_at",
    "created_at",
    "group_ref",
    "-group_ref",
    "integration_id,group_ref",
    "-integration_id,-group_ref",
]
"""The orders that an index serves."""

InstallationUniqueKey: TypeAlias = Literal[
    "pk_installations", "uq_installations_project_id_integration_id_group_ref_live"
]
"""The unique keys that an upsert can name."""
