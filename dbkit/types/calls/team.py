# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of teams take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.identifiers import TeamId
from dbkit.types.value import Text

__all__ = ["TeamChanges", "TeamOrder", "TeamUniqueKey"]


class TeamChanges(TypedDict, total=False):
    """What an update can change."""

    name: Text
    parent_team_id: TeamId | None


TeamOrder: TypeAlias = Literal["id", "-id"]
"""The orders that an index serves."""

TeamUniqueKey: TypeAlias = Literal["pk_teams", "uq_teams_organization_id_name_live"]
"""The unique keys that an upsert can name."""
