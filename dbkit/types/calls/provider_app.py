# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of provider_apps take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.identifiers import EncryptionKeyId
from dbkit.types.value import Bytes, JsonObject, Text

__all__ = ["ProviderAppChanges", "ProviderAppOrder", "ProviderAppUniqueKey"]


class ProviderAppChanges(TypedDict, total=False):
    """What an update can change."""

    external_ref: Text | None
    client_id: Text
    client_secret_ciphertext: Bytes
    client_secret_key_id: EncryptionKeyId
    scopes: tuple[Text, ...]
    metadata: JsonObject


ProviderAppOrder: TypeAlias = Literal["id", "-id", "provider,client_id", "-provider,-client_id"]
"""The orders that an index serves."""

ProviderAppUniqueKey: TypeAlias = Literal[
    "pk_provider_apps",
    "uq_provider_apps_project_id_external_ref_live",
    "uq_provider_apps_project_id_provider_client_id_live",
]
"""The unique keys that an upsert can name."""
