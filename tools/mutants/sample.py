"""A sample of mutants, by seed: as many of each kind of rule, and of each file and function within it, as can be."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from tools.mutants.mutant import Mutant

__all__ = ["drawn"]

_LEVELS: Sequence[Callable[[Mutant], str]] = (
    lambda mutant: mutant.kind,
    lambda mutant: mutant.source.name,
    lambda mutant: mutant.function,
)


def drawn(mutants: Iterable[Mutant], seed: int) -> Iterator[Mutant]:
    """Yield all mutants in the order of the draw: its beginning is the sample, however long that may be."""
    chance = random.Random(seed)  # noqa: S311 - nothing is to be kept secret
    yield from _turns(sorted(mutants, key=lambda mutant: mutant.id), _LEVELS, chance)


def _turns(
    mutants: Sequence[Mutant], levels: Sequence[Callable[[Mutant], str]], chance: random.Random
) -> Iterator[Mutant]:
    if not levels:
        yield from chance.sample(mutants, len(mutants))
        return
    groups: defaultdict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        groups[levels[0](mutant)].append(mutant)
    names = list(groups)
    chance.shuffle(names)
    waiting = [_turns(groups[name], levels[1:], chance) for name in names]
    while waiting:
        left: list[Iterator[Mutant]] = []
        for group in waiting:
            drawn_next = next(group, None)
            if drawn_next is not None:
                yield drawn_next
                left.append(group)
        waiting = left
