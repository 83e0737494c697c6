"""Rules about acceptances themselves: they are found while findings are left out, and cannot be accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dbkit.migrate.linting.model import Example, Place, Rule
from dbkit.migrate.linting.rules.schemas import ORDERS
from dbkit.migrate.linting.steps import Run

__all__ = ["ACCEPTANCE_RULES", "UNUSED", "WITHOUT_REASON"]

_RAISED: Final = "UPDATE orders SET state = 'old'"
_GOOD: Final = Example(schema=ORDERS, sql=("# lint: accept L47: a hundred rows, for ever", _RAISED), phase="DATA")


def _elsewhere(_run: Run) -> Iterator[Place]:
    return iter(())


UNUSED: Final = Rule(
    id="L00a",
    name="acceptance-unused",
    catches="an acceptance of a rule that finds nothing where it stands",
    effect="It would hide the next finding, which nobody has looked at.",
    safe="Take it out.",
    bad=Example(schema=ORDERS, sql=("# lint: accept L46: a hundred rows, for ever", "SELECT 1")),
    good=_GOOD,
    decide=_elsewhere,
)
WITHOUT_REASON: Final = Rule(
    id="L00b",
    name="acceptance-without-reason",
    catches="an acceptance without a reason",
    effect="It counts for nothing: the finding stays.",
    safe="`# lint: accept L47: reason`",
    bad=Example(schema=ORDERS, sql=("# lint: accept L47", _RAISED), phase="DATA", also=("L47",)),
    good=_GOOD,
    decide=_elsewhere,
)
ACCEPTANCE_RULES: Final = (UNUSED, WITHOUT_REASON)
