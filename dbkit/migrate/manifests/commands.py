"""What the jobs of a deploy run."""

from __future__ import annotations

from enum import StrEnum

from dbkit.migrate.manifests.deployment import Deployment

__all__ = ["PROGRAM", "SERVICES_SECONDS", "Moment", "arguments"]

PROGRAM = "dbkit"


SERVICES_SECONDS = 150
"""When a rollout is complete, pods of the old code may have 30 s still, and count as running for 90 s after them."""


class Moment(StrEnum):
    """When a job runs: before the rollout begins, or when it is complete."""

    BEFORE = "before"
    AFTER = "after"


_COMMANDS = {
    Moment.BEFORE: ("migrate", "apply", "--phase", "expand", "--all-if-empty"),
    Moment.AFTER: ("migrate", "apply", "--phase", "contract", "--services-patience", str(SERVICES_SECONDS)),
}


def arguments(deployment: Deployment, moment: Moment) -> list[str]:
    """Return what the program is called with at a moment of a deploy."""
    line = () if deployment.line is None else ("--line", deployment.line)
    return [*_COMMANDS[moment], "--patience", str(deployment.patience_seconds), *line]
