"""What a deploy is refused for: found by a check, before anything is changed."""

from __future__ import annotations

from typing import ClassVar

from dbkit.types.errors import SchemaMismatch

__all__ = ["DeployRefused", "ExpandPending"]


class DeployRefused(SchemaMismatch):
    """A check of the order of deploys found something. Nothing was changed."""

    code: ClassVar[str] = "deploy_refused"
    what: ClassVar[str] = "The deploys are out of order"
    exit_code: ClassVar[int] = 1
    """As the command ends: with a finding, not with a failure."""


class ExpandPending(DeployRefused):
    """What comes before a rollout has not been applied, so what comes after it cannot be."""

    code: ClassVar[str] = "expand_pending"
    what: ClassVar[str] = "The release's expand revisions are still pending"
    advice: ClassVar[str] = (
        "Run `dbkit migrate apply --phase expand`, roll out the code, then run this again. A database that no code uses"
        " yet takes everything without --phase."
    )
