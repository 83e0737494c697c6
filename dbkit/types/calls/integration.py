# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of integrations take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.identifiers import RevisionId
from dbkit.types.value import Text

__all__ = ["IntegrationChanges", "IntegrationOrder", "IntegrationUniqueKey"]


class IntegrationChanges(TypedDict, total=False):
    """What an update can change."""

    name: Text
    latest_revision_id: RevisionId | None


IntegrationOrder: TypeAlias = Literal["id", "-id"]
"""The orders that an index serves."""

IntegrationUniqueKey: TypeAlias = Literal["pk_integrations", "uq_integrations_project_id_name_live"]
"""The unique keys that an upsert can name."""
