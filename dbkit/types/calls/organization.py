# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of organizations take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.identifiers import TeamId
from dbkit.types.value import Text

__all__ = ["OrganizationChanges", "OrganizationOrder", "OrganizationUniqueKey"]


class OrganizationChanges(TypedDict, total=False):
    """What an update can change."""

    label: Text
    default_team_id: TeamId


OrganizationOrder: TypeAlias = Literal["id", "-id"]
"""The orders that an index serves."""

OrganizationUniqueKey: TypeAlias = Literal["pk_organizations"]
"""The unique keys that an upsert can name."""
