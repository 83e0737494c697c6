# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of groups take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.value import Text

__all__ = ["GroupChanges", "GroupOrder", "GroupUniqueKey"]


class GroupChanges(TypedDict, total=False):
    """What an update can change."""

    group_name: Text


GroupOrder: TypeAlias = Literal["group_ref", "-group_ref"]
"""The orders that an index serves."""

GroupUniqueKey: TypeAlias = Literal["pk_groups"]
"""The unique keys that an upsert can name."""
