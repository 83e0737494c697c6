# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of team_members take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.team_member import TeamRole

__all__ = ["TeamMemberChanges", "TeamMemberOrder", "TeamMemberUniqueKey"]


class TeamMemberChanges(TypedDict, total=False):
    """What an update can change."""

    role: TeamRole


TeamMemberOrder: TypeAlias = Literal["team_id,builder_id", "-team_id,-builder_id", "builder_id", "-builder_id"]
"""The orders that an index serves."""

TeamMemberUniqueKey: TypeAlias = Literal["pk_team_members"]
"""The unique keys that an upsert can name."""
