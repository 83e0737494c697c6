"""What a run has done by now: of use to its report, and to whoever hears of its failure."""

from __future__ import annotations

from dataclasses import dataclass, field

from dbkit.migrate.lock import Holder
from dbkit.migrate.report import Failure, StepReport
from dbkit.types.errors import DbkitError

__all__ = ["Ledger"]


@dataclass(slots=True)
class Ledger:
    """Filled in while a run goes on. `is_half_done` says so of the revision that is under way.

    `checkpoint` is what the run began from, nothing where it began with a revision.
    """

    database: str = ""
    steps: list[StepReport] = field(default_factory=list[StepReport])
    terminated: list[Holder] = field(default_factory=list[Holder])
    is_half_done: bool = False
    checkpoint: str = ""

    def failure(self, error: DbkitError) -> Failure:
        """Return what there is to say of a run that ends with an error."""
        return Failure(error, self.database, tuple(self.steps), self.is_half_done, tuple(self.terminated))
