# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of project_role_grants take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.project_role_grant import ProjectRole

__all__ = ["ProjectRoleGrantChanges", "ProjectRoleGrantOrder", "ProjectRoleGrantUniqueKey"]


class ProjectRoleGrantChanges(TypedDict, total=False):
    """What an update can change."""

    role: ProjectRole


ProjectRoleGrantOrder: TypeAlias = Literal[
    "id", "-id", "builder_id", "-builder_id", "team_id", "-team_id", "organization_id", "-organization_id"
]
"""The orders that an index serves."""

ProjectRoleGrantUniqueKey: TypeAlias = Literal[
    "pk_project_role_grants",
    "uq_project_role_grants_project_id_builder_id",
    "uq_project_role_grants_project_id_team_id",
]
"""The unique keys that an upsert can name."""
