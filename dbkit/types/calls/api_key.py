# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of api_keys take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.api_key import ApiKeyScope
from dbkit.types.value import Text

__all__ = ["ApiKeyChanges", "ApiKeyOrder", "ApiKeyUniqueKey"]


class ApiKeyChanges(TypedDict, total=False):
    """What an update can change."""

    label: Text
    scopes: tuple[ApiKeyScope, ...]
    active: bool


ApiKeyOrder: TypeAlias = Literal["id", "-id", "key_hash", "-key_hash"]
"""The orders that an index serves."""

ApiKeyUniqueKey: TypeAlias = Literal["pk_api_keys", "uq_api_keys_key_hash"]
"""The unique keys that an upsert can name."""
