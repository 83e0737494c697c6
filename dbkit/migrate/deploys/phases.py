"""The two parts of a release.

A release, seen from the line, is a run of expand and data revisions, then a run of contract
revisions. The first part is applied before its rollout, the second one when that is complete.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from dbkit.migrate.deploys.errors import ExpandPending
from dbkit.migrate.deploys.part import Part
from dbkit.migrate.foreign.errors import PhaseUnknown
from dbkit.migrate.header import Phase
from dbkit.migrate.line import Revision

__all__ = ["left_behind", "part_of"]


def part_of(pending: Sequence[Revision], part: Part) -> tuple[Revision, ...]:
    """Return the revisions at the beginning of what is pending that are this part of the first release.

    Raises `ExpandPending` where the contracts are asked for and something comes before them, `PhaseUnknown` where
    one of them does not say what it is.
    """
    unknown = [str(each) for each in pending if each.header.phase is Phase.UNKNOWN]
    if unknown:
        raise PhaseUnknown(f"{', '.join(unknown)}: no phase is given")
    if part is Part.EXPAND:
        return tuple(takewhile(lambda each: not _is_contract(each), pending))
    if pending and not _is_contract(pending[0]):
        raise ExpandPending(
            f"{pending[0]} ({pending[0].header.phase}) comes before the contracts, and is still pending"
        )
    return tuple(takewhile(_is_contract, pending))


def left_behind(pending: Sequence[Revision]) -> str:
    """Say what the expand part of a run did not get to, being of another release: nothing where there is none.

    The code of the newest release needs all of them, so a rollout that follows would break.
    """
    contracts = tuple(takewhile(_is_contract, pending))
    rest = pending[len(contracts) :]
    if not contracts or not rest:
        return ""
    return (
        f"{_shown(rest[0])} is of another release, behind {_shown(contracts[-1])}: deploy them one by one, and finish"
        " this release with `dbkit migrate apply --phase contract` first. A database that no code uses yet takes"
        " everything without --phase."
    )


def _shown(revision: Revision) -> str:
    return f"{revision} ({revision.header.phase})"


def _is_contract(revision: Revision) -> bool:
    return revision.header.phase is Phase.CONTRACT
