# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of consumers take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.value import Text

__all__ = ["ConsumerChanges", "ConsumerOrder", "ConsumerUniqueKey"]


class ConsumerChanges(TypedDict, total=False):
    """What an update can change."""

    consumer_name: Text


ConsumerOrder: TypeAlias = Literal["consumer_ref", "-consumer_ref"]
"""The orders that an index serves."""

ConsumerUniqueKey: TypeAlias = Literal["pk_consumers"]
"""The unique keys that an upsert can name."""
