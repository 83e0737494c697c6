# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of invites take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.identifiers import BuilderId
from dbkit.types.invite import InviteStatus

__all__ = ["InviteChanges", "InviteOrder", "InviteUniqueKey"]


class InviteChanges(TypedDict, total=False):
    """What an update can change."""

    status: InviteStatus
    accepted_by_builder_id: BuilderId | None


InviteOrder: TypeAlias = Literal["id", "-id"]
"""The orders that an index serves."""

InviteUniqueKey: TypeAlias = Literal["pk_invites", "uq_invites_organization_id_invited_email_pending"]
"""The unique keys that an upsert can name."""
