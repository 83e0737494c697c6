# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of builders take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.value import Text

__all__ = ["BuilderChanges", "BuilderOrder", "BuilderUniqueKey"]


class BuilderChanges(TypedDict, total=False):
    """What an update can change."""

    primary_email: Text
    first_name: Text | None
    last_name: Text | None


BuilderOrder: TypeAlias = Literal["id", "-id", "idp_provider,idp_ref", "-idp_provider,-idp_ref"]
"""The orders that an index serves."""

BuilderUniqueKey: TypeAlias = Literal[
    "pk_builders", "uq_builders_idp_provider_idp_ref", "uq_builders_primary_email_live"
]
"""The unique keys that an upsert can name."""
