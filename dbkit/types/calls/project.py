# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of projects take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.value import Text

__all__ = ["ProjectChanges", "ProjectOrder", "ProjectUniqueKey"]


class ProjectChanges(TypedDict, total=False):
    """What an update can change."""

    name: Text
    app_name: Text


ProjectOrder: TypeAlias = Literal["id", "-id"]
"""The orders that an index serves."""

ProjectUniqueKey: TypeAlias = Literal[
    "pk_projects", "uq_projects_organization_id_id", "uq_projects_organization_id_name_live"
]
"""The unique keys that an upsert can name."""
