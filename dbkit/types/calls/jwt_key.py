# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of jwt_keys take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.value import Text

__all__ = ["JwtKeyChanges", "JwtKeyOrder", "JwtKeyUniqueKey"]


class JwtKeyChanges(TypedDict, total=False):
    """What an update can change."""

    label: Text
    active: bool


JwtKeyOrder: TypeAlias = Literal["id", "-id", "label", "-label"]
"""The orders that an index serves."""

JwtKeyUniqueKey: TypeAlias = Literal["pk_jwt_keys", "uq_jwt_keys_project_id_label"]
"""The unique keys that an upsert can name."""
