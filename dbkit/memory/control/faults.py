"""Faults on a schedule: drawn from a seed, or asked for one by one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from random import Random

from dbkit.memory.control.errors import FaultNotRaised
from dbkit.memory.control.fault_rules import FAULT_KINDS, FaultKind, Place, is_possible
from dbkit.types.errors import ValueInvalid

__all__ = ["Fault", "Faults"]

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong, and where: `begin`, `commit`, or a statement. `is_stored` tells whether a lost COMMIT counts."""

    kind: FaultKind
    at: str
    is_stored: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    kind: FaultKind
    at: str | None
    is_stored: bool | None


class Faults:
    """The faults of a block. `raised` are those that came about so far, in order.

    At each place where PostgreSQL could raise one of `kinds`, one of these is raised with the probability `rate`. The
    same seed and the same calls have the same faults.
    """

    def __init__(
        self, seed: int | str, rate: float, kinds: Collection[FaultKind], is_place: Callable[[str], bool]
    ) -> None:
        if not 0 <= rate <= 1:
            raise ValueInvalid(f"a rate of {rate!r} is none", fields=("rate",), advice="Give a number from 0 to 1.")
        self.seed = seed
        self.rate = rate
        self.kinds: tuple[FaultKind, ...] = tuple(_checked(kind) for kind in kinds)
        self.raised: list[Fault] = []
        self._random = Random(seed)  # noqa: S311 (no secret)
        self._asked: list[_Asked] = []
        self._is_place = is_place
        self._lock = threading.Lock()

    def next(self, kind: FaultKind, *, at: str | None = None, is_stored: bool | None = None) -> None:
        """Raise this fault at the next place where PostgreSQL could, or at the next statement `at` where it could.

        `at` is `begin`, `commit`, or a statement as in `update connections`. `is_stored` says whether a COMMIT whose
        answer is lost (`connection lost during commit`) takes effect; without it, the seed says. Where the block ends
        before, `FaultNotRaised` is raised.
        """
        if at not in (None, "begin") and not self._is_place(at):
            raise ValueInvalid(
                f"there is no place {at!r}",
                fields=("at",),
                advice="Name begin, commit, or a statement and its table, as in 'update connections'.",
            )
        self._asked.append(_Asked(_checked(kind), at, is_stored))

    def drawn(self, place: Place) -> Fault | None:
        """Return what goes wrong at a place, and take note of it; None where nothing does."""
        with self._lock:
            fault = self._asked_at(place) or self._by_chance(place)
            if fault is not None:
                self.raised.append(fault)
        return fault

    def require_raised(self) -> None:
        """Raise `FaultNotRaised` for what was asked for and has not come about."""
        if self._asked:
            asked = self._asked[0]
            where = "" if asked.at is None else f" at {asked.at}"
            raise FaultNotRaised(f"{asked.kind}{where} was asked for and never raised")

    def _asked_at(self, place: Place) -> Fault | None:
        for asked in self._asked:
            if asked.at in (None, place.name) and is_possible(asked.kind, place):
                self._asked.remove(asked)
                return Fault(asked.kind, place.name, self._is_stored(asked))
        return None

    def _by_chance(self, place: Place) -> Fault | None:
        possible: list[FaultKind] = [kind for kind in self.kinds if is_possible(kind, place)]
        if not possible or self._random.random() >= self.rate:
            return None
        kind = self._random.choice(possible)
        return Fault(kind, place.name, self._is_stored(_Asked(kind, None, None)))

    def _is_stored(self, asked: _Asked) -> bool:
        if asked.kind == "connection lost during commit":
            return self._random.random() < _HALF if asked.is_stored is None else asked.is_stored
        return asked.kind == "connection lost after commit"


def _checked(kind: FaultKind) -> FaultKind:
    if kind not in FAULT_KINDS:
        raise ValueInvalid(f"there is no fault {kind!r}", fields=("kind",), advice=f"Faults: {', '.join(FAULT_KINDS)}.")
    return kind
