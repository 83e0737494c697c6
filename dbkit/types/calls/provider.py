# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of providers take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.provider import OAuth2GrantType, ProviderAction, ProviderAuthType
from dbkit.types.value import JsonObject, Text

__all__ = ["ProviderChanges", "ProviderOrder", "ProviderUniqueKey"]


class ProviderChanges(TypedDict, total=False):
    """What an update can change."""

    display_name: Text
    auth_type: ProviderAuthType
    base_url: Text
    modules: JsonObject
    default_module: Text | None
    supports: tuple[ProviderAction, ...]
    oauth2_grant_type: OAuth2GrantType | None
    metadata: JsonObject


ProviderOrder: TypeAlias = Literal["slug", "-slug"]
"""The orders that an index serves."""

ProviderUniqueKey: TypeAlias = Literal["pk_providers"]
"""The unique keys that an upsert can name."""
