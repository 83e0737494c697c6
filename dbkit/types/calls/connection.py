# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of connections take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.connection import ConnectionStatus
from dbkit.types.identifiers import ProviderAppId
from dbkit.types.value import JsonObject, Text

__all__ = ["ConnectionChanges", "ConnectionOrder", "ConnectionUniqueKey"]


class ConnectionChanges(TypedDict, total=False):
    """What an update can change."""

    provider_app_id: ProviderAppId | None
    provider_workspace_ref: Text | None
    provider_consumer_ref: Text | None
    status: ConnectionStatus
    provider_metadata: JsonObject


ConnectionOrder: TypeAlias = Literal[
    "id",
    "-id",
    "consumer_ref",
    "-consumer_ref",
    "group_ref",
    "-group_ref",
    "provider,group_ref,consumer_ref,provider_workspace_ref",
    "-provider,-group_ref,-consumer_ref,-provider_workspace_ref",
]
"""The orders that an index serves."""

ConnectionUniqueKey: TypeAlias = Literal["pk_connections", "uq_connections_identity_live"]
"""The unique keys that an upsert can name."""
