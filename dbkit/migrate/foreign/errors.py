"""What is refused of a line that Alembic made, for what its files do not say."""

from __future__ import annotations

from typing import ClassVar

from dbkit.migrate.deploys.errors import DeployRefused

__all__ = ["PhaseUnknown"]


class PhaseUnknown(DeployRefused):
    """A part of a release was asked for, and a revision does not say which part it is of."""

    code: ClassVar[str] = "phase_unknown"
    what: ClassVar[str] = "A revision does not say in which phase of a deploy it is applied"
    advice: ClassVar[str] = (
        "Write a line `# phase: expand`, `# phase: data` or `# phase: contract` into its file, or apply all of them"
        " without --phase."
    )
