"""What a deploy is refused for: found by a check, before anything is changed."""

from __future__ import annotations

from typing import ClassVar

from dbkit.types.errors import SchemaMismatch

__all__ = ["DeployRefused", "ExpandPending", "NotPromotable", "PromotionRefused", "ServicesBehind"]


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


class ServicesBehind(DeployRefused):
    """A running service has code that may need what a contract takes away."""

    code: ClassVar[str] = "services_behind"
    what: ClassVar[str] = "Running services may need what the contracts take away"
    advice: ClassVar[str] = (
        "Complete the rollout, then run this again: a service that was killed counts as running for 90 s after its last"
        " heartbeat. --break-glass REASON goes on all the same."
    )


class PromotionRefused(DeployRefused):
    """No valid record says that this very chain was applied and verified in the environment before."""

    code: ClassVar[str] = "promotion_refused"
    what: ClassVar[str] = "This chain was not promoted to this environment"
    advice: ClassVar[str] = (
        "Apply it in the environment before, run `dbkit migrate promote --to ENVIRONMENT` there, and give its record:"
        " --promotion FILE, or DBKIT_PROMOTION. --break-glass REASON goes on without."
    )


class NotPromotable(DeployRefused):
    """The database does not show that the chain was applied and verified there."""

    code: ClassVar[str] = "not_promotable"
    what: ClassVar[str] = "This database is not what would be promoted"
    advice: ClassVar[str] = (
        "Apply this very line there, in the environment before the one to promote to, then try again."
    )
