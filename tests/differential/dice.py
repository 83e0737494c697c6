"""What decides: Hypothesis, which shrinks what it has decided, or a seed, which always decides the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

__all__ = ["Dice", "HypothesisDice", "SeededDice"]

T = TypeVar("T")


class Dice(Protocol):
    """Decides what a program does."""

    def number(self, least: int, most: int) -> int:
        """Return a number, the bounds included; the least is the simplest."""
        ...

    def one_of(self, options: Sequence[T]) -> T:
        """Return one of these; the first is the simplest."""
        ...

    def chance(self, percent: int) -> bool:
        """Return true in so many of a hundred cases; false is simpler."""
        ...


class HypothesisDice:
    """Decisions of Hypothesis."""

    def __init__(self, draw: Any) -> None:
        self._draw = draw

    def number(self, least: int, most: int) -> int:
        return int(self._draw(st.integers(least, most)))

    def one_of(self, options: Sequence[T]) -> T:
        return options[self.number(0, len(options) - 1)]

    def chance(self, percent: int) -> bool:
        return self.number(0, 99) >= 100 - percent


class SeededDice:
    """Decisions that follow from a seed."""

    def __init__(self, seed: int | str) -> None:
        self._random = random.Random(seed)

    def number(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def one_of(self, options: Sequence[T]) -> T:
        return options[self.number(0, len(options) - 1)]

    def chance(self, percent: int) -> bool:
        return self.number(0, 99) >= 100 - percent
