# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of project_entitlements take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.value import Json

__all__ = ["ProjectEntitlementChanges", "ProjectEntitlementOrder", "ProjectEntitlementUniqueKey"]


class ProjectEntitlementChanges(TypedDict, total=False):
    """What an update can change."""

    value: Json


ProjectEntitlementOrder: TypeAlias = Literal["key", "-key"]
"""The orders that an index serves."""

ProjectEntitlementUniqueKey: TypeAlias = Literal["pk_project_entitlements"]
"""The unique keys that an upsert can name."""
