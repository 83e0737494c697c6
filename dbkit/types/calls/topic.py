# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of topics take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.value import Text

__all__ = ["TopicChanges", "TopicOrder", "TopicUniqueKey"]


class TopicChanges(TypedDict, total=False):
    """What an update can change."""

    name: Text


TopicOrder: TypeAlias = Literal["id", "-id", "name", "-name"]
"""The orders that an index serves."""

TopicUniqueKey: TypeAlias = Literal["pk_topics", "uq_topics_project_id_name"]
"""The unique keys that an upsert can name."""
