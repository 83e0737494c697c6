"""The order of what has none: drawn from a seed, so that no test relies on it and each failure can be had again."""

from __future__ import annotations

import os
from random import Random
from typing import Protocol, TypeVar

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["SEED_VARIABLE", "Order", "Shuffler", "as_found", "seed_of_process"]

ItemT = TypeVar("ItemT")


class Order(Protocol):
    """Puts items that have no order into one."""

    def __call__(self, items: list[ItemT], /) -> list[ItemT]:
        """Return the items in some order."""
        ...


def as_found(items: list[ItemT], /) -> list[ItemT]:
    """Return the items as they are."""
    return items


SEED_VARIABLE = "DBKIT_MEMORY_SEED"
"""The environment variable that says the seed of databases in memory that are given none."""

_SEEDS = 2**32


class Shuffler:
    """Puts into some order what has none by the interface, as a server may; the seed and the calls before say which."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._random = Random(seed)  # noqa: S311 (no secret)

    def shuffled(self, items: list[ItemT], /) -> list[ItemT]:
        """Return the items in some order."""
        draw = self._random.random
        # Faster than `Random.shuffle`, which asks for a whole number below another one for each item.
        return sorted(items, key=lambda _: draw()) if len(items) > 1 else items


def seed_of_process() -> int:
    """Return the seed that `DBKIT_MEMORY_SEED` says, else one that nobody knows beforehand.

    Raises `ConfigurationInvalid` where the variable is no whole number.
    """
    said = os.environ.get(SEED_VARIABLE)
    if not said:
        return Random().randrange(_SEEDS)  # noqa: S311 (no secret)
    if not said.isdecimal():
        raise ConfigurationInvalid(f"{SEED_VARIABLE} is no whole number", advice="Set it to one, or leave it out.")
    return int(said)
