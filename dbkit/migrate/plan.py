"""Which revisions a run is about, and whether it may be: decided before anything is changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dbkit.migrate.deploys.part import Part
from dbkit.migrate.deploys.phases import left_behind, part_of
from dbkit.migrate.errors import DowngradeImpossible, DowngradeLoses, RevisionUnknown
from dbkit.migrate.header import Impossible, Lossy, Unknown
from dbkit.migrate.line import Revision
from dbkit.migrate.place import Place
from dbkit.migrate.report import Options
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["BASE", "Choice", "downward", "upward"]

BASE = "base"
"""The place before the first revision, as Alembic calls it."""


@dataclass(frozen=True)
class Choice:
    """A direction, and the revisions that a database at some place has to go through.

    `finding` says what they leave behind and should not, where the database is at a place in the end.
    """

    is_upward: bool
    revisions: Callable[[Place], tuple[Revision, ...]]
    finding: Callable[[Place], str] = lambda _place: ""

    def after(self, place: Place) -> Place:
        """Return the place that the next step leads to."""
        return Place(place.line, place.count + (1 if self.is_upward else -1))


@dataclass(frozen=True, slots=True)
class _Goal:
    """How many revisions are to be applied in the end, being a part of as many as were wanted."""

    count: int
    wanted: int
    part: Part | None

    @classmethod
    def of(cls, place: Place, wanted: int, part: Part | None) -> _Goal:
        pending = place.line.revisions[place.count : wanted]
        return cls(place.count + len(part_of(pending, part) if part else pending), wanted, part)

    def finding(self, place: Place) -> str:
        return left_behind(place.line.revisions[place.count : self.wanted]) if self.part is Part.EXPAND else ""


def upward(count: int | None, to: str | None, options: Options) -> Choice:
    """Choose pending revisions: all, the next `count`, or those up to `to`; of these, one part of one release.

    Choosing raises `ExpandPending` where contracts are asked for, and something comes before them.
    """
    _require_one(count, to)
    # Fixed once, whoever applies some of them.
    goals: list[_Goal] = []

    def goal(place: Place) -> _Goal:
        if not goals:
            # What no code uses yet needs no part.
            part = None if options.all_if_empty and not place.count else options.part
            goals.append(_Goal.of(place, _goal_above(place, count, to), part))
        return goals[0]

    def choose(place: Place) -> tuple[Revision, ...]:
        return place.line.revisions[place.count : goal(place).count]

    return Choice(is_upward=True, revisions=choose, finding=lambda place: goal(place).finding(place))


def downward(count: int | None, to: str | None, options: Options) -> Choice:
    """Choose applied revisions, last first: the last, the last `count`, or those behind `to`.

    Choosing raises `DowngradeImpossible` or, unless that is allowed, `DowngradeLoses`.
    """
    _require_one(count, to)
    goal: list[int] = []

    def choose(place: Place) -> tuple[Revision, ...]:
        if not goal:
            goal.append(_goal_below(place, count, to))
        chosen = place.line.revisions[goal[0] : place.count][::-1]
        for revision in chosen:
            _require_downgrade(revision, options)
        return chosen

    return Choice(is_upward=False, revisions=choose)


def _goal_above(place: Place, count: int | None, to: str | None) -> int:
    """Return how many revisions are to be applied in the end."""
    if to is not None:
        return place.line.position[place.line.find(to).id] + 1
    return len(place.line.revisions) if count is None else place.count + count


def _goal_below(place: Place, count: int | None, to: str | None) -> int:
    if to is None:
        return max(0, place.count - (1 if count is None else count))
    goal = 0 if to == BASE else place.line.position[place.line.find(to).id] + 1
    if goal > place.count:
        raise RevisionUnknown(f"{to} has not been applied: the database is at {place}", advice="Use `apply` to go up.")
    return goal


def _require_one(count: int | None, to: str | None) -> None:
    if count is not None and to is not None:
        raise ConfigurationInvalid("both a count and a revision were given", advice="Give one of them.")
    if count is not None and count < 1:
        raise ConfigurationInvalid("the count is less than 1", advice="Give how many revisions to go.")


def _require_downgrade(revision: Revision, options: Options) -> None:
    downgrade = revision.header.downgrade
    if isinstance(downgrade, Impossible):
        raise DowngradeImpossible(f"{revision} cannot be taken back: {downgrade.reason}")
    if options.lossy or options.agreement is not None:
        return
    if isinstance(downgrade, Lossy):
        raise DowngradeLoses(f"taking back {revision} loses {downgrade.lost}")
    if isinstance(downgrade, Unknown):
        raise DowngradeLoses(f"taking back {revision} may lose anything: its file does not say what")
