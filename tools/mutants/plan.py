"""Which tests judge a mutant, and in which order: those that reach it, a few of each kind, the cheapest first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from tools.mutants.mutant import Mutant
from tools.mutants.probes import Probes
from tools.mutants.referee import Passed, function_of

__all__ = ["Plan"]

_FEW = 60
_OTHER_COLOUR = "test_async_memory"


class Plan:
    """Knows what each test reaches and how long it takes, and which tests have killed so far."""

    def __init__(self, probes: Probes, passed: Iterable[Passed]) -> None:
        self._probes = probes
        self._tests = sorted(passed, key=lambda each: each.seconds)
        self._kills = Counter[str]()

    def note_kill(self, test: str) -> None:
        """Take note of the test that has killed a mutant: its like go first from now on."""
        self._kills[_case_of(test)] += 1

    def first(self, mutant: Mutant) -> list[str]:
        """Return the few tests that are most likely to kill a mutant; none where no test reaches it."""
        reaching = [each.test for each in self._tests if self._reaches(each, mutant)]
        # The colours differ in a handful of lines, and what only the async one reaches is left to it.
        of_one_colour = [test for test in reaching if function_of(test) != _OTHER_COLOUR]
        return list(islice(self._by_turns(of_one_colour or reaching), _FEW))

    def rest(self, mutant: Mutant, tried: Sequence[str]) -> list[str]:
        """Return all other tests, those that reach the mutant before those that do not seem to.

        A test that finds what an earlier one has left in a cache reaches less than it depends on.
        """
        done = frozenset(tried)
        left = [each for each in self._tests if each.test not in done]
        reaching = [each.test for each in left if self._reaches(each, mutant)]
        others = [each.test for each in left if not self._reaches(each, mutant)]
        return [*self._by_turns(reaching), *self._by_turns(others)]

    def _reaches(self, passed: Passed, mutant: Mutant) -> bool:
        if mutant.anchor is None:
            return True
        return bool(passed.reached >> self._probes.number(mutant.source, mutant.anchor) & 1)

    def _by_turns(self, tests: Iterable[str]) -> Iterator[str]:
        """Yield one test of each case, then a second one of each: a case for thirty entities is much the same."""
        cases: defaultdict[str, list[str]] = defaultdict(list)
        for test in tests:
            cases[_case_of(test)].append(test)
        turns = sorted(cases, key=lambda case: -self._kills[case])
        for turn in range(max(map(len, cases.values()), default=0)):
            yield from (cases[case][turn] for case in turns if turn < len(cases[case]))


def _case_of(test: str) -> str:
    """Return what a test has in common with those of other entities: the function that it runs."""
    function, _, parameters = test.partition("[")
    return f"{function}[{parameters.rpartition('-')[2]}"
